import { expect, test } from "vitest";
import { typeText } from "../execution/types/text.ts";
import { typeOfValues } from "./partition-types.ts";

test.each([
  [["1", "2"], "INT"],
  [["1", "2147483648"], "BIGINT"],
  [["-2147483648"], "INT"],
  [["1", "9223372036854775808"], "DECIMAL(19,0)"],
  [["2020", "2021.0"], "DOUBLE"],
  [["9223372036854775807", "0.5"], "STRING"],
  [["9223372036854775808", "0.5"], "STRING"],
  [["2023-01-01", null], "DATE"],
  [["2023-01-01", "2023-01-01 10:00:00"], "TIMESTAMP"],
  [["2023-01-01 10:00:00.123456"], "TIMESTAMP"],
  [["2023-13-01"], "STRING"],
  [["1", "2023-01-01"], "STRING"],
  [["true", "false"], "STRING"],
  [["1", "x"], "STRING"],
  [[null, ""], "STRING"],
  [["-"], "STRING"],
])("partitions %j are of type %s", (values, type) => {
  expect(typeText(typeOfValues(values))).toBe(type);
});
