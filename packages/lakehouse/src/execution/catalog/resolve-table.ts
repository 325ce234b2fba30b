import { type At, checkWithinRetention, DeltaError, type DeltaTable } from "@clone-xs/delta";
import type { TableReference } from "@clone-xs/sql";
import type { ObjectName, SchemaName } from "@clone-xs/unity";
import { requireUseOfParents } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { failure, type Place, tableNotFound, unsupported } from "../errors.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { pathToTouch } from "../paths.ts";
import type { Work } from "../work.ts";

/** What a table reference points at: a registered table or view, or a directory. */
export type Resolved =
  | { readonly kind: "record"; readonly name: ObjectName; readonly record: TableRecord }
  | {
      readonly kind: "path";
      readonly format: "delta" | "parquet" | "iceberg";
      readonly location: string;
    };

/**
 * Finds a table by name or path for the principal of the statement. Throws TABLE_OR_VIEW_NOT_FOUND to whoever may use the schema, and what the
 * location refuses.
 */
export function resolveTable(
  work: Work,
  reference: TableReference,
  namespace: SchemaName,
  place?: Place,
): Resolved {
  if (reference.path === undefined) {
    const name = objectName(partsOf(reference.name), namespace, place);
    if (work.context.metastore.table(name) === undefined) requireUseOfParents(work.viewer, name);
  }
  return findTable(work, reference, namespace, place);
}

/** {@link resolveTable} before anybody's privileges are looked at. */
export function findTable(
  work: Work,
  reference: TableReference,
  namespace: SchemaName,
  place?: Place,
): Resolved {
  const { metastore } = work.context;
  if (reference.path !== undefined) {
    const { format, path } = reference.path;
    return { kind: "path", format, location: pathToTouch(work, path) };
  }
  const parts = partsOf(reference.name);
  const name = objectName(parts, namespace, place);
  const record = metastore.table(name);
  if (record === undefined) throw tableNotFound(parts, place);
  return { kind: "record", name, record };
}

/** {@link resolveTable}, for statements that work on a registered table only. */
export function resolveRecord(
  work: Work,
  reference: TableReference,
): { readonly name: ObjectName; readonly record: TableRecord } {
  const place = { text: work.input.text, span: reference.name };
  const found = resolveTable(work, reference, work.namespace, place);
  if (found.kind === "path") throw unsupported("this statement on a table by path", place);
  return found;
}

/** The Delta table of a record. Throws when the table is a view or of another format. */
export function deltaTableOf(work: Work, record: TableRecord, operation: string): DeltaTable {
  if (record.format !== "DELTA" || record.location === undefined)
    throw failure(
      "UNSUPPORTED_FEATURE.TABLE_OPERATION",
      "0A000",
      `The feature is not supported: Table ${nameParts(record)
        .map((p) => `\`${p}\``)
        .join(
          ".",
        )} does not support ${operation}. Please check the current catalog and namespace to make sure the qualified table name is expected, and also check the catalog implementation which is configured by "spark.sql.catalog".`,
    );
  return work.context.deltaTable(record.location);
}

/** Reads a snapshot, naming the table when there is none. */
export async function snapshotOf(table: DeltaTable, parts: readonly string[], at?: At) {
  try {
    return await table.snapshot(at);
  } catch (error) {
    if (error instanceof DeltaError && error.code === "DELTA_TABLE_NOT_FOUND")
      throw failure(
        "DELTA_TABLE_NOT_FOUND",
        "42P01",
        `Delta table ${parts.map((p) => `\`${p}\``).join(".")} doesn't exist: there is no transaction log in ${table.root}.`,
      );
    throw error;
  }
}

/** As {@link snapshotOf}, for statements that make an older version live on: its files must still be promised to be there. */
export async function keptSnapshotOf(table: DeltaTable, parts: readonly string[], at?: At) {
  const snapshot = await snapshotOf(table, parts, at);
  if (at !== undefined) await checkWithinRetention(table, snapshot);
  return snapshot;
}
