import { parseSchema } from "@clone-xs/delta";
import { describe, expect, test } from "vitest";
import { enforced } from "./enforced.ts";

const schemaWith = (metadata: object, nullable = true) =>
  parseSchema(JSON.stringify({ type: "struct", fields: [{ name: "id", type: "long", nullable, metadata }] }));
const rules = (metadata: object, configuration: Record<string, string> = {}, nullable = true) =>
  enforced("q", { schema: schemaWith(metadata, nullable), configuration }, (text) => `<${text}>`);

describe("the rules of a table", () => {
  test("are none where it has none", () => {
    expect(rules({ comment: "x" })).toBe("q");
  });

  test("hold where they are a column's invariant, as older writers kept it", () => {
    const invariant = { "delta.invariants": '{"expression":{"expression":"id > 3"}}' };
    expect(rules(invariant)).toBe(
      "SELECT * FROM (q) AS t WHERE CASE WHEN coalesce(<id > 3>, false) THEN true ELSE " +
        "error('[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES] ' || 'CHECK constraint EXPRESSION(id > 3) (id > 3) violated by row with values:' || '\n - id : ' || coalesce(CAST(t.\"id\" AS VARCHAR), 'NULL') || ' SQLSTATE: 23001') END",
    );
  });

  test("hold all together", () => {
    const sql = rules(
      { "delta.invariants": '{"expression":{"expression":"id > 3"}}' },
      { "delta.constraints.c": "id < 9" },
      false,
    );
    expect(sql.match(/CASE WHEN .*? THEN/g)).toEqual([
      'CASE WHEN t."id" IS NOT NULL THEN',
      "CASE WHEN coalesce(<id < 9>, false) THEN",
      "CASE WHEN coalesce(<id > 3>, false) THEN",
    ]);
  });
});
