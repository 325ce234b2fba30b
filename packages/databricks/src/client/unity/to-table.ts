import type { Column, Table, TableConstraint, TableType } from "@clone-xs/unity";
import {
  type ColumnInfo,
  isServerProperty,
  type TableConstraintInfo,
  type TableInfo,
  viewNamespaceOf,
} from "../../contract/index.ts";
import { present } from "./present.ts";

/** A table or view of the Tables API in the product's words. Table types that are newer than this code pass as they are. */
export function toTable(info: TableInfo): Table {
  const {
    name,
    catalog_name,
    schema_name,
    table_type,
    owner,
    comment,
    storage_location,
    table_id,
    row_filter,
  } = info;
  return {
    catalog: catalog_name,
    schema: schema_name,
    name,
    tableType: table_type as TableType,
    owner: owner ?? "",
    columns: (info.columns ?? []).toSorted((a, b) => a.position - b.position).map(toColumn),
    properties: Object.fromEntries(
      Object.entries(info.properties ?? {}).filter(([key]) => !isServerProperty(key)),
    ),
    constraints: (info.table_constraints ?? []).flatMap(toConstraint),
    updatedAt: info.updated_at ?? 0,
    ...present({
      format: info.view_definition === undefined ? info.data_source_format : undefined,
      comment,
      storageLocation: storage_location,
      tableId: table_id,
      view: toView(info),
      rowFilter: row_filter && {
        functionName: row_filter.function_name,
        inputColumns: row_filter.input_column_names ?? [],
      },
    }),
  };
}

function toView(info: TableInfo): Table["view"] {
  if (info.view_definition === undefined) return undefined;
  return { text: info.view_definition, ...present({ namespace: viewNamespaceOf(info) }) };
}

function toColumn({
  name,
  position,
  type_text,
  nullable,
  comment,
  partition_index,
  mask,
}: ColumnInfo): Column {
  return {
    name,
    position,
    typeText: type_text,
    nullable: nullable ?? true,
    ...present({
      comment,
      partitionIndex: partition_index,
      mask: mask && { functionName: mask.function_name, usingColumns: mask.using_column_names ?? [] },
    }),
  };
}

/** Checks (`named_table_constraint`) live in the table's own log, not in the catalog, and have no place here. */
function toConstraint({
  primary_key_constraint: primary,
  foreign_key_constraint: foreign,
}: TableConstraintInfo): TableConstraint[] {
  if (primary !== undefined)
    return [
      {
        kind: "primary_key",
        name: primary.name,
        columns: primary.child_columns,
        rely: primary.rely ?? false,
      },
    ];
  if (foreign === undefined) return [];
  const { name, child_columns, parent_table, parent_columns, rely } = foreign;
  return [
    {
      kind: "foreign_key",
      name,
      columns: child_columns,
      parentTable: parent_table,
      parentColumns: parent_columns,
      rely: rely ?? false,
    },
  ];
}
