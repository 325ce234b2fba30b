import { expect, test } from "vitest";
import { parseStatement } from "../index.ts";

test.each([
  "REPLACE TABLE IF NOT EXISTS t CLONE s",
  "CREATE OR REPLACE TABLE IF NOT EXISTS t SHALLOW CLONE s",
  "CREATE OR REPLACE TABLE IF NOT EXISTS delta.`/x` CLONE s",
  "CREATE OR REPLACE TABLE IF NOT EXISTS t (a INT)",
])("clone checklist 9: REPLACE with IF NOT EXISTS does not parse: %s", (text) => {
  expect(() => parseStatement(text)).toThrow(/^\[PARSE_SYNTAX_ERROR\] Syntax error at or near 'IF'/);
});
