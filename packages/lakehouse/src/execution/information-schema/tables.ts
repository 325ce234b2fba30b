import { fileUri } from "@clone-xs/delta";
import { namesOf, sees } from "../../authorization/index.ts";
import { icebergDefinition } from "../../iceberg/table.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { declaredColumns, deltaColumns, type DescribedColumn } from "../statements/described.ts";
import { catalogText, typeName } from "../types/text.ts";
import { isUnreadable } from "../errors.ts";
import type { Work } from "../work.ts";
import { stamps } from "./objects.ts";
import type { RowMaker, ViewRow } from "./views.ts";

/** Tables and views the caller sees. */
export function visibleTables(work: Work, catalogs: readonly string[]): readonly TableRecord[] {
  return catalogs.flatMap((catalog) =>
    work.context.metastore
      .tables({ catalog })
      .filter((table) => sees(work.viewer, { type: "table", name: table })),
  );
}

function names(table: TableRecord): ViewRow {
  return { table_catalog: table.catalog, table_schema: table.schema, table_name: table.name };
}

export const tableViews = {
  tables: (work, catalogs) =>
    visibleTables(work, catalogs).map((table) => ({
      ...names(table),
      table_type: table.tableType,
      is_insertable_into: table.view === undefined && table.shared === undefined ? "YES" : "NO",
      commit_action: "PRESERVE",
      table_owner: table.owner,
      comment: table.comment,
      ...stamps(table),
      data_source_format:
        table.shared !== undefined ? "DELTASHARING" : (table.format ?? "UNKNOWN_DATA_SOURCE_FORMAT"),
      storage_path: table.locationUri ?? (table.location === undefined ? undefined : fileUri(table.location)),
    })),
  columns: async (work, catalogs) => {
    const rows = await Promise.all(visibleTables(work, catalogs).map((table) => columnRows(work, table)));
    return rows.flat();
  },
  views: (work, catalogs) =>
    visibleTables(work, catalogs).flatMap((table) =>
      table.view === undefined
        ? []
        : [
            {
              ...names(table),
              view_definition:
                namesOf(work.viewer.principal).has(table.owner) || work.viewer.principal.admin
                  ? table.view.text
                  : undefined,
              check_option: "NONE",
              is_updatable: "NO",
              is_insertable_into: "NO",
              sql_path: `${table.view.namespace.catalog}.${table.view.namespace.schema}`,
              is_materialized: "NO",
            },
          ],
    ),
  row_filters: (work, catalogs) =>
    visibleTables(work, catalogs).flatMap((table) => {
      if (table.rowFilter === undefined) return [];
      const [filter_catalog, filter_schema] = table.rowFilter.functionName.split(".");
      return [
        {
          ...names(table),
          filter_catalog,
          filter_schema,
          filter_name: table.rowFilter.functionName,
          target_columns: table.rowFilter.inputColumns.join(", "),
        },
      ];
    }),
  column_masks: (work, catalogs) =>
    visibleTables(work, catalogs).flatMap((table) =>
      table.columnMasks.map((mask) => {
        const [mask_catalog, mask_schema] = mask.functionName.split(".");
        return {
          ...names(table),
          column_name: mask.column,
          mask_catalog,
          mask_schema,
          mask_name: mask.functionName,
          using_columns: mask.usingColumns.join(", "),
        };
      }),
    ),
} satisfies Record<string, RowMaker>;

/** Columns of one table; a table whose log cannot be read has none here, and fails where it is read. */
async function columnRows(work: Work, table: TableRecord): Promise<readonly ViewRow[]> {
  const { columns, partitions } = await columnsOf(work, table);
  return columns.map((column, position) => {
    const { type } = column;
    const partition = partitions.findIndex((p) => p.toLowerCase() === column.name.toLowerCase());
    return {
      ...names(table),
      column_name: column.name,
      ordinal_position: position,
      column_default: column.default,
      is_nullable: column.nullable ? "YES" : "NO",
      full_data_type: catalogText(type),
      data_type: typeName(type),
      ...(type.kind === "decimal" && { numeric_precision: type.precision, numeric_scale: type.scale }),
      is_identity: "NO",
      is_generated: "NO",
      partition_index: partition === -1 ? undefined : partition,
      comment: column.comment,
    };
  });
}

async function columnsOf(
  work: Work,
  table: TableRecord,
): Promise<{ readonly columns: readonly DescribedColumn[]; readonly partitions: readonly string[] }> {
  if (table.location === undefined || (table.format !== "DELTA" && table.format !== "ICEBERG"))
    return { columns: declaredColumns(table), partitions: [] };
  try {
    const snapshot =
      table.format === "ICEBERG"
        ? (await icebergDefinition(table.location)).snapshot
        : await work.context.deltaTable(table.location).snapshot();
    return { columns: deltaColumns(snapshot), partitions: snapshot.metadata.partitionColumns };
  } catch (error) {
    if (isUnreadable(error)) return { columns: [], partitions: [] };
    throw error;
  }
}
