import type { ResultColumn, StatementParameter } from "@clone-xs/unity";
import type { DeltaTable } from "@clone-xs/delta";
import type { Engine } from "../engine/engine.ts";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import type { SharingContext } from "../sharing/context.ts";
import type { Locations } from "../storage/locations.ts";

/** Everything one statement may touch. Made per workspace; `principal` per call. */
export interface ExecutionContext extends SharingContext {
  readonly engine: Engine;
  readonly locations: Locations;
  /** A handle on the Delta table in a directory; the same one while it is in use, so that snapshots are read once. Codec and clock are in it. */
  readonly deltaTable: (location: string) => DeltaTable;
  readonly principal: PrincipalRecord;
}

export interface StatementInput {
  readonly text: string;
  readonly parameters: readonly StatementParameter[];
  /** Default namespace; `schema` without `catalog` means the workspace's default catalog. */
  readonly catalog?: string;
  readonly schema?: string;
}

/** How the workspace runs a statement; `execution/index.ts` exports `execute` of this type. `signal` interrupts the engine's query. */
export type Execute = (
  context: ExecutionContext,
  input: StatementInput,
  options?: { readonly signal?: AbortSignal },
) => Promise<ExecutionResult>;

/** A finished statement. DDL has no columns. */
export interface ExecutionResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * Why a statement failed, as Databricks words it: `[CLASS] text. SQLSTATE: 42P01; line 1 pos 14`.
 * `message` is the whole text that goes into `status.error.message`.
 */
export class ExecutionError extends Error {
  override readonly name = "ExecutionError";
  readonly errorClass: string;
  readonly sqlState: string;

  constructor(errorClass: string, sqlState: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorClass = errorClass;
    this.sqlState = sqlState;
  }
}
