import * as z from "zod";
import { CloneError } from "../errors.ts";
import { chunks } from "../inspect/history.ts";
import type { StreamRequest } from "./request.ts";
import { newestOfMany, type TableProgram } from "./table-program.ts";
import { HOLES, type Template } from "./template.ts";

/**
 * What a stream's run does, as data that lies beside the file that does it. The file knows the order of things, the program every statement:
 * whoever reads it knows what will be sent.
 */
export interface StreamProgram {
  readonly version: 1;
  readonly stream: StreamOfProgram;
  /** How many failures in a row of the same table end the run. */
  readonly give_up_after: number;
  /** Statements that tell the newest commits, each of the tables named. */
  readonly newest: readonly { readonly keys: readonly string[]; readonly statement: Template }[];
  /** Operations in a source's history that need more, or less, than a merge. Anything else is a change of rows. */
  readonly operations: { readonly neutral: readonly string[]; readonly rebuilding: readonly string[] };
  readonly tables: readonly TableProgram[];
}

/** A stream without what its runs say of it. */
export interface StreamOfProgram {
  readonly stream_id: string;
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly schema: string | null;
  /** `schema.table` each, as they were when it started. */
  readonly tables: readonly string[];
  readonly trigger_ms: number;
  readonly compute: StreamRequest["compute"];
  readonly max_retries: number;
}

const TABLES_PER_STATEMENT = 25;

/** Operations that leave rows and columns as they are. Source: operation names of DESCRIBE HISTORY in the Delta documentation. */
const NEUTRAL = [
  "OPTIMIZE",
  "AUTO COMPACTION",
  "VACUUM START",
  "VACUUM END",
  "COMPUTE STATS",
  "ANALYZE",
  "REORG",
  "CLUSTER BY",
  "SET TBLPROPERTIES",
  "UNSET TBLPROPERTIES",
  "UPGRADE PROTOCOL",
  "UPDATE TABLE COMMENT",
];

/** Operations after which the change feed does not tell how the copy would get there. */
const REBUILDING = [
  "CLONE",
  "CREATE TABLE",
  "CREATE TABLE AS SELECT",
  "REPLACE TABLE",
  "REPLACE TABLE AS SELECT",
  "CREATE OR REPLACE TABLE",
  "CREATE OR REPLACE TABLE AS SELECT",
  "CHANGE COLUMN",
  "CHANGE COLUMNS",
  "RENAME COLUMN",
  "DROP COLUMNS",
  "REPLACE COLUMNS",
  "UPDATE SCHEMA",
];

export function programOf(request: StreamRequest, tables: readonly TableProgram[]): StreamProgram {
  return {
    version: 1,
    stream: {
      stream_id: request.streamId,
      source_catalog: request.sourceCatalog,
      destination_catalog: request.destinationCatalog,
      schema: request.schema ?? null,
      tables: tables.map(({ key }) => key),
      trigger_ms: request.triggerMs,
      compute: request.compute,
      max_retries: request.maxRetries,
    },
    give_up_after: 3,
    newest: newestStatements(tables),
    operations: { neutral: NEUTRAL, rebuilding: REBUILDING },
    tables,
  };
}

/** One statement for each 25 tables. */
export function newestStatements(tables: readonly TableProgram[]): StreamProgram["newest"] {
  return chunks(tables, TABLES_PER_STATEMENT).map((some) => ({
    keys: some.map(({ key }) => key),
    statement: newestOfMany(some),
  }));
}

/** The program as the file that runs it reads it. */
export function programText(program: StreamProgram): string {
  return `${JSON.stringify(program, undefined, 1)}\n`;
}

const template = z.array(z.union([z.string(), z.strictObject({ hole: z.enum(HOLES) })]));

const schema: z.ZodType<StreamProgram> = z.strictObject({
  version: z.literal(1),
  stream: z.strictObject({
    stream_id: z.string(),
    source_catalog: z.string(),
    destination_catalog: z.string(),
    schema: z.string().nullable(),
    tables: z.array(z.string()),
    trigger_ms: z.number(),
    compute: z.union([
      z.strictObject({ kind: z.literal("serverless"), environment_version: z.string().optional() }),
      z.strictObject({ kind: z.literal("cluster"), cluster_id: z.string() }),
    ]),
    max_retries: z.number(),
  }),
  give_up_after: z.number(),
  newest: z.array(z.strictObject({ keys: z.array(z.string()), statement: template })),
  operations: z.strictObject({ neutral: z.array(z.string()), rebuilding: z.array(z.string()) }),
  tables: z.array(
    z.strictObject({
      key: z.string(),
      source: z.string(),
      target: z.string(),
      method: z.union([
        z.strictObject({ kind: z.literal("merge"), keys: z.array(z.string()) }),
        z.strictObject({ kind: z.literal("clone") }),
      ]),
      mark: z.string(),
      statements: z.strictObject({
        history: template,
        newest: template,
        since: template,
        properties: template,
        source_columns: template,
        target_columns: template,
        add_columns: template,
        refresh: template,
        keep: template,
        merge: z.strictObject({ repeated: template, merge: template }).exactOptional(),
      }),
    }),
  ),
});

/** Reads a program. Throws STREAM_UNREADABLE for a text that this version of the product did not write. */
export function parseProgram(text: string, path: string): StreamProgram {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CloneError("STREAM_UNREADABLE", `The program of a stream at ${path} cannot be read.`, {
      object: path,
      cause,
    });
  }
}
