import { WorkspaceError } from "@clone-xs/unity";
import { expect, it, test } from "vitest";
import { type Namespace, namespaceAfter, placedInScript, statementsOf } from "./script.ts";

it.each<[string, Namespace]>([
  ["USE CATALOG b", { catalog: "b" }],
  ["SET CATALOG `b c`", { catalog: "b c" }],
  ["USE SCHEMA t", { catalog: "a", schema: "t" }],
  ["/* then */ use t", { catalog: "a", schema: "t" }],
  ["USE b.t", { catalog: "b", schema: "t" }],
  ["SELECT 'USE CATALOG b'", { catalog: "a", schema: "s" }],
  ["MERGE INTO what this parser cannot read", { catalog: "a", schema: "s" }],
])("after %s", (text, expected) => {
  expect(namespaceAfter(text, { catalog: "a", schema: "s" })).toEqual(expected);
});

test("statements know where they begin", () => {
  expect(statementsOf("-- first\nSELECT 1;\n\n  SELECT ';';")).toEqual([
    { text: "SELECT 1", line: 2, column: 0 },
    { text: "SELECT ';'", line: 4, column: 2 },
  ]);
});

it.each([
  ["[C] bad; line 1 pos 7", "[C] bad; line 4 pos 9"],
  [
    "[C] bad (line 1, pos 7)\n\n== SQL ==\nline 1 pos 7",
    "[C] bad (line 4, pos 9)\n\n== SQL ==\nline 1 pos 7",
  ],
  ["[C] bad (line 3, pos 7)", "[C] bad (line 6, pos 7)"],
  ["[C] no position", "[C] no position"],
])("%j is told as %j for a statement at line 4, column 2", (message, told) => {
  const error = new WorkspaceError("STATEMENT_FAILED", message, { errorClass: "C", sqlState: "42000" });
  expect(placedInScript(error, { text: "", line: 4, column: 2 })).toMatchObject({
    code: "STATEMENT_FAILED",
    message: told,
    errorClass: "C",
    sqlState: "42000",
  });
});
