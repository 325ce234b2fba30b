import { expect, it } from "vitest";
import { splitScript } from "./script.ts";

it.each<[string, readonly string[]]>([
  ["SELECT 1", ["SELECT 1"]],
  ["SELECT 1;", ["SELECT 1"]],
  [" SELECT 1 ;\n\n SELECT 2 ; ", ["SELECT 1", "SELECT 2"]],
  ["SELECT ';'; SELECT \"a;b\"", ["SELECT ';'", 'SELECT "a;b"']],
  ["SELECT `a;``b`; SELECT 2", ["SELECT `a;``b`", "SELECT 2"]],
  ["SELECT 1 -- one; two\n; SELECT 2", ["SELECT 1", "SELECT 2"]],
  ["SELECT /* ; */ 1", ["SELECT /* ; */ 1"]],
  [String.raw`SELECT 'it\'s;'; SELECT 2`, [String.raw`SELECT 'it\'s;'`, "SELECT 2"]],
  ["-- nothing\n;;/* here */", []],
  ["", []],
])("%j holds %j", (script, statements) => {
  expect(splitScript(script)).toEqual(statements);
});
