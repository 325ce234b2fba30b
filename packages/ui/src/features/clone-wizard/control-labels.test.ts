import { expect, it } from "vitest";
import { whereToSet } from "./control-labels.ts";

it.each<[string, string | undefined]>([
  ["Say on_target_modified overwrite.", "In the wizard: “Clones that were written to since”."],
  [
    "exclude it, or say replace_foreign.",
    "In the wizard: “Replace tables that are no clones of the source”.",
  ],
  ["No table matches include_tables_regex ^x.", "In the wizard: “Only tables that match”."],
  ["The table has no files.", undefined],
  ["Who may access it is told.", undefined],
  ["Clone without quiesce_source.", "In the wizard: “Pre-clone source quiesce”."],
])("finds the controls that %j names", (message, expected) => {
  expect(whereToSet(message)).toBe(expected);
});
