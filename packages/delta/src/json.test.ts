import { assert, bigInt, double, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { exactNumber, parseJson, printJson } from "./index.ts";

describe("JSON", () => {
  test.each([
    '{"a":9223372036854775807,"b":-9223372036854775808}',
    "[123456789012345678901234567890.12345,0.1,1e400]",
    '{"text":"9223372036854775807 and 0.123456789012345678901"}',
    '{"ends in a backslash\\\\":9223372036854775807}',
    '[{"a":null,"b":[true,false,""]},"\\u0000\\"ü"]',
  ])("%s is printed as it was read", (text) => {
    expect(printJson(parseJson(text))).toBe(text);
  });

  test("keeps small whole numbers and plain fractions as numbers", () => {
    expect(parseJson('{"a":1,"b":9007199254740991,"c":0.5}')).toEqual({ a: 1, b: 9007199254740991, c: 0.5 });
    expect(parseJson('{"a" : 9007199254740993}')).toEqual({ a: 9007199254740993n });
    expect(printJson({ price: exactNumber("1.50") })).toBe('{"price":1.50}');
  });

  test("loses no integer and no double", () => {
    const same = (literal: string) =>
      expect(printJson(parseJson(`{"x":[${literal}]}`))).toBe(`{"x":[${literal}]}`);
    assert(
      property(bigInt({ min: -(2n ** 64n), max: 2n ** 64n }), (n) => {
        same(String(n));
      }),
    );
    assert(
      property(double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        same(JSON.stringify(n));
      }),
    );
  });
});
