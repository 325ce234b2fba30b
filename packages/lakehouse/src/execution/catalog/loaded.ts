import type { HistoryEntry, Snapshot } from "@clone-xs/delta";
import type { Query } from "@clone-xs/sql";
import type { ObjectName } from "@clone-xs/unity";
import type { TableRecord } from "../../metastore/metastore.ts";
import type { ReadFile, TableRows } from "../../tables/read.ts";
import type { DetailCell } from "../detail.ts";
import type { LoadedChanges } from "../table-changes.ts";
import type { RoutineSource } from "../translate/environment.ts";

/** What a table name turned out to be, with everything that translating a query needs of it. */
export type Loaded =
  /** A Delta or parquet table. */
  | {
      readonly kind: "files";
      readonly record?: TableRecord;
      readonly name?: ObjectName;
      readonly directory: string;
      readonly snapshot: Pick<Snapshot, "metadata">;
      readonly files: readonly ReadFile[];
    }
  /** Rows that are ready as DuckDB text: information_schema. */
  | {
      readonly kind: "rows";
      readonly record?: TableRecord;
      readonly name?: ObjectName;
      readonly rows: TableRows;
    }
  | { readonly kind: "view"; readonly record: TableRecord; readonly text: string; readonly query: Query };

/** What was found for the names of a statement; a name that failed to load fails only where it is used. */
export interface Found {
  readonly tables: ReadonlyMap<string, Loaded | { readonly kind: "failed"; readonly error: unknown }>;
  readonly histories: ReadonlyMap<string, readonly HistoryEntry[] | { readonly error: unknown }>;
  /** By the key of the table. */
  readonly details: ReadonlyMap<string, readonly DetailCell[] | { readonly error: unknown }>;
  /** By the key of the call of table_changes. */
  readonly changes: ReadonlyMap<string, LoadedChanges>;
  readonly routines: ReadonlyMap<string, RoutineSource>;
}
