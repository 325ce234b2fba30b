import { z } from "zod";

export const ColumnInfo = z.object({
  name: z.string(),
  /** 0-based. */
  position: z.number(),
  /** Enum of Unity Catalog: LONG for `bigint`, see `typeNameOf`. */
  type_name: z.string().optional(),
  type_text: z.string(),
  type_json: z.string().optional(),
  type_precision: z.number().optional(),
  type_scale: z.number().optional(),
  type_interval_type: z.string().optional(),
  /** True when absent. */
  nullable: z.boolean().optional(),
  comment: z.string().optional(),
  partition_index: z.number().optional(),
  mask: z
    .object({ function_name: z.string(), using_column_names: z.array(z.string()).optional() })
    .optional(),
});
export type ColumnInfo = z.infer<typeof ColumnInfo>;

/** Exactly one member is set. */
export const TableConstraintInfo = z.object({
  primary_key_constraint: z
    .object({
      name: z.string(),
      child_columns: z.array(z.string()),
      timeseries_columns: z.array(z.string()).optional(),
      rely: z.boolean().optional(),
    })
    .optional(),
  foreign_key_constraint: z
    .object({
      name: z.string(),
      child_columns: z.array(z.string()),
      parent_table: z.string(),
      parent_columns: z.array(z.string()),
      rely: z.boolean().optional(),
    })
    .optional(),
  named_table_constraint: z.object({ name: z.string() }).optional(),
});
export type TableConstraintInfo = z.infer<typeof TableConstraintInfo>;

export const Dependency = z.object({
  table: z.object({ table_full_name: z.string() }).optional(),
  function: z.object({ function_full_name: z.string() }).optional(),
});
export type Dependency = z.infer<typeof Dependency>;

export const TableInfo = z.object({
  name: z.string(),
  catalog_name: z.string(),
  schema_name: z.string(),
  full_name: z.string().optional(),
  /** MANAGED, EXTERNAL, VIEW, MATERIALIZED_VIEW, STREAMING_TABLE, FOREIGN, MANAGED_SHALLOW_CLONE, EXTERNAL_SHALLOW_CLONE, METRIC_VIEW. */
  table_type: z.string(),
  data_source_format: z.string().optional(),
  columns: z.array(ColumnInfo).optional(),
  storage_location: z.string().optional(),
  view_definition: z.string().optional(),
  view_dependencies: z.object({ dependencies: z.array(Dependency).optional() }).optional(),
  /** Schemas whose objects a view's text may name without qualification. */
  sql_path: z.string().optional(),
  owner: z.string().optional(),
  comment: z.string().optional(),
  properties: z.record(z.string(), z.string()).optional(),
  created_at: z.number().optional(),
  created_by: z.string().optional(),
  updated_at: z.number().optional(),
  updated_by: z.string().optional(),
  table_id: z.string().optional(),
  metastore_id: z.string().optional(),
  table_constraints: z.array(TableConstraintInfo).optional(),
  row_filter: z
    .object({ function_name: z.string(), input_column_names: z.array(z.string()).optional() })
    .optional(),
  pipeline_id: z.string().optional(),
  browse_only: z.boolean().optional(),
  securable_type: z.string().optional(),
  securable_kind: z.string().optional(),
});
export type TableInfo = z.infer<typeof TableInfo>;

export const ListTablesResponse = z.object({
  tables: z.array(TableInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListTablesResponse = z.infer<typeof ListTablesResponse>;

export const TableExistsResponse = z.object({ table_exists: z.boolean().optional() });
export type TableExistsResponse = z.infer<typeof TableExistsResponse>;

export const TableSummary = z.object({ full_name: z.string(), table_type: z.string().optional() });
export type TableSummary = z.infer<typeof TableSummary>;

export const ListTableSummariesResponse = z.object({
  tables: z.array(TableSummary).optional(),
  next_page_token: z.string().optional(),
});
export type ListTableSummariesResponse = z.infer<typeof ListTableSummariesResponse>;
