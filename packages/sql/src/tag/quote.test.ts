import { describe, expect, test } from "vitest";
import { clauses, id, join, lit, sql } from "./index.ts";

describe("id", () => {
  test.each([
    [["a"], "`a`"],
    [["main", "s.t", "x"], "`main`.`s.t`.`x`"],
    [["a`b"], "`a``b`"],
    [["``"], "``````"],
    [["it's"], "`it's`"],
    [["line\nbreak"], "`line\nbreak`"],
    [["🦆"], "`🦆`"],
  ])("%j", ([first = "", ...rest], text) => {
    expect(id(first, ...rest).text).toBe(text);
  });

  test("takes the names of Unity Catalog", () => {
    expect(id({ catalog: "c", schema: "s", name: "t" }).text).toBe("`c`.`s`.`t`");
    expect(id({ catalog: "c", schema: "s" }).text).toBe("`c`.`s`");
  });

  test("has no spelling for an empty name", () => {
    expect(() => id("a", "")).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
  });
});

describe("lit", () => {
  test.each([
    ["plain", "'plain'"],
    ["it's", String.raw`'it\'s'`],
    ["C:\\dir", String.raw`'C:\\dir'`],
    ["a\nb\r\tc", String.raw`'a\nb\r\tc'`],
    ["nul\u0000x", String.raw`'nul\0x'`],
    ["nul\u00001", String.raw`'nul\u00001'`],
    ["\u0024{spark.home}", String.raw`'$\{spark.home}'`],
    ["$5", "'$5'"],
    ["%_", "'%_'"],
    [true, "TRUE"],
    [null, "NULL"],
    [7, "7"],
    [-7, "(-7)"],
    [1.5, "1.5D"],
    [9223372036854775807n, "9223372036854775807"],
  ])("%s", (value, text) => {
    expect(lit(value).text).toBe(text);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses %d", (value) => {
    expect(() => lit(value)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
  });
});

test("fragments compose", () => {
  const columns = join([id("a"), id("b")]);
  expect(clauses(sql`SELECT ${columns}`, false, undefined, sql`LIMIT ${lit(1)}`).text).toBe(
    "SELECT `a`, `b` LIMIT 1",
  );
});
