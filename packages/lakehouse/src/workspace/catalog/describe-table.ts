import { fileUri } from "@clone-xs/delta";
import type { Column, Table } from "@clone-xs/unity";
import type { TableRecord } from "../../metastore/metastore.ts";
import { present } from "./present.ts";
import type { ShapeReader } from "./table-shapes.ts";

/**
 * A table or view as the Tables API shows it: the metastore's record, and for a Delta table columns, comment and properties of its newest
 * version. A table whose log cannot be read is still listed, without columns, so that it alone fails later.
 */
export async function describeTable(shapeOf: ShapeReader, record: TableRecord): Promise<Table> {
  const { catalog, schema, name, format, location, tableType, owner, constraints, rowFilter, view } = record;
  const shape = format === "DELTA" && location !== undefined ? await shapeOf(location) : undefined;
  return {
    catalog,
    schema,
    name,
    tableType,
    owner,
    constraints,
    columns: withMasks(shape?.columns ?? declaredColumns(record), record),
    properties: shape?.properties ?? record.properties,
    tableId: record.id,
    updatedAt: record.updatedAt,
    ...present({
      format: record.shared === undefined ? format : "DELTASHARING",
      comment: record.comment ?? shape?.comment,
      storageLocation:
        record.shared !== undefined ? undefined : (record.locationUri ?? (location && fileUri(location))),
      view: view && { text: view.text, namespace: view.namespace },
      rowFilter,
    }),
  };
}

function declaredColumns({ columns, view }: TableRecord): readonly Column[] {
  return (view?.columns ?? columns ?? []).map(({ name, typeText, comment }, position) => ({
    name,
    position,
    typeText,
    nullable: true,
    ...present({ comment }),
  }));
}

function withMasks(columns: readonly Column[], { columnMasks }: TableRecord): readonly Column[] {
  if (columnMasks.length === 0) return columns;
  return columns.map((column) => {
    const mask = columnMasks.find((found) => found.column.toLowerCase() === column.name.toLowerCase());
    if (mask === undefined) return column;
    return { ...column, mask: { functionName: mask.functionName, usingColumns: mask.usingColumns } };
  });
}
