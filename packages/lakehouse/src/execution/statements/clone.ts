import { type CloneMetrics, type CloneSource, deepClone, shallowClone } from "@clone-xs/delta";
import type { TableReference } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireCreateTable, requireOwnerOrManage, requireSelect } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { icebergSource } from "../../iceberg/table.ts";
import { refuseUnshared } from "../../sharing/reading.ts";
import { parquetSource } from "../../tables/parquet-source.ts";
import { isGuarded, moment } from "../catalog/gather.ts";
import { resolveTable, snapshotOf } from "../catalog/resolve-table.ts";
import { failure, quotedParts, tableExists, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { locationForNew } from "../paths.ts";
import { LONG } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { register } from "./create-table.ts";
import {
  changedNow,
  checkNewName,
  madeNow,
  provenance,
  requireNamespace,
  type StatementOf,
} from "./statement.ts";
import { deltaPropertiesOf } from "./table-properties.ts";

type Clone = StatementOf<"clone">;

const COLUMNS = [
  "source_table_size",
  "source_num_of_files",
  "num_removed_files",
  "num_copied_files",
  "removed_files_size",
  "copied_files_size",
] as const;

/** CREATE [OR REPLACE] TABLE … CLONE: the Delta commit first, then the name in one metastore transaction. */
export async function cloneTable(work: Work, statement: Clone): Promise<ExecutionResult> {
  const target = targetOf(work, statement);
  if (target.existing !== undefined && statement.ifNotExists) return answer([]);
  const source = await sourceOf(work, statement.source);
  if (statement.shallow) checkShallow(source, target, statement);
  const { existing, name } = target;
  const place = placeOf(work, statement, existing);
  const request = {
    source: source.snapshot,
    sourceName: source.name,
    target: work.context.deltaTable(place.location),
    properties: deltaPropertiesOf(statement.properties),
    ...provenance(work),
  };
  const { metrics } = await (statement.shallow ? shallowClone(request) : deepClone(request));
  register(work, existing, {
    ...(existing === undefined
      ? { ...madeNow(work), id: work.context.uuid(), constraints: [], columnMasks: [] }
      : { ...existing, ...changedNow(work) }),
    ...name,
    tableType: tableType(statement.shallow, place.external),
    format: "DELTA",
    location: place.location,
    ...(place.uri !== undefined && { locationUri: place.uri }),
    properties: {},
  });
  return answer([rowOf(metrics)]);
}

function answer(rows: readonly (readonly string[])[]): ExecutionResult {
  return table(
    COLUMNS.map((name) => [name, LONG] as const),
    rows,
  );
}

function rowOf(metrics: CloneMetrics): readonly string[] {
  const {
    sourceTableSize,
    sourceNumOfFiles,
    numRemovedFiles,
    numCopiedFiles,
    removedFilesSize,
    copiedFilesSize,
  } = metrics;
  return [
    sourceTableSize,
    sourceNumOfFiles,
    numRemovedFiles,
    numCopiedFiles,
    removedFilesSize,
    copiedFilesSize,
  ].map(String);
}

interface Target {
  readonly name: ObjectName;
  readonly existing: TableRecord | undefined;
}

function targetOf(work: Work, statement: Clone): Target {
  if (statement.target.path !== undefined)
    throw unsupported("CLONE into a path; give the table a name and a LOCATION");
  const name = objectName(partsOf(statement.target.name), work.namespace, {
    text: work.input.text,
    span: statement.target,
  });
  checkNewName(name.name, "Table");
  requireNamespace(work, name);
  requireCreateTable(work.viewer, name);
  const existing = work.context.metastore.table(name);
  if (existing === undefined) {
    if (statement.replaceOnly)
      throw failure(
        "TABLE_OR_VIEW_NOT_FOUND",
        "42P01",
        `Table ${quotedParts(nameParts(name))} cannot be replaced as it does not exist. Use CREATE OR REPLACE TABLE to create the table.`,
      );
    return { name, existing };
  }
  if (!statement.orReplace && !statement.replaceOnly && !statement.ifNotExists)
    throw tableExists(nameParts(name));
  if (existing.view !== undefined && !statement.ifNotExists)
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'CLONE' expects a table but ${quotedParts(nameParts(name))} is a view.`,
    );
  if (!statement.ifNotExists) requireOwnerOrManage(work.viewer, { type: "table", name });
  return { name, existing };
}

interface Source {
  readonly name: string;
  readonly snapshot: CloneSource;
  readonly record?: TableRecord;
}

async function sourceOf(work: Work, reference: TableReference): Promise<Source> {
  const found = resolveTable(work, reference, work.namespace, {
    text: work.input.text,
    span: reference.name,
  });
  if (found.kind === "record") requireSelect(work.viewer, found.name);
  const at = await moment(work, reference.timeTravel, work.input.text);
  if (found.kind === "path") {
    const name = `${found.format}.\`${found.location}\``;
    if (found.format === "parquet")
      return { name, snapshot: await parquetSource(work, { location: found.location }) };
    if (found.format === "iceberg") {
      if (at !== undefined) throw unsupported("time travel of an Iceberg table");
      return { name, snapshot: await icebergSource(work, found.location) };
    }
    return {
      name,
      snapshot: await snapshotOf(work.context.deltaTable(found.location), [found.location], at),
    };
  }
  const { record, name } = found;
  const { location, format } = record;
  if (record.view !== undefined || location === undefined) throw unsupportedSource(name, "View");
  if (isGuarded(record))
    throw failure(
      "UNSUPPORTED_FEATURE.ROW_COLUMN_ACCESS_CLONE",
      "0A000",
      `The feature is not supported: CLONE of table ${fullName(name)}, which has row filters or column masks.`,
    );
  if (format === "PARQUET") {
    if (at !== undefined) throw unsupported("time travel of a parquet table");
    return {
      name: fullName(name),
      record,
      snapshot: await parquetSource(work, { location, columns: record.columns ?? [] }),
    };
  }
  if (format === "ICEBERG") {
    if (at !== undefined) throw unsupported("time travel of an Iceberg table");
    return { name: fullName(name), record, snapshot: await icebergSource(work, location) };
  }
  if (format !== "DELTA") throw unsupportedSource(name, format ?? "unknown");
  refuseUnshared(record, at === undefined ? "rows" : "version");
  return {
    name: fullName(name),
    record,
    snapshot: await snapshotOf(work.context.deltaTable(location), nameParts(name), at),
  };
}

function unsupportedSource(name: ObjectName, format: string): Error {
  return failure(
    "DELTA_CLONE_UNSUPPORTED_SOURCE",
    "0AKDC",
    `Unsupported clone source '${fullName(name)}', whose format is ${format}. The supported formats are 'delta', 'iceberg' and 'parquet'.`,
  );
}

/** Unity Catalog's rules for shallow clones: no nesting, never over an existing table, managed from managed and external from external. */
function checkShallow(source: Source, { existing, name }: Target, statement: Clone): void {
  const { record } = source;
  if (record?.shared !== undefined) throw unsupportedSource(record, "deltaSharing");
  if (record?.tableType.endsWith("SHALLOW_CLONE") === true)
    throw failure(
      "CANNOT_SHALLOW_CLONE_NESTED",
      "0AKUC",
      `Cannot shallow clone a table ${quotedParts(nameParts(record))} that is already a shallow clone.`,
    );
  if (existing !== undefined)
    throw failure(
      "CANNOT_SHALLOW_CLONE_REPLACE_EXISTING",
      "0AKUC",
      `Cannot replace the existing table ${quotedParts(nameParts(name))} by a shallow clone; drop it first.`,
    );
  if (record !== undefined && record.format !== "DELTA")
    throw unsupportedSource(record, record.format ?? "unknown");
  const external = statement.location !== undefined;
  if (record !== undefined && (record.tableType === "EXTERNAL") !== external)
    throw failure(
      "CANNOT_SHALLOW_CLONE_NON_UC_MANAGED_TABLE_AS_SOURCE_OR_TARGET",
      "0AKUC",
      `Shallow clone is only supported from managed to managed and, with a LOCATION, from external to external tables: ${fullName(record)} is ${record.tableType}.`,
    );
}

function placeOf(work: Work, { location, shallow }: Clone, existing: TableRecord | undefined) {
  const { locations, uuid } = work.context;
  if (existing?.tableType.endsWith("SHALLOW_CLONE") === true && !shallow)
    throw failure(
      "INVALID_PARAMETER_VALUE.UPDATE_TABLE_TYPE",
      "22023",
      `The type of ${fullName(existing)} cannot be changed from ${existing.tableType}; drop it first.`,
    );
  if (existing !== undefined && existing.format === "DELTA" && existing.location !== undefined) {
    if (location !== undefined && locations.resolve(location) !== existing.location)
      throw unsupported("replacing a table at another LOCATION");
    return {
      location: existing.location,
      external: existing.tableType === "EXTERNAL",
      ...(existing.locationUri !== undefined && { uri: existing.locationUri }),
    };
  }
  if (existing !== undefined)
    throw unsupported(`replacing a ${existing.format} table by a clone; drop it first`);
  if (location === undefined) return { location: locations.newTableDirectory(uuid()), external: false };
  return { location: locationForNew(work, location, "CREATE EXTERNAL TABLE"), external: true, uri: location };
}

function tableType(shallow: boolean, external: boolean): TableRecord["tableType"] {
  if (shallow) return external ? "EXTERNAL_SHALLOW_CLONE" : "MANAGED_SHALLOW_CLONE";
  return external ? "EXTERNAL" : "MANAGED";
}
