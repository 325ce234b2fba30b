import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { type ColumnStatistics, columnKey, fileStats, parseSchema } from "../index.ts";
import { lowerBound, upperBound } from "./bounds.ts";

const column = (name: string, type: unknown, metadata: object = {}) => ({
  name,
  type,
  nullable: true,
  metadata,
});
const schemaOf = (...fields: object[]) => parseSchema(JSON.stringify({ type: "struct", fields }));
const metadata = (...fields: object[]) => ({
  schema: schemaOf(...fields),
  partitionColumns: ["p"],
  configuration: {} as Record<string, string>,
});
const known = (entries: Record<string, ColumnStatistics>) =>
  new Map(Object.entries(entries).map(([k, v]) => [columnKey(k.split("/")), v]));

describe("file statistics", () => {
  test("hold integers and decimals as exact literals, keyed by physical names", () => {
    const fields = [
      column("big", "long"),
      column("d", "decimal(38,5)", { "delta.columnMapping.physicalName": "col-7" }),
      column("s", { type: "struct", fields: [column("x", "integer")] }),
      column("p", "string"),
    ];
    const columns = known({
      big: { min: "-9007199254740993", max: "9007199254740993", nullCount: 0 },
      "col-7": { min: "1.50000", max: "123456789012345678901234567890.12345", nullCount: 2n },
      "s/x": { nullCount: 3 },
      p: { min: "a", max: "b", nullCount: 0 },
    });
    expect(fileStats({ metadata: metadata(...fields), numRecords: 3, columns, tightBounds: true })).toBe(
      '{"numRecords":3,"minValues":{"big":-9007199254740993,"col-7":1.50000},' +
        '"maxValues":{"big":9007199254740993,"col-7":123456789012345678901234567890.12345},' +
        '"nullCount":{"big":0,"col-7":2,"s":{"x":3}},"tightBounds":true}',
    );
  });

  test.each([
    ["string", "short", '"short"', '"short"'],
    ["double", "1.5e+300", "1.5e+300", "1.5e+300"],
    ["double", "-0.0", "-0.0", "0.0"],
    ["float", "0.0", "-0.0", "0.0"],
    ["double", "inf", undefined, undefined],
    ["date", "2020-01-02", '"2020-01-02"', '"2020-01-02"'],
    ["date", "0006-01-01 (BC)", undefined, undefined],
    [
      "timestamp",
      "2020-01-02 03:04:05.123456+00",
      '"2020-01-02T03:04:05.123Z"',
      '"2020-01-02T03:04:05.124Z"',
    ],
    [
      "timestamp",
      "1969-12-31 23:59:59.999999+00",
      '"1969-12-31T23:59:59.999Z"',
      '"1970-01-01T00:00:00.000Z"',
    ],
    ["timestamp", "2020-01-02 03:04:05+00", '"2020-01-02T03:04:05.000Z"', '"2020-01-02T03:04:05.000Z"'],
    ["timestamp", "290000-01-01 00:00:00+00", undefined, undefined],
    ["timestamp_ntz", "2020-01-02 03:04:05.1", '"2020-01-02T03:04:05.100"', '"2020-01-02T03:04:05.100"'],
    ["boolean", "1", undefined, undefined],
    ["binary", "6162", undefined, undefined],
  ])("bounds of a %s column at %s", (type, value, min, max) => {
    const columns = known({ c: { min: value, max: value, nullCount: 0 } });
    const bound = (kind: string, literal: string | undefined) =>
      `"${kind}":{${literal === undefined ? "" : `"c":${literal}`}}`;
    expect(fileStats({ metadata: metadata(column("c", type)), numRecords: 1, columns })).toBe(
      `{"numRecords":1,${bound("minValues", min)},${bound("maxValues", max)},"nullCount":{"c":0}}`,
    );
  });

  test("leave out bounds of a column with NaN", () => {
    const columns = known({ c: { min: "1.0", max: "2.0", hasNan: true, nullCount: 1 } });
    expect(
      JSON.parse(fileStats({ metadata: metadata(column("c", "double")), numRecords: 3, columns })),
    ).toEqual({
      numRecords: 3,
      minValues: {},
      maxValues: {},
      nullCount: { c: 1 },
    });
  });

  test("cover the first 32 leaves, or what the table's properties say", () => {
    const fields = Array.from({ length: 40 }, (_, i) => column(`c${i}`, "long"));
    const columns = known(Object.fromEntries(fields.map(({ name }) => [name, { nullCount: 0 }])));
    const indexed = (configuration: Record<string, string>) =>
      Object.keys(
        (
          JSON.parse(
            fileStats({ metadata: { ...metadata(...fields), configuration }, numRecords: 0, columns }),
          ) as { nullCount: object }
        ).nullCount,
      );
    expect(indexed({})).toEqual(fields.slice(0, 32).map((f) => f.name));
    expect(indexed({ "delta.dataSkippingNumIndexedCols": "-1" })).toHaveLength(40);
    expect(indexed({ "delta.dataSkippingNumIndexedCols": "2" })).toEqual(["c0", "c1"]);
    expect(indexed({ "delta.dataSkippingStatsColumns": "c39, `C1`" })).toEqual(["c1", "c39"]);
  });

  test("bound every string from both sides, whatever it holds", () => {
    const type = { kind: "primitive", name: "string" } as const;
    const bytes = (text: unknown) => Buffer.from(typeof text === "string" ? text : "\u{10ffff}".repeat(99));
    const character = constantFrom("a", "é", "\uffff", "😀", "\u{10ffff}");
    assert(
      property(string({ unit: character, minLength: 28, maxLength: 40 }), (text) => {
        const [low, high] = [lowerBound(type, text), upperBound(type, text)];
        expect(Buffer.compare(bytes(low), bytes(text))).toBeLessThanOrEqual(0);
        // A bound that is left out counts as the highest.
        expect(Buffer.compare(bytes(high), bytes(text))).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(upperBound(type, "b".repeat(40))).toBe(`${"b".repeat(32)}\u{10ffff}`);
  });
});
