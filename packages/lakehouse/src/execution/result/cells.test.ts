import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseType } from "../types/text.ts";
import { cellText, handOver, javaText } from "./cells.ts";

describe("a cell as Databricks shows it", () => {
  test.each([
    ["bigint", "9007199254740993", "9007199254740993"],
    ["decimal(38,5)", "123456789012345678901234567890.12345", "123456789012345678901234567890.12345"],
    ["boolean", "true", "true"],
    ["timestamp", "2021-01-01 10:00:00+00", "2021-01-01T10:00:00.000Z"],
    ["timestamp", "2021-01-01 10:00:00.1+00", "2021-01-01T10:00:00.100Z"],
    ["timestamp", "2021-01-01 10:00:00.123456+00", "2021-01-01T10:00:00.123456Z"],
    ["timestamp_ntz", "2021-01-01 10:00:00.5", "2021-01-01T10:00:00.500"],
    ["timestamp_ntz", "0001-01-01 (BC) 00:00:00", "0000-01-01T00:00:00.000"],
    ["timestamp_ntz", "10000-12-31 (BC) 23:59:59.999999", "-9999-12-31T23:59:59.999999"],
    ["date", "0002-01-01 (BC)", "-0001-01-01"],
    ["double", "1e+20", "1.0E20"],
    ["array<bigint>", '["1",null,"9007199254740993"]', "[1,null,9007199254740993]"],
    ["map<string,double>", '{"a":"1.0","b":"nan"}', '{"a":1.0,"b":"NaN"}'],
    [
      "struct<s:string,d:date,t:timestamp>",
      '{"s":"1","d":"2020-01-02","t":"2020-01-02 03:04:05+00"}',
      '{"s":"1","d":"2020-01-02","t":"2020-01-02T03:04:05.000Z"}',
    ],
    ["array<struct<a:int,b:boolean>>", '[{"a":"1","b":"true"},null]', '[{"a":1,"b":true},null]'],
    ["array<string>", '["say \\"hi\\"\\n"]', '["say \\"hi\\"\\n"]'],
  ])("%s: %s", (type, handed, shown) => {
    expect(cellText(parseType(type), handed)).toBe(shown);
  });

  test.each([
    ["0.0", "0.0"],
    ["-0.0", "-0.0"],
    ["0.001", "0.001"],
    ["0.0001", "1.0E-4"],
    ["1234567.0", "1234567.0"],
    ["12345678.0", "1.2345678E7"],
    ["1.5e-07", "1.5E-7"],
    ["1.7976931348623157e+308", "1.7976931348623157E308"],
    ["-inf", "-Infinity"],
  ])("a double %s is %s, as Java prints it", (handed, shown) => {
    expect(javaText(handed)).toBe(shown);
  });

  test("a printed double is the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Object.is(Number(javaText(Object.is(value, -0) ? "-0.0" : String(value))), value)).toBe(true);
      }),
    );
  });

  test("an interval has no text on the wire yet, and says so", () => {
    const column = { id: "c1", name: "i", type: { kind: "primitive" as const, name: "interval day" } };
    expect(() => handOver(column)).toThrow(/a result column of type INTERVAL DAY \(i\)/);
  });
});
