import { expect, it } from "vitest";
import { typeDetailsOf, typeNameOf } from "./column-types.ts";

it.each([
  ["BIGINT", "LONG"],
  ["int", "INT"],
  ["smallint", "SHORT"],
  ["tinyint", "BYTE"],
  ["VOID", "NULL"],
  ["varchar(10)", "STRING"],
  ["char(3)", "CHAR"],
  ["ARRAY<INT>", "ARRAY"],
  ["MAP<STRING, STRING>", "MAP"],
  ["STRUCT<street: STRING, zip: INT>", "STRUCT"],
  ["timestamp", "TIMESTAMP"],
  ["TIMESTAMP_NTZ", "TIMESTAMP_NTZ"],
  ["VARIANT", "VARIANT"],
  ["something_new", "USER_DEFINED_TYPE"],
  ["", "USER_DEFINED_TYPE"],
])("the wire name of %s is %s", (text, name) => {
  expect(typeNameOf(text)).toBe(name);
});

it.each([
  ["DECIMAL(7,2)", { type_name: "DECIMAL", type_precision: 7, type_scale: 2 }],
  ["decimal(38, 0)", { type_name: "DECIMAL", type_precision: 38, type_scale: 0 }],
  ["decimal", { type_name: "DECIMAL", type_precision: 10, type_scale: 0 }],
  ["INTERVAL DAY TO SECOND", { type_name: "INTERVAL", type_interval_type: "DAY TO SECOND" }],
  ["bigint", { type_name: "LONG" }],
])("details of %s", (text, details) => {
  expect(typeDetailsOf(text)).toEqual(details);
});
