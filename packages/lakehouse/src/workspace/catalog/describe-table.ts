import { type DeltaTable, DeltaError, fieldFacts, fileUri, type Snapshot, typeText } from "@clone-xs/delta";
import type { Column, Table } from "@clone-xs/unity";
import type { TableRecord } from "../../metastore/metastore.ts";
import { present } from "./present.ts";

/**
 * A table or view as the Tables API shows it: the metastore's record, and for a Delta table columns, comment and properties of its newest
 * version. A table whose log cannot be read is still listed, without columns, so that it alone fails later.
 */
export async function describeTable(
  deltaTable: (location: string) => DeltaTable,
  record: TableRecord,
): Promise<Table> {
  const snapshot = await snapshotOf(deltaTable, record);
  const { catalog, schema, name, tableType, owner, constraints, rowFilter, view } = record;
  return {
    catalog,
    schema,
    name,
    tableType,
    owner,
    constraints,
    columns: withMasks(snapshot === undefined ? declaredColumns(record) : deltaColumns(snapshot), record),
    properties: snapshot?.metadata.configuration ?? record.properties,
    tableId: record.id,
    updatedAt: record.updatedAt,
    ...present({
      format: record.format,
      comment: record.comment ?? snapshot?.metadata.description,
      storageLocation: record.locationUri ?? (record.location && fileUri(record.location)),
      view: view && { text: view.text, namespace: view.namespace },
      rowFilter,
    }),
  };
}

async function snapshotOf(
  deltaTable: (location: string) => DeltaTable,
  { format, location }: TableRecord,
): Promise<Snapshot | undefined> {
  if (format !== "DELTA" || location === undefined) return undefined;
  try {
    return await deltaTable(location).snapshot();
  } catch (error) {
    if (error instanceof DeltaError) return undefined;
    throw error;
  }
}

function deltaColumns({ metadata }: Snapshot): readonly Column[] {
  return metadata.schema.fields.map((field, position) => {
    const partition = metadata.partitionColumns.findIndex(
      (name) => name.toLowerCase() === field.name.toLowerCase(),
    );
    return {
      name: field.name,
      position,
      typeText: typeText(field.type),
      nullable: field.nullable,
      ...present({
        comment: fieldFacts(field).comment,
        partitionIndex: partition === -1 ? undefined : partition,
      }),
    };
  });
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
  return columns.map((column) => {
    const mask = columnMasks.find((found) => found.column.toLowerCase() === column.name.toLowerCase());
    if (mask === undefined) return column;
    return { ...column, mask: { functionName: mask.functionName, usingColumns: mask.usingColumns } };
  });
}
