import { expect, test } from "vitest";
import { packed } from "./bins.ts";

const file = (name: string, size: number, more: { partition?: string; deleted?: number } = {}) => ({
  name,
  size,
  partition: "",
  deleted: 0,
  ...more,
});
const names = (
  files: Parameters<typeof packed<ReturnType<typeof file>>>[0],
  options: { all?: boolean } = {},
) => packed(files, { target: 100, ...options }).map((bin) => bin.map(({ name }) => name));

test.for<[string, Parameters<typeof names>[0], string[][]]>([
  ["nothing", [], []],
  ["a file alone", [file("a", 10)], []],
  ["small files", [file("a", 30), file("b", 10), file("c", 20)], [["b", "c", "a"]]],
  ["files that together are too large", [file("a", 60), file("b", 50), file("c", 40)], [["c", "b"]]],
  ["large files", [file("a", 100), file("b", 200), file("c", 1), file("d", 1)], [["c", "d"]]],
  ["partitions", [file("a", 1, { partition: "x" }), file("b", 1), file("c", 1)], [["b", "c"]]],
  ["a large file with many deleted rows", [file("a", 200, { deleted: 0.5 })], [["a"]]],
  ["a file with few deleted rows", [file("a", 20, { deleted: 0.01 })], []],
])("%s", ([, files, bins]) => {
  expect(names(files)).toEqual(bins);
});

test("all files of each partition, when they are to be ordered", () => {
  const files = [file("a", 200), file("b", 1, { partition: "x" }), file("c", 1)];
  expect(names(files, { all: true })).toEqual([["a", "c"], ["b"]]);
});
