import { type CloneMetrics, deepClone, shallowClone } from "@clone-xs/delta";
import type { TableRecord } from "../../metastore/metastore.ts";
import type { ExecutionResult } from "../execution.ts";
import { LONG } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { type CloneSourceTable, sourceOf } from "./clone-source.ts";
import { type CloneTarget, isItself, targetOf } from "./clone-target.ts";
import { checkShallow } from "./clone-shallow.ts";
import { register } from "./create-table.ts";
import { changedNow, madeNow, provenance, type StatementOf } from "./statement.ts";
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
  const target = await targetOf(work, statement);
  if (target === "kept") return answer([]);
  const source = await sourceOf(work, statement, target);
  if (statement.shallow) checkShallow(work, source, target);
  if (isItself(source, target)) {
    registerTarget(work, target, false);
    return answer([]);
  }
  const metrics = await cloned(work, statement, source, target);
  registerTarget(work, target, statement.shallow);
  return answer([rowOf(metrics)]);
}

async function cloned(
  work: Work,
  statement: Clone,
  source: CloneSourceTable,
  { location, replaces }: CloneTarget,
): Promise<CloneMetrics> {
  const request = {
    source: source.snapshot,
    sourceName: source.name,
    target: work.context.deltaTable(location),
    replaces,
    properties: deltaPropertiesOf(statement.properties),
    ...provenance(work),
  };
  const { metrics } = await (statement.shallow ? shallowClone(request) : deepClone(request));
  return metrics;
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

/** A table that is a path alone has no name to register. */
function registerTarget(work: Work, target: CloneTarget, shallow: boolean): void {
  const { name, existing, location, uri, external } = target;
  if (name === undefined) return;
  register(work, existing, {
    ...(existing === undefined
      ? { ...madeNow(work), id: work.context.uuid(), constraints: [], columnMasks: [] }
      : { ...withoutDeclaration(existing), ...changedNow(work) }),
    ...name,
    tableType: tableType(shallow, external),
    format: "DELTA",
    location,
    ...(uri !== undefined && { locationUri: uri }),
    properties: {},
  });
}

/** What the record of a parquet table says of columns and place; a Delta table says it itself. */
function withoutDeclaration({
  columns: _columns,
  locationUri: _uri,
  ...record
}: TableRecord): Omit<TableRecord, "columns" | "locationUri"> {
  return record;
}

function tableType(shallow: boolean, external: boolean): TableRecord["tableType"] {
  if (shallow) return external ? "EXTERNAL_SHALLOW_CLONE" : "MANAGED_SHALLOW_CLONE";
  return external ? "EXTERNAL" : "MANAGED";
}
