import type { Statement } from "@clone-xs/unity";
import { clauses, id, join, lit, sql, statement } from "../tag/index.ts";

/**
 * The views of `information_schema` that a clone reads, with the columns asked for. The first column that names a
 * schema carries the filter. Source: Databricks documentation of information_schema; note `catalog_name` in the tag
 * views where others say `table_catalog`.
 */
const COLUMNS = {
  schemata: ["schema_name", "schema_owner", "comment"],
  tables: [
    "table_schema",
    "table_name",
    "table_type",
    "table_owner",
    "comment",
    "data_source_format",
    "storage_path",
  ],
  columns: [
    "table_schema",
    "table_name",
    "column_name",
    "ordinal_position",
    "full_data_type",
    "is_nullable",
    "comment",
  ],
  views: ["table_schema", "table_name", "view_definition"],
  routines: ["routine_schema", "routine_name", "data_type", "routine_body", "routine_definition"],
  volumes: ["volume_schema", "volume_name", "volume_type", "volume_owner", "comment", "storage_location"],
  catalog_tags: ["catalog_name", "tag_name", "tag_value"],
  schema_tags: ["schema_name", "tag_name", "tag_value"],
  table_tags: ["schema_name", "table_name", "tag_name", "tag_value"],
  column_tags: ["schema_name", "table_name", "column_name", "tag_name", "tag_value"],
  volume_tags: ["schema_name", "volume_name", "tag_name", "tag_value"],
  table_constraints: [
    "table_schema",
    "table_name",
    "constraint_schema",
    "constraint_name",
    "constraint_type",
  ],
  key_column_usage: [
    "table_schema",
    "table_name",
    "constraint_schema",
    "constraint_name",
    "column_name",
    "ordinal_position",
    "position_in_unique_constraint",
  ],
  referential_constraints: [
    "constraint_schema",
    "constraint_name",
    "unique_constraint_catalog",
    "unique_constraint_schema",
    "unique_constraint_name",
  ],
  constraint_column_usage: [
    "constraint_schema",
    "constraint_name",
    "table_catalog",
    "table_schema",
    "table_name",
    "column_name",
  ],
  check_constraints: ["constraint_schema", "constraint_name", "check_clause"],
  column_masks: ["table_schema", "table_name", "column_name", "mask_name", "using_columns"],
  row_filters: ["table_schema", "table_name", "filter_name", "target_columns"],
  catalog_privileges: ["grantee", "catalog_name", "privilege_type", "inherited_from"],
  schema_privileges: ["schema_name", "grantee", "privilege_type", "inherited_from"],
  table_privileges: ["table_schema", "table_name", "grantee", "privilege_type", "inherited_from"],
  volume_privileges: ["volume_schema", "volume_name", "grantee", "privilege_type", "inherited_from"],
  routine_privileges: ["routine_schema", "routine_name", "grantee", "privilege_type", "inherited_from"],
} as const;

export type InformationSchemaView = keyof typeof COLUMNS;

/** The columns {@link informationSchema} asks a view for, in order. */
export function informationSchemaColumns(view: InformationSchemaView): readonly string[] {
  return COLUMNS[view];
}

/**
 * Reads one view of a catalog's information_schema; only rows of `schemas` when given. Rows of `information_schema`
 * itself are left out.
 */
export function informationSchema(
  catalog: string,
  view: InformationSchemaView,
  schemas?: readonly string[],
): Statement {
  const columns = COLUMNS[view];
  const schemaColumn = columns.find((column) => column.endsWith("_schema") || column === "schema_name");
  return statement(
    "select",
    clauses(
      sql`SELECT ${join(columns.map((column) => id(column)))} FROM ${id(catalog, "information_schema", view)}`,
      schemaColumn && sql`WHERE ${id(schemaColumn)} <> 'information_schema'`,
      schemaColumn &&
        schemas &&
        schemas.length > 0 &&
        sql`AND ${id(schemaColumn)} IN (${join(schemas.map(lit))})`,
    ),
  );
}
