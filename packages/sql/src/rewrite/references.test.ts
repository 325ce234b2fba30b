import { expect, test } from "vitest";
import { referencesOf } from "./index.ts";

/** In the order of their text, which is none of the contract. */
const ordered = (names: readonly (readonly string[])[]) =>
  names.toSorted((a, b) => a.join(".").localeCompare(b.join(".")));

test("tables and functions that a query reads, each once, common tables left out", () => {
  const text = `
    WITH recent AS (SELECT * FROM s.orders WHERE day > current_date()),
         named AS (SELECT r.*, c.s.full_name(x) FROM recent r JOIN \`c\`.\`s\`.customers USING (id))
    SELECT count(*), count(a) FROM named, delta.\`/data/x\`, s.orders
    WHERE id IN (SELECT id FROM blocked) -- and not commented_out`;
  const { tables, functions, paths } = referencesOf(text);
  expect(ordered(tables)).toEqual([["blocked"], ["c", "s", "customers"], ["s", "orders"]]);
  expect(ordered(functions)).toEqual([["c", "s", "full_name"], ["count"], ["current_date"]]);
  expect(paths).toEqual(["/data/x"]);
});

test("a common table hides a table only after it is defined", () => {
  expect(referencesOf("WITH t AS (SELECT * FROM t) SELECT * FROM t").tables).toEqual([["t"]]);
  expect(referencesOf("WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT * FROM t) TABLE t").tables).toEqual([]);
  expect(referencesOf("SELECT * FROM (WITH t AS (SELECT 1) SELECT * FROM t), t").tables).toEqual([["t"]]);
});

test("a function's body", () => {
  const { tables, functions } = referencesOf("upper(c.s.clean(x))", "functionBody");
  expect(tables).toEqual([]);
  expect(ordered(functions)).toEqual([["c", "s", "clean"], ["upper"]]);
});

test("a table named in text", () => {
  expect(referencesOf("SELECT * FROM table_changes('c.`s`.t', 0)").tables).toEqual([["c", "s", "t"]]);
});

test("a chain of operators of any length", () => {
  const text = `SELECT * FROM t WHERE ${Array.from({ length: 20_000 }, (_, i) => `a = ${i}`).join(" OR ")}`;
  expect(referencesOf(text).tables).toEqual([["t"]]);
});
