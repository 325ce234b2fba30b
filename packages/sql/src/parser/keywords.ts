/**
 * Words that are not names in some place. Databricks reserves next to nothing: `date`, `key`, `value`, `comment`, `user`
 * are ordinary column names. Source: "Reserved words and schemas", Databricks SQL reference; where that page leaves a
 * choice (`SELECT from FROM t`) the word keeps its meaning as a keyword and is a name only in backticks.
 */
const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Never begin an expression unquoted. */
export const NOT_AN_EXPRESSION = setOf(
  "SELECT FROM WHERE HAVING LIMIT UNION INTERSECT EXCEPT JOIN ON USING AND OR NOT THEN WHEN ELSE AS IN IS BETWEEN LIKE ILIKE RLIKE REGEXP CROSS INNER NATURAL WITH INTO SET",
);

/** Never an alias of a column without AS. */
export const NOT_A_COLUMN_ALIAS = setOf(
  "FROM WHERE HAVING LIMIT OFFSET UNION INTERSECT EXCEPT MINUS LATERAL WINDOW QUALIFY INTO AS ON JOIN USING AND OR NOT IN IS BETWEEN LIKE ILIKE RLIKE REGEXP THEN WHEN ELSE",
);

/** Never an alias of a table without AS: the reserved words of Databricks and the clauses that may follow. */
export const NOT_A_TABLE_ALIAS = setOf(
  "ANTI CROSS EXCEPT FULL INNER INTERSECT JOIN LATERAL LEFT NATURAL ON RIGHT SEMI USING MINUS UNION WHERE HAVING LIMIT OFFSET WINDOW QUALIFY SET WHEN TABLESAMPLE PIVOT UNPIVOT VALUES SELECT WITH AS",
);

/** Clauses told from names by the word after them. */
const TWO_WORD_CLAUSES: Readonly<Record<string, ReadonlySet<string>>> = {
  GROUP: setOf("BY"),
  ORDER: setOf("BY"),
  SORT: setOf("BY"),
  CLUSTER: setOf("BY"),
  DISTRIBUTE: setOf("BY"),
  VERSION: setOf("AS"),
  TIMESTAMP: setOf("AS"),
};

/** Whether two words begin a clause such as ORDER BY. */
export function beginsClause(first: string, second: string): boolean {
  return TWO_WORD_CLAUSES[first]?.has(second) ?? false;
}
