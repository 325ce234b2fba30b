import { describe, expect, test } from "vitest";
import { commonType } from "./coercion.ts";
import { catalogText, parseType } from "./text.ts";

describe("the common type", () => {
  test.each([
    ["int", "bigint", "bigint"],
    ["int", "float", "double"],
    ["float", "float", "float"],
    ["bigint", "decimal(10,2)", "decimal(22,2)"],
    ["decimal(10,2)", "decimal(5,4)", "decimal(12,4)"],
    ["decimal(38,0)", "decimal(38,38)", "decimal(38,6)"],
    ["decimal(10,2)", "double", "double"],
    ["string", "int", "bigint"],
    ["string", "decimal(10,2)", "double"],
    ["string", "date", "date"],
    ["void", "array<int>", "array<int>"],
    ["date", "timestamp", "timestamp"],
    ["date", "timestamp_ntz", "timestamp_ntz"],
    ["array<int>", "array<bigint>", "array<bigint>"],
    ["struct<a:int>", "struct<b:double>", "struct<a:double>"],
    ["int", "date", undefined],
    ["boolean", "int", undefined],
    ["array<int>", "int", undefined],
  ])("of %s and %s is %s", (a, b, expected) => {
    const found = commonType(parseType(a), parseType(b));
    expect(found && catalogText(found)).toBe(expected);
  });
});
