import type { StreamRequestWire } from "@clone-xs/server/contract";
import type { NewStreamSearch } from "../../app/search.ts";

/** What the controls of a new stream hold. */
export interface StreamDraft {
  readonly source: string;
  readonly destination: string;
  /** `tables`: those that are named; `schema`: all that a schema has when the stream starts. */
  readonly scope: "tables" | "schema";
  /** `schema.table` each. */
  readonly tables: readonly string[];
  readonly schema: string;
  readonly seconds: number;
  readonly keys: readonly KeyRow[];
  readonly withoutFeed: "refuse" | "clone";
}

/** Columns that tell the rows of a table apart, as typed: separated by commas. */
export interface KeyRow {
  readonly table: string;
  readonly columns: string;
}

export const emptyStream: StreamDraft = {
  source: "",
  destination: "",
  scope: "tables",
  tables: [],
  schema: "",
  seconds: 30,
  keys: [],
  withoutFeed: "refuse",
};

/** The draft that an address asks for: one table of a schema, all of it, or of a catalog what is still to be chosen. */
export function begunStream({ source = "", schema, table }: NewStreamSearch): StreamDraft {
  if (schema === undefined) return { ...emptyStream, source };
  return table === undefined
    ? { ...emptyStream, source, scope: "schema", schema }
    : { ...emptyStream, source, tables: [`${schema}.${table}`] };
}

/** The request of a draft, with only what differs from what the engine fills in by itself. */
export function toStreamRequest(draft: StreamDraft): StreamRequestWire {
  const { source, destination, scope, tables, schema, seconds, withoutFeed } = draft;
  const keys = draft.keys.filter(({ table }) => table.trim() !== "");
  return {
    source_catalog: source,
    destination_catalog: destination,
    ...(scope === "schema" ? { schema } : { tables: [...tables] }),
    ...(seconds === emptyStream.seconds ? {} : { trigger_ms: Math.round(seconds * 1000) }),
    ...(keys.length === 0
      ? {}
      : { keys: Object.fromEntries(keys.map(({ table, columns }) => [table.trim(), columnsOf(columns)])) }),
    ...(withoutFeed === "refuse" ? {} : { without_change_feed: withoutFeed }),
  };
}

/** What keeps a draft from being planned, the first thing first. */
export function streamProblem(draft: StreamDraft): string | undefined {
  const { source, destination, scope, tables, schema, seconds } = draft;
  if (source === "") return "Choose the source catalog.";
  if (destination === "") return "Name the destination catalog.";
  if (source.toLowerCase() === destination.toLowerCase())
    return "Source and destination are the same catalog.";
  if (scope === "tables" && tables.length === 0) return "Choose at least one table.";
  if (scope === "schema" && schema === "") return "Choose the schema.";
  if (!(seconds >= 0.1 && seconds <= 86_400)) return "Look for changes every 0.1 to 86400 seconds.";
  return draft.keys.map((row) => keyProblem(row)).find((problem) => problem !== undefined);
}

export function keyProblem({ table, columns }: KeyRow): string | undefined {
  if (table.trim() === "") return columns.trim() === "" ? undefined : "Name the table: schema.table.";
  if (!/^[^.]+\.[^.]+$/u.test(table.trim())) return "Write the table as schema.table.";
  return columnsOf(columns).length === 0 ? "Name the columns of its key." : undefined;
}

function columnsOf(text: string): string[] {
  return text
    .split(",")
    .map((column) => column.trim())
    .filter((column) => column !== "");
}
