import {
  type Bound,
  type ChangedFile,
  readDeletionVector,
  type TableChanges,
  tableChanges,
} from "@clone-xs/delta";
import { type Expression, parseName, type Relation, type TableReference } from "@clone-xs/sql";
import { fullName, type ObjectName, type SchemaName } from "@clone-xs/unity";
import type { TableRecord } from "../metastore/metastore.ts";
import { refuseUnshared } from "../sharing/reading.ts";
import { CHANGE_TYPE, withChangeType } from "../tables/change-type.ts";
import { withFieldNames } from "../tables/field-names.ts";
import { FILE_COLUMN, type ReadFile, rowsOf, type TableRows } from "../tables/read.ts";
import { blankEnvironment } from "./catalog/blank.ts";
import { deltaTableOf, findTable } from "./catalog/resolve-table.ts";
import { failure } from "./errors.ts";
import { objectName, partsOf } from "./object-names.ts";
import { runPlain } from "./run.ts";
import { cast } from "./translate/casts.ts";
import { EMPTY_SCOPE } from "./translate/environment.ts";
import { quoteName, quoteText } from "./translate/quote.ts";
import { type Typed, typed } from "./translate/typed.ts";
import { duckType } from "./types/duckdb.ts";
import { isIntegral, LONG, STRING, TIMESTAMP } from "./types/types.ts";
import type { Work } from "./work.ts";

/** `table_changes('t', 1)` as a relation. */
export type ChangesCall = Extract<Relation, { kind: "function" }>;

/** The changes of a table, with what reading their files needs; or why there are none, which only readers of the table may be told. */
export interface LoadedChanges {
  readonly name?: ObjectName;
  readonly rows: TableRows | { readonly error: unknown };
}

export function isTableChanges({ name }: Pick<ChangesCall, "name">): boolean {
  const [only, ...more] = name.parts;
  return more.length === 0 && only?.text.toLowerCase() === "table_changes";
}

/** The same call in the same namespace has the same key. */
export function changesKey(
  { start, end }: ChangesCall,
  { catalog, schema }: SchemaName,
  text: string,
): string {
  return JSON.stringify([catalog, schema, text.slice(start, end)]);
}

/** Loads what a call of table_changes names: its arguments are constants. Throws what is wrong with the call itself. */
export async function changesOf(
  work: Work,
  call: ChangesCall,
  namespace: SchemaName,
  text: string,
): Promise<LoadedChanges> {
  const [name, from, to, ...more] = call.arguments.map(({ value }) => value);
  if (name === undefined || more.length > 0) throw arity(call);
  if (from === undefined)
    throw failure(
      "DELTA_NO_START_FOR_CDC_READ",
      "42601",
      "No startingVersion or startingTimestamp provided for CDC read.",
    );
  const reference = referenceOf(await textOf(work, name, text), name);
  const wanted = objectName(partsOf(reference.name), namespace, { text, span: name });
  const rows = await rowsOfChanges(work, { reference, from, to }, namespace, text).catch(
    (error: unknown) => ({ error }),
  );
  return { name: wanted, rows };
}

async function rowsOfChanges(
  work: Work,
  { reference, from, to }: { reference: TableReference; from: Expression; to: Expression | undefined },
  namespace: SchemaName,
  text: string,
): Promise<TableRows> {
  const found = findTable(work, reference, namespace, { text, span: reference.name });
  if (found.kind === "path")
    throw failure("DELTA_TABLE_ONLY_OPERATION", "0AKDD", "table_changes takes the name of a table.");
  const { record } = found;
  refuseGuarded(record);
  refuseUnshared(record, "changes");
  const table = deltaTableOf(work, record, "table_changes");
  const changes = await tableChanges(table, {
    from: await boundOf(work, from, text),
    ...(to !== undefined && { to: await boundOf(work, to, text) }),
  });
  const read = await Promise.all(
    changes.files.map((file) => readable(file, changes, table.environment.storage)),
  );
  const named = await withFieldNames((sql) => runPlain(work, sql), changes.snapshot, read);
  return changeRows(changes, named);
}

function arity({ arguments: { length } }: ChangesCall): Error {
  return failure(
    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
    "42605",
    `The \`table_changes\` requires 2 or 3 parameters but the actual number is ${length}.`,
  );
}

function refuseGuarded(record: TableRecord): void {
  if (record.rowFilter !== undefined || record.columnMasks.length > 0)
    throw failure(
      "UNSUPPORTED_FEATURE.ROW_COLUMN_ACCESS_CHANGE_DATA_FEED",
      "0A000",
      `The feature is not supported: change data of table ${fullName(record)}, which has row filters or column masks.`,
    );
}

function referenceOf(text: string, { start, end }: Expression): TableReference {
  const parts = parseName(text).map((part) => ({ text: part, quoted: true, start, end }));
  return { name: { parts, start, end }, start, end };
}

async function textOf(work: Work, node: Expression, text: string): Promise<string> {
  const value = translated(work, node, text);
  return value.literal ?? (await constant(work, cast(value, STRING)));
}

/** A number is a version, anything else an instant. */
async function boundOf(work: Work, node: Expression, text: string): Promise<Bound> {
  const value = translated(work, node, text);
  if (isIntegral(value.type)) return { version: Number(await constant(work, cast(value, LONG))) };
  const instant = typed(`epoch_ms(${cast(value, TIMESTAMP).sql})`, LONG);
  return { timestamp: Number(await constant(work, instant)) };
}

function translated(work: Work, node: Expression, text: string): Typed {
  const environment = blankEnvironment(work, text);
  return environment.translate.expression(node, EMPTY_SCOPE, environment);
}

async function constant(work: Work, value: Typed): Promise<string> {
  const { rows } = await runPlain(work, `SELECT CAST(${value.sql} AS VARCHAR)`);
  const found = rows[0]?.[0];
  if (found === null || found === undefined)
    throw failure("DELTA_INVALID_CDC_RANGE", "22003", "An argument of table_changes is NULL.");
  return found;
}

async function readable(
  { location, size, timestamp, partitionValues, without, only }: ChangedFile,
  { snapshot }: TableChanges,
  storage: Parameters<typeof readDeletionVector>[0],
): Promise<ReadFile> {
  const rows = (vector: NonNullable<typeof without>) => readDeletionVector(storage, snapshot.root, vector);
  return {
    location,
    size,
    modificationTime: timestamp,
    partitionValues,
    deleted: without === undefined ? [] : await rows(without),
    ...(only !== undefined && { only: await rows(only) }),
  };
}

/** The changed rows, each with what became of it, in which version and when. */
function changeRows({ snapshot, files }: TableChanges, read: readonly ReadFile[]): TableRows {
  const columns = [
    ...snapshot.metadata.schema.fields.map(({ name, type }) => ({ name, type })),
    { name: CHANGE_TYPE, type: STRING },
    { name: "_commit_version", type: LONG },
    { name: "_commit_timestamp", type: TIMESTAMP },
  ];
  const parts = (["insert", "delete", "recorded"] as const).map((change) => {
    const chosen = files.flatMap((file, i) => {
      const other = read[i];
      return file.change === change && other !== undefined ? [{ file, read: other }] : [];
    });
    return selection(snapshot, change, chosen);
  });
  return { columns, sql: `(${parts.join(" UNION ALL ")})` };
}

function selection(
  { metadata }: TableChanges["snapshot"],
  change: ChangedFile["change"],
  files: readonly { readonly file: ChangedFile; readonly read: ReadFile }[],
): string {
  const own = metadata.schema.fields.flatMap(({ name, type }) =>
    duckType(type) === undefined ? [] : [`t.${quoteName(name)}`],
  );
  const type = change === "recorded" ? `t.${CHANGE_TYPE}` : quoteText(change);
  const at = (values: readonly number[]) =>
    `(CAST([${values.join(", ")}] AS BIGINT[]))[t.${quoteName(FILE_COLUMN)} + 1]`;
  const items = [
    ...own,
    `${type} AS ${CHANGE_TYPE}`,
    `${at(files.map(({ file }) => file.version))} AS _commit_version`,
    `make_timestamptz(${at(files.map(({ file }) => file.timestamp * 1000))}) AS _commit_timestamp`,
  ];
  const stored = change === "recorded" ? withChangeType(metadata) : metadata;
  const rows = rowsOf(
    { metadata: stored },
    files.map((one) => one.read),
    { withPlace: true },
  );
  return `SELECT ${items.join(", ")} FROM ${rows.sql} AS t`;
}
