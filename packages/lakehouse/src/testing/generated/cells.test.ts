import { expect, test } from "vitest";
import { cellOf, plainCell } from "./cells.ts";
import { compare } from "./model.ts";

const plain = (name: string) => ({ kind: "primitive", name }) as const;

test.for([
  ["double", "1.0E10", "10000000000"],
  ["double", "-0.0", "0"],
  ["double", "nan", "NaN"],
  ["double", "-inf", "-Infinity"],
  ["float", "0.1", "0.10000000149011612"],
  ["timestamp", "2026-01-01T10:00:00.500Z", "2026-01-01T10:00:00.500000"],
  ["timestamp", "2026-01-01 10:00:00+00", "2026-01-01T10:00:00.000000"],
  ["long", "-9223372036854775808", "-9223372036854775808"],
] as const)("%s %s is %s, whoever says it", ([name, text, cell]) => {
  expect(plainCell(plain(name), text)).toBe(cell);
});

test.for([
  ["1e-18", 18, "0.000000000000000001"],
  ["-9e-18", 18, "-0.000000000000000009"],
  ["12", 2, "12.00"],
  ["-0.5", 1, "-0.5"],
  ["-0.00", 2, "0.00"],
  ["99999999999999999999.999999999999999962", 18, "99999999999999999999.999999999999999962"],
  ["123", 0, "123"],
] as const)("the decimal %s with %d digits after the point is %s", ([text, scale, cell]) => {
  expect(plainCell({ kind: "decimal", precision: 38, scale }, text)).toBe(cell);
});

test("nested values keep every digit, and maps come in one order", () => {
  const type = {
    kind: "map",
    key: plain("string"),
    value: { kind: "decimal", precision: 38, scale: 18 },
    valueContainsNull: true,
  } as const;
  expect(cellOf(type, '{"b":0.000000000000000001,"a":null}')).toEqual([
    ["a", null],
    ["b", "0.000000000000000001"],
  ]);
});

test.for([
  ["double", "NaN", "Infinity", 1],
  ["double", "NaN", "NaN", 0],
  ["string", "Z", "a", -1],
  ["string", "\u{ffff}", "\u{10000}", -1],
  ["long", "10", "9", 1],
  ["date", "1999-12-31", "2000-01-01", -1],
] as const)("%s: %s against %s is %d", ([name, a, b, order]) => {
  expect(Math.sign(compare(plain(name), a, b))).toBe(order);
});
