import { expect, test } from "vitest";
import type { AuditTables } from "../contract/index.ts";
import { hintsFor } from "./audit-tables.ts";

const table = (schema: string, state: "there" | "missing"): AuditTables["tables"][number] => ({
  full_name: `edp.${schema}.t`,
  catalog: "edp",
  schema,
  name: "t",
  what: "",
  state,
  rows: null,
  last_row_at: null,
  error: null,
});

test("what is there needs nothing", () => {
  expect(hintsFor([table("a", "there")], "me@x")).toEqual([]);
});

test("what is missing is named once for its catalog and its schema, for the user as he is called", () => {
  expect(hintsFor([table("a", "missing"), table("b", "missing"), table("c", "there")], "o`brien@x")).toEqual([
    "CREATE CATALOG IF NOT EXISTS `edp`;",
    "GRANT USE CATALOG ON CATALOG `edp` TO `o``brien@x`;",
    "CREATE SCHEMA IF NOT EXISTS `edp`.`a`;",
    "GRANT USE SCHEMA, CREATE TABLE, CREATE VOLUME ON SCHEMA `edp`.`a` TO `o``brien@x`;",
    "CREATE SCHEMA IF NOT EXISTS `edp`.`b`;",
    "GRANT USE SCHEMA, CREATE TABLE, CREATE VOLUME ON SCHEMA `edp`.`b` TO `o``brien@x`;",
  ]);
});
