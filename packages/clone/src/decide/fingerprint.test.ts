import { createHash } from "node:crypto";
import type { Table } from "@clone-xs/unity";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { column, table } from "../../test/inventories.ts";
import { type DataFile, fingerprintOf } from "./fingerprint.ts";

const lists = table("bronze", "lists", { format: "PARQUET", storageLocation: "s3://b/lists/" });
const file = (name: string, more: Partial<DataFile> = {}): DataFile => ({
  path: `s3://b/lists/${name}`,
  size: "10",
  modified: "2026-01-01T00:00:00.000Z",
  ...more,
});
const a = file("a.parquet");
const b = file("day=1/b.parquet");

describe("the fingerprint of a table's files", () => {
  it("is the digest of its documented text", () => {
    const text = `["column",0,"id","bigint"]\n["file","a.parquet","10","1767225600000"]`;
    expect(fingerprintOf(lists, [a])).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it.each<[string, Table, readonly DataFile[]]>([
    ["a file more", lists, [a, b, file("c.parquet")]],
    ["a file less", lists, [a]],
    ["none", lists, []],
    ["a file renamed", lists, [a, file("day=2/b.parquet")]],
    ["a file of another size", lists, [a, { ...b, size: "11" }]],
    ["a file written again", lists, [a, { ...b, modified: "2026-01-01T00:00:00.001Z" }]],
    ["a file elsewhere", lists, [a, file("", { path: "s3://other/lists/day=1/b.parquet" })]],
    ["a column more", { ...lists, columns: [column("id"), column("n", 1)] }, [a, b]],
    ["a column of another type", { ...lists, columns: [column("id", 0, { typeText: "string" })] }, [a, b]],
  ])("changes with %s", (_, changed, files) => {
    expect(fingerprintOf(changed, files)).not.toBe(fingerprintOf(lists, [a, b]));
  });

  it.each<[string, Table, readonly DataFile[]]>([
    ["in another order", lists, [b, a]],
    [
      "in another place",
      { ...lists, storageLocation: "file:///data/x" },
      [
        { ...a, path: "file:/data/x/a.parquet" },
        { ...b, path: "file:///data/x/day=1/b.parquet" },
      ],
    ],
    ["told in another time zone", lists, [{ ...a, modified: "2026-01-01T01:00:00+01:00" }, b]],
    ["with a comment on a column", { ...lists, columns: [column("id", 0, { comment: "key" })] }, [a, b]],
  ])("is the same for the same files %s", (_, same, files) => {
    expect(fingerprintOf(same, files)).toBe(fingerprintOf(lists, [a, b]));
  });

  it("is equal for equal sets of files and for no others", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", 'c"', "d\n", 'e"],["file'), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (some, others) => {
        const equal = [...some].sort().join() === [...others].sort().join();
        const print = (list: readonly string[]) =>
          fingerprintOf(
            lists,
            list.map((name) => file(name)),
          );
        expect(print(some) === print(others)).toBe(equal);
      }),
    );
  });
});
