import { invalidNameReason } from "@clone-xs/unity";
import * as z from "zod";
import { issueProblems, type RequestProblem } from "../request/problems.ts";
import { streamIdOf } from "./names.ts";

const names = z.array(z.string().min(1));

/** Body of `POST /api/continuous-sync/{plan,start}`. */
export const streamRequestSchema = z.strictObject({
  source_catalog: z.string().min(1),
  destination_catalog: z.string().min(1),
  /** `schema.table` each. */
  tables: names.optional(),
  /** All tables of a schema, as they are when the stream starts. */
  schema: z.string().min(1).nullable().optional(),
  trigger_ms: z.int().min(100).max(86_400_000).optional(),
  /** Columns that tell the rows of a table apart, where it has no primary key. */
  keys: z.record(z.string(), z.array(z.string().min(1)).min(1)).optional(),
  /** What becomes of a table with a key whose changes are not recorded. */
  without_change_feed: z.enum(["refuse", "clone"]).optional(),
  compute: z
    .union([
      z.strictObject({ kind: z.literal("serverless"), environment_version: z.string().min(1).optional() }),
      z.strictObject({ kind: z.literal("cluster"), cluster_id: z.string().min(1) }),
    ])
    .optional(),
  /** How often the run begins anew after it failed; -1: without end. */
  max_retries: z.int().min(-1).optional(),
  usd_per_dbu: z.number().nonnegative().optional(),
  dbu_per_hour: z.number().nonnegative().optional(),
});

export type StreamRequestWire = z.input<typeof streamRequestSchema>;

export interface StreamRequest {
  readonly streamId: string;
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly schema: string | undefined;
  readonly tables: readonly string[];
  readonly triggerMs: number;
  /** By `schema.table` in lower case. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly withoutChangeFeed: "refuse" | "clone";
  readonly compute: StreamCompute;
  readonly maxRetries: number;
  readonly usdPerDbu: number | undefined;
  readonly dbuPerHour: number | undefined;
}

export type StreamCompute = NonNullable<z.output<typeof streamRequestSchema>["compute"]>;

export type ParsedStreamRequest =
  | { readonly ok: true; readonly request: StreamRequest }
  | {
      readonly ok: false;
      /** It is well-formed and names neither tables nor a schema. */
      readonly nothingToSync: boolean;
      readonly problems: readonly RequestProblem[];
    };

const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(streamRequestSchema.shape),
  compute: ["kind", "environment_version", "cluster_id"],
};

/** Reads a stream's request; every unknown key and every value that cannot be is a problem that names it. Fills in the defaults. */
export function parseStreamRequest(wire: unknown): ParsedStreamRequest {
  const parsed = streamRequestSchema.safeParse(wire);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => issueProblems(issue, (path) => KEYS[path] ?? []));
    return { ok: false, nothingToSync: false, problems };
  }
  const { schema, tables = [] } = parsed.data;
  if (tables.length === 0 && schema == null) {
    const message = "Say which tables to keep in sync: tables as schema.table, or a schema.";
    return { ok: false, nothingToSync: true, problems: [{ path: "tables", message }] };
  }
  const problems = contradictions(parsed.data);
  if (problems.length > 0) return { ok: false, nothingToSync: false, problems };
  return { ok: true, request: filled(parsed.data) };
}

/** The two parts of `schema.table`. */
export function tableParts(key: string): readonly [schema: string, name: string] {
  const dot = key.indexOf(".");
  return [key.slice(0, dot), key.slice(dot + 1)];
}

function filled(wire: StreamRequestWire): StreamRequest {
  const scope = {
    sourceCatalog: wire.source_catalog,
    destinationCatalog: wire.destination_catalog,
    schema: wire.schema ?? undefined,
    tables: wire.tables ?? [],
  };
  return {
    streamId: streamIdOf(scope),
    ...scope,
    triggerMs: wire.trigger_ms ?? 30_000,
    keys: Object.fromEntries(
      Object.entries(wire.keys ?? {}).map(([table, columns]) => [table.toLowerCase(), columns]),
    ),
    withoutChangeFeed: wire.without_change_feed ?? "refuse",
    compute: wire.compute ?? { kind: "serverless" },
    maxRetries: wire.max_retries ?? 3,
    usdPerDbu: wire.usd_per_dbu,
    dbuPerHour: wire.dbu_per_hour,
  };
}

function contradictions(wire: StreamRequestWire): readonly RequestProblem[] {
  const { source_catalog: source, destination_catalog: destination, schema, tables = [], keys = {} } = wire;
  const same = source.toLowerCase() === destination.toLowerCase();
  const named = [
    ...tables.map((table, i) => ({ path: `tables[${i}]`, table })),
    ...Object.keys(keys).map((table) => ({ path: `keys.${table}`, table })),
  ];
  return [
    ...(same
      ? [{ path: "destination_catalog", message: "Source and destination are the same catalog." }]
      : []),
    ...(schema != null && tables.length > 0
      ? [{ path: "schema", message: "Give tables or a schema, not both." }]
      : []),
    ...named.flatMap(({ path, table }) => {
      const why = tableProblem(table);
      return why === undefined ? [] : [{ path, message: why }];
    }),
    ...nameProblem("source_catalog", source),
    ...nameProblem("destination_catalog", destination),
    ...(schema == null ? [] : nameProblem("schema", schema)),
  ];
}

function tableProblem(table: string): string | undefined {
  const parts = table.split(".");
  if (parts.length !== 2) return `${table} is no table of the form schema.table.`;
  const reason = parts.map((part) => invalidNameReason(part)).find((found) => found !== undefined);
  return reason === undefined ? undefined : `A part of the name ${table} ${reason}.`;
}

function nameProblem(path: string, name: string): readonly RequestProblem[] {
  const reason = invalidNameReason(name);
  return reason === undefined ? [] : [{ path, message: `The name ${reason}.` }];
}
