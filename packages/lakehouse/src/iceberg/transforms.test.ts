import type { StructField } from "@clone-xs/delta";
import { expect, test } from "vitest";
import { transformOf } from "./transforms.ts";

const column = (name: string): StructField => ({
  name: "c",
  type: { kind: "primitive", name },
  nullable: true,
  metadata: {},
});
const field = (transform: string) => ({ name: "p", transform, sourceId: 1 });

/** Values as the Iceberg specification stores them: units since 1970. */
test.each([
  ["year", "timestamp", 52, "2022", "year(c)"],
  ["year", "date", -1, "1969", "year(c)"],
  ["month", "timestamp", 624, "2022-01", "date_format(c, 'yyyy-MM')"],
  ["month", "date", -1, "1969-12", "date_format(c, 'yyyy-MM')"],
  ["day", "timestamp", 18993, "2022-01-01", "CAST(c AS DATE)"],
  ["hour", "timestamp", 455832, "2022-01-01-00", "date_format(c, 'yyyy-MM-dd-HH')"],
  ["hour", "timestamp", -1, "1969-12-31-23", "date_format(c, 'yyyy-MM-dd-HH')"],
  ["truncate[3]", "string", "abc", "abc", "substring(c, 0, 3)"],
  ["truncate[10]", "integer", -10, "-10", "c - (((c % 10) + 10) % 10)"],
])("%s of a %s", (transform, type, value, text, expression) => {
  const found = transformOf(field(transform), column(type));
  expect([found?.text(value), found?.expression("c")]).toEqual([text, expression]);
});

test.each([
  ["truncate[4]", "decimal"],
  ["bucket[4]", "string"],
  ["unknown", "string"],
])("%s of a %s has no equal", (transform, type) => {
  expect(transformOf(field(transform), column(type))).toBeUndefined();
});
