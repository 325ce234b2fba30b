import { expect, it } from "vitest";
import { whereToSet } from "./control-labels.ts";

it.each<[string, string | undefined]>([
  ["Say on_target_modified overwrite.", "On this page: “Clones that were written to since”."],
  ["exclude it, or say replace_foreign.", "On this page: “Replace tables that are no clones of the source”."],
  ["No table matches include_tables_regex ^x.", "On this page: “Only tables that match”."],
  ["The table has no files.", undefined],
])("finds the controls that %j names", (message, expected) => {
  expect(whereToSet(message)).toBe(expected);
});
