import { parseStatement } from "@clone-xs/sql";
import { expect, test } from "vitest";
import { demoQuick, demoSecure, demoState } from "./catalogs.ts";
import { bronze } from "./data/bronze.ts";
import { expectedRows } from "./table.ts";

const size = { seed: 7, scale: 1 };

test("the same seed gives the same statements, another seed others", () => {
  const texts = (seed: number) => demoQuick.statements({ seed, scale: 1 }).map(({ text }) => text);
  expect(texts(7)).toEqual(texts(7));
  expect(texts(8)).not.toEqual(texts(7));
});

test("every statement is Databricks SQL", () => {
  const statements = [demoQuick, demoSecure].flatMap((catalog) => catalog.statements(size));
  const kinds = new Set(statements.map(({ text }) => parseStatement(text).kind));
  expect([...kinds].sort()).toEqual([
    "alterSecurable",
    "alterTable",
    "createCatalog",
    "createFunction",
    "createSchema",
    "createTable",
    "createView",
    "createVolume",
    "grant",
    "insert",
  ]);
});

test("bronze.events is exactly (id BIGINT, name STRING), without a key, some ids twice", () => {
  const events = bronze.find(({ name }) => name === "events");
  expect(events?.columns).toEqual([
    { name: "id", type: "BIGINT" },
    { name: "name", type: "STRING" },
  ]);
  expect(events?.primaryKey).toBeUndefined();
  const ids = (events && expectedRows(events, size))?.map(([id]) => id) ?? [];
  expect([ids.length, new Set(ids).size]).toEqual([2200, 2001]);
});

test("the fact tables grow with the scale", () => {
  const rows = (scale: number) =>
    demoQuick.tables
      .map((table) => expectedRows(table, { seed: 7, scale })?.length ?? 0)
      .reduce((a, b) => a + b, 0);
  expect(rows(3)).toBeGreaterThan(2.5 * rows(1));
});

test("every row has a cell for every column", () => {
  const misfits = [...demoQuick.tables, ...demoSecure.tables].filter((table) => {
    const { content, columns } = table;
    const rows = content.kind === "expressions" ? content.rows : (expectedRows(table, size) ?? []);
    return rows.some((row) => row.length !== columns.length);
  });
  expect(misfits).toEqual([]);
});

test("children of foreign keys are found among their parents", () => {
  for (const table of demoQuick.tables) {
    for (const key of table.foreignKeys ?? []) {
      const parent = demoQuick.tables.find(({ schema, name }) => schema === key.schema && name === key.table);
      const keysOf = (of: typeof table, columns: readonly string[]) =>
        (expectedRows(of, size) ?? []).map((row) =>
          JSON.stringify(columns.map((column) => row[of.columns.findIndex(({ name }) => name === column)])),
        );
      const known = new Set(parent && keysOf(parent, key.parentColumns));
      expect(keysOf(table, key.columns).filter((child) => !known.has(child))).toEqual([]);
    }
  }
});

test.each([
  [undefined, "foreign"],
  ["my own", "foreign"],
  ["Clone-Xs demo data: being written", "unfinished"],
  ["Clone-Xs demo data. A small shop", "complete"],
])("a catalog with the comment %s is %s", (comment, state) => {
  expect(demoState(comment)).toBe(state);
});
