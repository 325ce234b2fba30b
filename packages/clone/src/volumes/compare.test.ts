import { expect, it } from "vitest";
import { type FilePolicy, fateOf } from "./compare.ts";
import type { FileRecord } from "./manifest.ts";

const plain: FilePolicy = { force: false, replaceForeign: false, onTargetModified: "fail" };
const source = { size: 3, modifiedAt: 1000 };
const target = { size: 3, modifiedAt: 9500 };
const record: FileRecord = { state: "copied", size: 3, modifiedAt: 1000, copiedAt: 9000, sha256: "x" };
const begun: FileRecord = { state: "begun" };

it.each([
  ["copy", "only the source has it", { source }],
  ["copy", "the copy was deleted", { source, record }],
  ["keep", "nothing changed; a single file's time has whole seconds", { source, target, record }],
  ["copy", "the source has another size", { source: { ...source, size: 4 }, target, record }],
  ["copy", "the source has another time", { source: { ...source, modifiedAt: 1001 }, target, record }],
  ["modified", "the copy has another size", { source, target: { ...target, size: 4 }, record }],
  ["modified", "the copy has another time", { source, target: { ...target, modifiedAt: 10_000 }, record }],
  ["foreign", "the target has one of its own", { source, target }],
  ["copy", "we had begun to write it", { source, target, record: begun }],
  ["orphaned", "the source is gone", { target, record }],
  ["gone", "both are gone", { record }],
  ["other", "the target alone has it", { target }],
] as const)("%s: %s", (fate, _, ends) => {
  expect(fateOf({ source: undefined, target: undefined, record: undefined, ...ends }, plain)).toBe(fate);
});

it.each([
  ["copy", { ...plain, force: true }, { source, target, record }],
  ["copy", { ...plain, replaceForeign: true }, { source, target, record: undefined }],
  ["left", { ...plain, onTargetModified: "skip" }, { source, target: { ...target, size: 4 }, record }],
  ["copy", { ...plain, onTargetModified: "overwrite" }, { source, target: { ...target, size: 4 }, record }],
  ["modified", { ...plain, force: true }, { source, target: { ...target, size: 4 }, record }],
] as const)("%s when the user says %j", (fate, policy, ends) => {
  expect(fateOf(ends, policy)).toBe(fate);
});
