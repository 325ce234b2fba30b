import type { DeltaTable, LiveFile, Snapshot } from "@clone-xs/delta";
import type { TableReference } from "@clone-xs/sql";
import { requireModify } from "../authorization/index.ts";
import { deltaTableOf, resolveTable, snapshotOf } from "../execution/catalog/resolve-table.ts";
import { failure, quotedParts } from "../execution/errors.ts";
import { nameParts } from "../execution/object-names.ts";
import { runPlain } from "../execution/run.ts";
import type { Work } from "../execution/work.ts";
import type { TableRecord } from "../metastore/metastore.ts";
import { filesOf, type ReadFile } from "../tables/read.ts";

/** The Delta table that a statement writes, its caller allowed to. */
export interface WriteTarget {
  readonly table: DeltaTable;
  /** How messages and qualified columns name it. */
  readonly parts: readonly string[];
  readonly record?: TableRecord;
}

/** Finds the table of a write. Throws for views, other formats and missing privileges. */
export function writeTarget(work: Work, reference: TableReference, operation: string): WriteTarget {
  const found = resolveTable(work, reference, work.namespace, {
    text: work.input.text,
    span: reference.name,
  });
  if (found.kind === "path") {
    if (found.format !== "delta")
      throw failure(
        "UNSUPPORTED_FEATURE.TABLE_OPERATION",
        "0A000",
        `The feature is not supported: ${operation} on a parquet directory.`,
      );
    return { table: work.context.deltaTable(found.location), parts: [found.location] };
  }
  const { name, record } = found;
  requireModify(work.viewer, name);
  if (record.view !== undefined)
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'${operation}' expects a table but ${quotedParts(nameParts(name))} is a view.`,
    );
  return { table: deltaTableOf(work, record, operation), parts: nameParts(name), record };
}

/** A table whose rows are about to change, as it stands. */
export interface RowTarget extends WriteTarget {
  readonly base: Snapshot;
  readonly files: readonly TargetFile[];
}

export interface TargetFile {
  readonly live: LiveFile;
  readonly read: ReadFile;
}

/** {@link writeTarget} with its files, for statements that change rows. Throws DELTA_CANNOT_MODIFY_APPEND_ONLY. */
export async function rowTarget(
  work: Work,
  reference: TableReference,
  operation: string,
): Promise<RowTarget> {
  const target = writeTarget(work, reference, operation);
  const base = await snapshotOf(target.table, target.parts);
  const read = await filesOf(base, target.table.environment.storage, (sql) => runPlain(work, sql));
  const files = [...base.files()].flatMap((live, i) => {
    const file = read[i];
    return file === undefined ? [] : [{ live, read: file }];
  });
  return { ...target, base, files };
}

/** Throws for a table that only takes new rows. */
export function refuseAppendOnly({ metadata }: Snapshot): void {
  if (metadata.configuration["delta.appendOnly"]?.toLowerCase() === "true")
    throw failure(
      "DELTA_CANNOT_MODIFY_APPEND_ONLY",
      "42809",
      "This table is configured to only allow appends. If you would like to permit updates or deletes, use 'ALTER TABLE <table_name> SET TBLPROPERTIES (delta.appendOnly=false)'.",
    );
}
