import type { ComparedRow } from "@clone-xs/server/contract";
import { expect, it } from "vitest";
import { groupsOf, isText, labelOf } from "./row-groups.ts";

const row = (what: string, more: Partial<ComparedRow> = {}): ComparedRow => ({
  what,
  state: "same",
  source: "a",
  target: "a",
  ...more,
});

it("puts what is about a column with the columns, and loses no row", () => {
  const rows = [
    row("owner"),
    row("comment", { column: "id" }),
    row("column", { column: "id" }),
    row("data"),
    row("new aspect"),
    row("comment"),
    row("tags", { name: "pii" }),
    row("tags", { name: "pii", column: "id" }),
  ];
  const groups = groupsOf(rows);
  expect(groups.map(({ title, rows: of }) => [title, of.map((each) => labelOf(each).text)])).toEqual([
    ["Rows", ["data"]],
    ["Columns", ["comment", "id", "tag pii"]],
    ["Tags", ["pii"]],
    ["Owner and comment", ["owner", "comment"]],
    ["Other", ["new aspect"]],
  ]);
  expect(groups.flatMap((group) => group.rows)).toHaveLength(rows.length);
});

it("compares line by line what has lines", () => {
  expect([row("definition"), row("comment"), row("comment", { target: "a\nb" })].map(isText)).toEqual([
    true,
    false,
    true,
  ]);
});
