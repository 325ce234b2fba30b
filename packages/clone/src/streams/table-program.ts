import { cloneTable, describeHistory, id, join, lit, sql, type SqlFragment, unsafeText } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { type Ends, markOf, positionClause, showProperties } from "./position.ts";
import { hole, type Template, template } from "./template.ts";

/** How the rows of a source reach its copy: the last change of each key is merged, or what changed is cloned. */
export type Method =
  | { readonly kind: "merge"; readonly keys: readonly string[] }
  | { readonly kind: "clone" };

/** Everything that keeping one table in sync sends. */
export interface TableProgram {
  /** `schema.table` of the source. */
  readonly key: string;
  /** Full names, for people. */
  readonly source: string;
  readonly target: string;
  readonly method: Method;
  /** What `clxs.stream` says on a copy of this stream; another text, and the table is not ours. */
  readonly mark: string;
  readonly statements: TableStatements;
}

export interface TableStatements {
  /** The newest `limit` commits, in the only spelling that every engine takes. */
  readonly history: Template;
  /** Newest commit: `source_key`, `version`, `at`. */
  readonly newest: Template;
  /** Of the newest `limit` commits those from the position on: `version`, `at`, `operation`. Hole: `from`, the position itself. */
  readonly since: Template;
  /** `key`, `value`. */
  readonly properties: Template;
  /** No rows, and the columns of the source at `to`. */
  readonly source_columns: Template;
  readonly target_columns: Template;
  /** Hole: `definitions`. */
  readonly add_columns: Template;
  /** Makes the copy what the source is at `to`, and says so, in one commit. */
  readonly refresh: Template;
  /** Writes the position down after a merge. */
  readonly keep: Template;
  /** Of tables with keys only: holes `from` and `to`, the first and the last version to merge. */
  readonly merge?: MergeStatements;
}

export interface MergeStatements {
  /** One number: how often a key does not tell one row from another between the position and `to`. */
  readonly repeated: Template;
  /** Holes: `assignments`, `names` and `values` too. */
  readonly merge: Template;
}

export function tableProgram(streamId: string, key: string, ends: Ends, method: Method): TableProgram {
  const mark = markOf(streamId, ends);
  const position = positionClause(mark);
  const [source, target] = [id(ends.source), id(ends.target)];
  const history = template`${unsafeText(describeHistory(ends.source).text)} LIMIT ${hole("limit")}`;
  const newest = unsafeText(describeHistory(ends.source, 1).text);
  const clone = unsafeText(cloneTable({ ...ends, replace: true }).text);
  return {
    key,
    source: fullName(ends.source),
    target: fullName(ends.target),
    method,
    mark,
    statements: {
      history,
      newest: template`SELECT ${lit(key)} AS source_key, version, unix_millis(timestamp) AS at FROM (${newest})`,
      since: template`SELECT version, unix_millis(timestamp) AS at, operation FROM (${history}) WHERE version >= ${hole("from")}`,
      properties: template`${unsafeText(showProperties(ends.target).text)}`,
      source_columns: template`SELECT * FROM ${source} VERSION AS OF ${hole("to")} LIMIT 0`,
      target_columns: template`SELECT * FROM ${target} LIMIT 0`,
      add_columns: template`ALTER TABLE ${target} ADD COLUMNS (${hole("definitions")})`,
      refresh: template`${clone} VERSION AS OF ${hole("to")} ${position}`,
      keep: template`ALTER TABLE ${target} SET ${position}`,
      ...(method.kind === "merge" ? { merge: mergeStatements(source, target, method.keys) } : {}),
    },
  };
}

/** Newest commits of several tables in one statement. */
export function newestOfMany(tables: readonly TableProgram[]): Template {
  return tables.flatMap(({ statements }, i) =>
    i === 0 ? statements.newest : [" UNION ALL ", ...statements.newest],
  );
}

/** What a change feed calls a row that is there after its commit. */
const PRESENT = sql`('insert', 'update_postimage')`;

function mergeStatements(source: SqlFragment, target: SqlFragment, keys: readonly string[]): MergeStatements {
  const changes = template`table_changes(${lit(source.text)}, ${hole("from")}, ${hole("to")})`;
  const columns = join(keys.map((key) => id(key)));
  const same = (a: SqlFragment, b: SqlFragment) =>
    join(
      keys.map((key) => sql`${a}.${id(key)} <=> ${b}.${id(key)}`),
      " AND ",
    );
  const aliases = join(keys.map((_, i) => id(`k${i}`)));
  const aliased = join(keys.map((key, i) => sql`${id(key)} AS ${id(`k${i}`)}`));
  const ofTarget = join(keys.map((key, i) => sql`t.${id(key)} AS ${id(`k${i}`)}`));
  return {
    repeated: template`SELECT count(*) AS repeated FROM (SELECT sum(n) OVER (PARTITION BY ${aliases} ORDER BY v) AS present FROM (SELECT ${aliased}, _commit_version AS v, CASE WHEN _change_type IN ${PRESENT} THEN 1 ELSE -1 END AS n FROM ${changes} UNION ALL SELECT ${ofTarget}, -1 AS v, 1 AS n FROM ${target} AS t LEFT SEMI JOIN ${changes} AS c ON ${same(sql`t`, sql`c`)})) WHERE present NOT IN (0, 1)`,
    merge: template`MERGE INTO ${target} AS t USING (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ${columns} ORDER BY _commit_version DESC, CASE WHEN _change_type IN ${PRESENT} THEN 0 ELSE 1 END) AS _clxs_rank FROM ${changes}) WHERE _clxs_rank = 1) AS s ON ${same(sql`t`, sql`s`)} WHEN MATCHED AND s._change_type NOT IN ${PRESENT} THEN DELETE WHEN MATCHED THEN UPDATE SET ${hole("assignments")} WHEN NOT MATCHED AND s._change_type IN ${PRESENT} THEN INSERT (${hole("names")}) VALUES (${hole("values")})`,
  };
}
