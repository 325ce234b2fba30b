import { posix } from "node:path";
import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dataFileName,
  encodePath,
  fileUri,
  locate,
  partitionDirectory,
  partitionValuesOf,
  tableRoot,
} from "./index.ts";

/** Characters with a meaning in paths, URIs or Hive directories, and some of several bytes. */
const odd = constantFrom(...Array.from("aZ0 %/\\:?#[]{}^\"=&+@!$*'();,~|<>`.-_\tü漢😀\u007f"));
const segment = string({ unit: odd, minLength: 1, maxLength: 12 }).map((s) => `x${s.replaceAll("/", "")}`);

describe("paths of the log", () => {
  test.each([
    ["part-0.parquet", "/w/t/part-0.parquet"],
    ["a=1/part%200.parquet", "/w/t/a=1/part 0.parquet"],
    ["a=%253A/x", "/w/t/a=%3A/x"],
    ["./a//b", "/w/t/a/b"],
    ["../s/x.parquet", "/w/s/x.parquet"],
    ["/abs/x", "/abs/x"],
    ["file:/abs/x%20y", "/abs/x y"],
    ["file:///abs/x", "/abs/x"],
    ["FILE:///abs/x", "/abs/x"],
    ["s3://bucket/a%20b", "s3://bucket/a%20b"],
    ["time=10:30/x", "/w/t/time=10:30/x"],
  ])("%s lies at %s", (path, location) => {
    expect(locate("/w/t", path)).toBe(location);
  });

  test("whose encoding is broken are refused", () => {
    expect(() => locate("/w/t", "a%zz")).toThrow(expect.objectContaining({ code: "DELTA_LOG_CORRUPT" }));
  });

  test("encoded and located again are the same, relative and as URI", () => {
    assert(
      property(segment, segment, (a, b) => {
        expect(locate("/w/t", encodePath(`${a}/${b}`))).toBe(`/w/t/${a}/${b}`);
        expect(locate("/w/t", fileUri(`/${a}/${b}`))).toBe(`/${a}/${b}`);
        expect(locate("/w/t", encodePath(a))).toBe(`/w/t/${a}`);
      }),
    );
  });

  test.each([
    ["/w/t/", "/w/t"],
    ["file:/w/t", "/w/t"],
    ["file:///w/a%20b/", "/w/a b"],
    ["/w/./t/../u", "/w/u"],
  ])("as table location %s means %s", (location, root) => {
    expect(tableRoot(location)).toBe(root);
  });

  test.each(["w/t", "s3://b/t", ""])("%s is no place for a table", (location) => {
    expect(() => tableRoot(location)).toThrow(expect.objectContaining({ code: "DELTA_UNSUPPORTED_PATH" }));
  });
});

describe("partition directories", () => {
  test("escape as Hive does, and have one name for null and empty", () => {
    expect(
      partitionDirectory([
        ["a b", "1:2/3%4"],
        ["c", null],
        ["d", ""],
      ]),
    ).toBe("a b=1%3A2%2F3%254/c=__HIVE_DEFAULT_PARTITION__/d=__HIVE_DEFAULT_PARTITION__");
    expect(partitionDirectory([["t", "2020-01-01 10:30:00\t\u007f"]])).toBe(
      "t=2020-01-01 10%3A30%3A00%09%7F",
    );
  });

  test("give their values back, through the log's encoding too", () => {
    assert(
      property(segment, string({ unit: odd, minLength: 1 }), (column, value) => {
        const file = dataFileName({ uuid: "u", partitions: [[column, value]] });
        expect(file.split("/")).toHaveLength(2);
        expect(partitionValuesOf(file)).toEqual({ [column]: value });
        expect(partitionValuesOf(posix.relative("/w/t", locate("/w/t", encodePath(file))))).toEqual({
          [column]: value,
        });
      }),
    );
  });

  test("name files as Spark does", () => {
    expect(dataFileName({ uuid: "7f", task: 3 })).toBe("part-00003-7f-c000.snappy.parquet");
    expect(dataFileName({ uuid: "7f", partitions: [["a", "1"]], codec: "zstd" })).toBe(
      "a=1/part-00000-7f.c000.zstd.parquet",
    );
  });
});
