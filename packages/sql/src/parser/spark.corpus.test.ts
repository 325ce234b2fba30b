import { describe, expect, test } from "vitest";
import { corpusRecords } from "../../test/corpus.ts";
import { printQuery } from "../../test/print.ts";
import { withoutSpans } from "../../test/trees.ts";
import { parseQuery, parseStatement, SqlError } from "../index.ts";

interface Scenario {
  readonly file: string;
  readonly scenario: string;
  readonly steps: readonly { readonly do: string; readonly text?: string }[];
}

const scenarios = corpusRecords("spark-sql/scenarios.ndjson") as readonly Scenario[] | undefined;

/** Statements of Spark SQL that are no Databricks SQL, or that Databricks reads in another way. */
const REFUSED_AS_SYNTAX = new Set([
  "SHOW FUNCTIONS LIKE default.to_date",
  "SHOW FUNCTIONS no_such_db.to_date",
  "DESCRIBE FUNCTION +",
  "DROP TABLE iceberg_table_test.purge_t PURGE",
  "SELECT name, price FROM sold\nRIGHT ANTI JOIN products ON sold.product = products.name\nORDER BY name",
]);

/** The statements of a scenario that are expected to run. */
function runnable({ steps }: Scenario): readonly string[] {
  return steps.flatMap(({ do: kind, text }, i) => {
    const fails = steps[i + 1]?.do.startsWith("query error") || kind.includes("error");
    const isText = kind === "query" || kind === "statement" || kind === "final statement";
    return isText && text !== undefined && !fails ? [text.trim()] : [];
  });
}

/** How the parser takes a text: as a query that prints back to itself, as another statement, or refused. */
function outcome(text: string): unknown {
  try {
    const statement = parseStatement(text);
    if (statement.kind !== "query") return "read";
    return withoutSpans(statement.query);
  } catch (error) {
    if (error instanceof SqlError && error.code.startsWith("UNSUPPORTED")) return "unsupported";
    if (error instanceof SqlError && REFUSED_AS_SYNTAX.has(text)) return "unsupported";
    throw error;
  }
}

describe.skipIf(scenarios === undefined)("Spark SQL scenarios (corpus)", () => {
  const cases = (scenarios ?? [])
    .map((scenario) => [`${scenario.file} · ${scenario.scenario}`, runnable(scenario)] as const)
    .filter(([, texts]) => texts.length > 0);

  test.each(cases)("%s", (_name, texts) => {
    for (const text of texts) {
      const read = outcome(text);
      const again = typeof read === "string" ? read : printedAndRead(text);
      expect(again).toEqual(read);
    }
  });

  test("what is refused is a small and known part", () => {
    const texts = cases.flatMap(([, list]) => list);
    const refused = texts.filter((text) => outcome(text) === "unsupported");
    expect(texts.length).toBeGreaterThan(1_300);
    expect(refused.length).toBeLessThan(130);
  });
});

function printedAndRead(text: string): unknown {
  return withoutSpans(parseQuery(printQuery(parseQuery(text))));
}

interface Exchange {
  readonly request?: { readonly statement?: string };
}

const exchanges = corpusRecords("recordings/statement-execution.ndjson") as readonly Exchange[] | undefined;

describe.skipIf(exchanges === undefined)("statements that a JDBC driver sent to Databricks (corpus)", () => {
  const texts = [...new Set((exchanges ?? []).flatMap(({ request }) => request?.statement ?? []))];

  test.each(texts)("%s", (text) => {
    expect(parseStatement(text)).toMatchObject({ start: text.search(/\S/u) });
  });
});
