import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText, parseExact } from "./json.ts";

describe("reading", () => {
  test.each([
    ["what fits stays a number", '{"run_id":9007199254740991}', { run_id: 9007199254740991 }],
    ["what does not is text", '{"run_id":9223372036854775807}', { run_id: "9223372036854775807" }],
    ["its sign too", "[-9223372036854775808]", ["-9223372036854775808"]],
    [
      "digits inside of texts",
      '{"a":"9223372036854775807 \\" 9223372036854775807"}',
      { a: '9223372036854775807 " 9223372036854775807' },
    ],
    [
      "fractions and exponents are no ids",
      "[1234567890123456.5,1234567890123456e3]",
      [1234567890123456.5, 1234567890123456e3],
    ],
  ])("%s", (_, text, value) => {
    expect(parseExact(text)).toEqual(value);
  });

  test("what is no JSON is refused as JSON.parse refuses it", () => {
    expect(() => parseExact('{"a":9223372036854775807')).toThrow(SyntaxError);
  });

  test("texts, whatever is in them, and numbers that fit are as JSON.parse has them", () => {
    const digits = fc.stringMatching(/^["\\]{0,2}\d{15,20}["\\]{0,2}$/u);
    const member = fc.oneof(fc.string(), digits, fc.maxSafeInteger(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), digits), member), (value) => {
        const text = JSON.stringify(value);
        expect(parseExact(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe("writing", () => {
  test("a bigint keeps its digits, and reads back as text where it must", () => {
    expect(jsonText({ run_id: 9223372036854775807n, all: [1n], left: undefined })).toBe(
      '{"run_id":9223372036854775807,"all":[1]}',
    );
  });

  test("anything else is as JSON.stringify has it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonText(value)).toBe(JSON.stringify(value));
      }),
    );
  });
});
