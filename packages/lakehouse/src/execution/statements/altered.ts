import type { DeltaTable, Snapshot, TableDefinition } from "@clone-xs/delta";
import type { ObjectName } from "@clone-xs/unity";
import type { TableRecord } from "../../metastore/metastore.ts";
import { filesOf, rowsOf } from "../../tables/read.ts";
import { deltaTableOf } from "../catalog/resolve-table.ts";
import { quotedParts, tableNotFound, unresolvedColumn } from "../errors.ts";
import { nameParts } from "../object-names.ts";
import { runPlain } from "../run.ts";
import { parseType } from "../types/text.ts";
import type { Type } from "../types/types.ts";
import type { Work } from "../work.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { changedNow } from "./statement.ts";

/** A table or view that a statement alters, with its record as it was found. */
export interface Altered {
  readonly work: Work;
  readonly name: ObjectName;
  readonly record: TableRecord;
}

/** Changes the record as it stands now, which another statement may have changed since it was found. */
export function changeRecord(
  { work, name }: Altered,
  change: (record: TableRecord) => TableRecord = (record) => record,
): void {
  const { metastore } = work.context;
  metastore.transaction(() => {
    const record = metastore.table(name);
    if (record === undefined) throw tableNotFound(nameParts(name));
    metastore.putTable({ ...change(record), ...changedNow(work) });
  });
}

/** Changes the Delta table's own metadata, and when the record was altered. */
export async function changeDefinition(
  altered: Altered,
  operation: string,
  change: (definition: TableDefinition) => TableDefinition,
): Promise<void> {
  await changeMetadata(altered.work, deltaTable(altered), {
    operation,
    definition: (base) => change(definitionOf(base)),
  });
  changeRecord(altered);
}

/** The Delta table that is altered. Throws for views and other formats. */
export function deltaTable({ work, record }: Altered): DeltaTable {
  return deltaTableOf(work, record, "ALTER TABLE");
}

/** A column of the table or view, by its name in any case. Throws UNRESOLVED_COLUMN. */
export async function columnNamed(
  altered: Altered,
  wanted: string,
): Promise<{ readonly name: string; readonly type: Type; readonly nullable: boolean }> {
  const columns = await columnsOf(altered);
  const found = columns.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found === undefined)
    throw unresolvedColumn(
      quotedParts([wanted]),
      columns.map(({ name }) => quotedParts([name])),
    );
  return found;
}

async function columnsOf({ work, record }: Altered) {
  if (record.format === "DELTA" && record.location !== undefined)
    return (await work.context.deltaTable(record.location).snapshot()).metadata.schema.fields;
  const declared = record.view?.columns ?? record.columns ?? [];
  return declared.map(({ name, typeText }) => ({ name, type: parseType(typeText), nullable: true }));
}

/** Throws when a row of the table meets the condition (over a relation called `t`). */
export async function refuseRows(altered: Altered, condition: string, error: Error): Promise<void> {
  const table = deltaTable(altered);
  const snapshot: Snapshot = await table.snapshot();
  const run = (text: string) => runPlain(altered.work, text);
  const { sql } = rowsOf(snapshot, await filesOf(snapshot, table.environment.storage, run));
  const { rows } = await runPlain(
    altered.work,
    `SELECT CAST(count(*) AS VARCHAR) FROM ${sql} AS t WHERE ${condition}`,
  );
  if (rows[0]?.[0] !== "0") throw error;
}
