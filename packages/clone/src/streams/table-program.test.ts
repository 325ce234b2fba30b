import { parseStatement } from "@clone-xs/sql";
import { describe, expect, test } from "vitest";
import { keptBy, positionProperties, STREAM_PROPERTY } from "./position.ts";
import { parseProgram, programOf, programText } from "./program.ts";
import { parseStreamRequest } from "./request.ts";
import { newestOfMany, tableProgram, type TableStatements } from "./table-program.ts";
import { fill, hole, type HoleValues, template, type Template } from "./template.ts";
import { lit, sql } from "@clone-xs/sql";

const values: HoleValues = {
  from: "4",
  to: "7",
  at: "1700000000000",
  limit: "24",
  definitions: "`x` DECIMAL(10,2)",
  assignments: "t.`id` = s.`id`",
  names: "`id`",
  values: "s.`id`",
};

const program = (schema: string, name: string, keys: readonly string[] = ["id"]) =>
  tableProgram(
    "sync-0123456789",
    `${schema}.${name}`,
    { source: { catalog: "prod", schema, name }, target: { catalog: "copy", schema, name } },
    { kind: "merge", keys },
  );

function all({ merge, ...others }: TableStatements): readonly Template[] {
  return [...Object.values(others), ...(merge === undefined ? [] : Object.values(merge))];
}

describe("the statements of a table", () => {
  test.each([
    ["s", "t", ["id"]],
    ["{from}", "{to}", ["{at}"]],
    ["it's", "a`b", ["`", "c'd"]],
    ["$`", "${x}", ["\\"]],
  ])("of %s.%s are statements, whatever its name", (schema, name, keys) => {
    const { statements } = program(schema, name, keys);
    for (const text of all(statements)) expect(() => parseStatement(fill(text, values))).not.toThrow();
  });

  test("keep a table that is named like a hole", () => {
    const { statements } = program("{from}", "{to}");
    expect(fill(statements.source_columns, values)).toBe(
      "SELECT * FROM `prod`.`{from}`.`{to}` VERSION AS OF 7 LIMIT 0",
    );
  });

  test("make a copy and its position in one", () => {
    const { statements, mark } = program("s", "t");
    expect(fill(statements.refresh, values)).toBe(
      `CREATE OR REPLACE TABLE \`copy\`.\`s\`.\`t\` DEEP CLONE \`prod\`.\`s\`.\`t\` VERSION AS OF 7 TBLPROPERTIES ('clxs.stream' = '${mark}', 'clxs.stream.version' = '7', 'clxs.stream.at' = '1700000000000')`,
    );
  });

  test("read the newest commits of many tables as one", () => {
    const text = fill(newestOfMany([program("s", "t"), program("s", "u")]), {});
    expect(text).toBe(
      "SELECT 's.t' AS source_key, version, unix_millis(timestamp) AS at FROM (DESCRIBE HISTORY `prod`.`s`.`t` LIMIT 1) UNION ALL SELECT 's.u' AS source_key, version, unix_millis(timestamp) AS at FROM (DESCRIBE HISTORY `prod`.`s`.`u` LIMIT 1)",
    );
    expect(() => parseStatement(text)).not.toThrow();
  });
});

describe("the position on a copy", () => {
  const target = { catalog: "copy", schema: "s", name: "t" };
  const properties = positionProperties(program("s", "t").mark, { version: "7", at: "1700000000000" });

  test("is read as it was written", () => {
    expect(keptBy(properties, target)).toEqual({
      stream: "sync-0123456789",
      source: "prod.s.t",
      position: { version: "7", at: "1700000000000" },
    });
  });

  test("says nothing on a clone of the copy, which carries it too", () => {
    expect(keptBy(properties, { ...target, name: "other" })).toBeUndefined();
  });

  test.each([
    [{}],
    [{ [STREAM_PROPERTY]: "nonsense" }],
    [{ ...properties, "clxs.stream.version": "x" }],
    [{ ...properties, "clxs.stream.at": "" }],
  ])("is none in %j", (other) => {
    expect(keptBy(other, target)).toBeUndefined();
  });
});

describe("a program", () => {
  const parsed = parseStreamRequest({
    source_catalog: "prod",
    destination_catalog: "copy",
    schema: "s",
  });
  if (!parsed.ok) throw new Error("the request is a good one");
  const tables = Array.from({ length: 30 }, (_, i) => program("s", `t${i}`));
  const whole = programOf(parsed.request, tables);

  test("looks at 25 tables with one statement", () => {
    expect(whole.newest.map(({ keys }) => keys.length)).toEqual([25, 5]);
  });

  test("is read as it was written", () => {
    expect(parseProgram(programText(whole), "p")).toEqual(whole);
  });

  test.each(["", "{}", '{"version":2}', programText(whole).replace('"hole": "to"', '"hole": "too"')])(
    "that is something else is refused",
    (text) => {
      expect(() => parseProgram(text, "/Volumes/p.json")).toThrow(
        expect.objectContaining({ code: "STREAM_UNREADABLE", object: "/Volumes/p.json" }),
      );
    },
  );
});

describe("a template", () => {
  test("puts texts that meet together", () => {
    expect(template`a ${lit(1)} ${template`b ${hole("to")}`}`).toEqual(["a 1 b ", { hole: "to" }]);
    expect(template`${sql`x`}`).toEqual(["x"]);
  });

  test("is not sent with a hole in it", () => {
    expect(() => fill(hole("to"), {})).toThrow("Nothing was given for the hole to.");
  });
});
