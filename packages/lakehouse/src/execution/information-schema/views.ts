import type { Work } from "../work.ts";
import { INT, LONG, STRING, TIMESTAMP, type Type } from "../types/types.ts";

/** A column of an information_schema view. */
export type ViewColumn = readonly [name: string, type: Type];

const text = (...names: readonly string[]): readonly ViewColumn[] =>
  names.map((name) => [name, STRING] as const);

/** Times and principals that most views end with. */
const STAMPS: readonly ViewColumn[] = [
  ["created", TIMESTAMP],
  ["created_by", STRING],
  ["last_altered", TIMESTAMP],
  ["last_altered_by", STRING],
];

/** The views and their columns. Source: Databricks SQL language manual, "Information schema". */
export const VIEWS = {
  catalogs: [...text("catalog_name", "catalog_owner", "comment"), ...STAMPS],
  schemata: [...text("catalog_name", "schema_name", "schema_owner", "comment"), ...STAMPS],
  tables: [
    ...text(
      "table_catalog",
      "table_schema",
      "table_name",
      "table_type",
      "is_insertable_into",
      "commit_action",
      "table_owner",
      "comment",
    ),
    ...STAMPS,
    ...text("data_source_format", "storage_sub_directory", "storage_path"),
  ],
  columns: [
    ...text("table_catalog", "table_schema", "table_name", "column_name"),
    ["ordinal_position", INT],
    ...text("column_default", "is_nullable", "full_data_type", "data_type"),
    ["character_maximum_length", LONG],
    ["numeric_precision", INT],
    ["numeric_scale", INT],
    ["datetime_precision", INT],
    ...text("is_identity", "identity_generation", "is_generated", "generation_expression"),
    ["partition_index", INT],
    ...text("comment"),
  ],
  views: text(
    "table_catalog",
    "table_schema",
    "table_name",
    "view_definition",
    "check_option",
    "is_updatable",
    "is_insertable_into",
    "sql_path",
    "is_materialized",
  ),
  routines: [
    ...text(
      "specific_catalog",
      "specific_schema",
      "specific_name",
      "routine_catalog",
      "routine_schema",
      "routine_name",
      "routine_owner",
      "routine_type",
      "data_type",
      "full_data_type",
      "routine_body",
      "routine_definition",
      "external_language",
      "is_deterministic",
      "sql_data_access",
      "is_null_call",
      "security_type",
      "sql_path",
      "comment",
    ),
    ...STAMPS,
  ],
  parameters: [
    ...text("specific_catalog", "specific_schema", "specific_name"),
    ["ordinal_position", INT],
    ...text(
      "parameter_mode",
      "is_result",
      "parameter_name",
      "data_type",
      "full_data_type",
      "parameter_default",
      "comment",
    ),
  ],
  routine_columns: [
    ...text("specific_catalog", "specific_schema", "specific_name", "column_name"),
    ["ordinal_position", INT],
    ...text("data_type", "full_data_type", "comment"),
  ],
  volumes: [
    ...text("volume_catalog", "volume_schema", "volume_name", "volume_type", "volume_owner", "comment"),
    ...STAMPS,
    ...text("storage_location"),
  ],
  catalog_tags: text("catalog_name", "tag_name", "tag_value"),
  schema_tags: text("catalog_name", "schema_name", "tag_name", "tag_value"),
  table_tags: text("catalog_name", "schema_name", "table_name", "tag_name", "tag_value"),
  column_tags: text("catalog_name", "schema_name", "table_name", "column_name", "tag_name", "tag_value"),
  volume_tags: text("catalog_name", "schema_name", "volume_name", "tag_name", "tag_value"),
  catalog_privileges: text(
    "grantor",
    "grantee",
    "catalog_name",
    "privilege_type",
    "is_grantable",
    "inherited_from",
  ),
  schema_privileges: text(
    "grantor",
    "grantee",
    "catalog_name",
    "schema_name",
    "privilege_type",
    "is_grantable",
    "inherited_from",
  ),
  table_privileges: text(
    "grantor",
    "grantee",
    "table_catalog",
    "table_schema",
    "table_name",
    "privilege_type",
    "is_grantable",
    "inherited_from",
  ),
  volume_privileges: text(
    "grantor",
    "grantee",
    "volume_catalog",
    "volume_schema",
    "volume_name",
    "privilege_type",
    "is_grantable",
    "inherited_from",
  ),
  routine_privileges: text(
    "grantor",
    "grantee",
    "specific_catalog",
    "specific_schema",
    "specific_name",
    "routine_catalog",
    "routine_schema",
    "routine_name",
    "privilege_type",
    "is_grantable",
    "inherited_from",
  ),
  table_constraints: text(
    "constraint_catalog",
    "constraint_schema",
    "constraint_name",
    "table_catalog",
    "table_schema",
    "table_name",
    "constraint_type",
    "is_deferrable",
    "initially_deferred",
    "enforced",
    "comment",
  ),
  key_column_usage: [
    ...text(
      "constraint_catalog",
      "constraint_schema",
      "constraint_name",
      "table_catalog",
      "table_schema",
      "table_name",
      "column_name",
    ),
    ["ordinal_position", INT],
    ["position_in_unique_constraint", INT],
  ],
  referential_constraints: text(
    "constraint_catalog",
    "constraint_schema",
    "constraint_name",
    "unique_constraint_catalog",
    "unique_constraint_schema",
    "unique_constraint_name",
    "match_option",
    "update_rule",
    "delete_rule",
  ),
  constraint_table_usage: text(
    "constraint_catalog",
    "constraint_schema",
    "constraint_name",
    "table_catalog",
    "table_schema",
    "table_name",
  ),
  constraint_column_usage: text(
    "constraint_catalog",
    "constraint_schema",
    "constraint_name",
    "table_catalog",
    "table_schema",
    "table_name",
    "column_name",
  ),
  check_constraints: text(
    "constraint_catalog",
    "constraint_schema",
    "constraint_name",
    "check_clause",
    "sql_path",
  ),
  row_filters: text(
    "table_catalog",
    "table_schema",
    "table_name",
    "filter_catalog",
    "filter_schema",
    "filter_name",
    "target_columns",
  ),
  column_masks: text(
    "table_catalog",
    "table_schema",
    "table_name",
    "column_name",
    "mask_catalog",
    "mask_schema",
    "mask_name",
    "using_columns",
  ),
} satisfies Record<string, readonly ViewColumn[]>;

export type ViewName = keyof typeof VIEWS;

export function isView(name: string): name is ViewName {
  return Object.hasOwn(VIEWS, name);
}

/** A row by column name; absent columns are NULL. */
export type ViewRow = Readonly<Record<string, string | number | undefined>>;

/** Makes the rows of a view over some catalogs; only what the caller may see. */
export type RowMaker = (
  work: Work,
  catalogs: readonly string[],
) => readonly ViewRow[] | Promise<readonly ViewRow[]>;
