import type { HistoryEntry } from "@clone-xs/delta";
import { quoteName, quoteText } from "./translate/quote.ts";
import { duckType } from "./types/duckdb.ts";
import { BOOLEAN, LONG, map, STRING, struct, TIMESTAMP, type Type } from "./types/types.ts";

const TEXTS = map(STRING, STRING);
const JOB = struct(
  ["jobId", "jobName", "jobRunId", "runId", "jobOwnerId", "triggerType"].map((name) => ({
    name,
    type: STRING,
  })),
);
const NOTEBOOK = struct([{ name: "notebookId", type: STRING }]);

type Value = (entry: HistoryEntry) => string | undefined;

/** Columns of DESCRIBE HISTORY in Databricks' order, each with the DuckDB text of its value. */
const COLUMNS: readonly (readonly [name: string, type: Type, value: Value])[] = [
  ["version", LONG, (e) => String(e.version)],
  ["timestamp", TIMESTAMP, (e) => `make_timestamptz(${e.timestamp * 1000})`],
  ["userId", STRING, (e) => textOf(e.userId)],
  ["userName", STRING, (e) => textOf(e.userName)],
  ["operation", STRING, (e) => textOf(e.operation)],
  ["operationParameters", TEXTS, (e) => mapOf(e.operationParameters)],
  ["job", JOB, (e) => e.job && structOf(JOB, e.job)],
  ["notebook", NOTEBOOK, (e) => e.notebook && structOf(NOTEBOOK, e.notebook)],
  ["clusterId", STRING, (e) => textOf(e.clusterId)],
  ["readVersion", LONG, (e) => (e.readVersion === undefined ? undefined : String(e.readVersion))],
  ["isolationLevel", STRING, (e) => textOf(e.isolationLevel)],
  ["isBlindAppend", BOOLEAN, (e) => (e.isBlindAppend === undefined ? undefined : String(e.isBlindAppend))],
  ["operationMetrics", TEXTS, (e) => mapOf(e.operationMetrics)],
  ["userMetadata", STRING, (e) => textOf(e.userMetadata)],
  ["engineInfo", STRING, (e) => textOf(e.engineInfo)],
];

export function historyColumns(): readonly { readonly name: string; readonly type: Type }[] {
  return COLUMNS.map(([name, type]) => ({ name, type }));
}

/** History entries as a DuckDB query in parentheses, newest first as given. */
export function historyRowsSql(entries: readonly HistoryEntry[]): string {
  const items = COLUMNS.map(
    ([name, type], i) => `CAST(h${i} AS ${duckType(type)}) AS ${quoteName(name)}`,
  ).join(", ");
  const names = COLUMNS.map((_, i) => `h${i}`).join(", ");
  const typedRow = (entry: HistoryEntry) =>
    COLUMNS.map(([, type, value]) => `CAST(${value(entry) ?? "NULL"} AS ${duckType(type)})`).join(", ");
  if (entries.length === 0)
    return `(SELECT ${COLUMNS.map(([name, type]) => `CAST(NULL AS ${duckType(type)}) AS ${quoteName(name)}`).join(", ")} WHERE false)`;
  return `(SELECT ${items} FROM (VALUES ${entries.map((entry) => `(${typedRow(entry)})`).join(", ")}) AS h(${names}))`;
}

function textOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : quoteText(value);
}

function mapOf(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values);
  const list = (texts: readonly string[]) => `CAST([${texts.map(quoteText).join(", ")}] AS VARCHAR[])`;
  return `map(${list(entries.map(([key]) => key))}, ${list(entries.map(([, value]) => value))})`;
}

function structOf(type: typeof JOB, values: Readonly<Record<string, string>>): string {
  return `struct_pack(${type.fields.map((f) => `${quoteName(f.name)} := ${values[f.name] === undefined ? "CAST(NULL AS VARCHAR)" : quoteText(values[f.name] ?? "")}`).join(", ")})`;
}
