/**
 * DuckDB in a child process, behind a few query slots. Text in, text out: every cell is text or null, rendered by the SQL itself
 * (the translator casts), so that nothing is rounded on the way. 64-bit integers of uncast columns are exact too.
 * Calls reject with `LakehouseError`: ENGINE_FAILED with DuckDB's message, ENGINE_CANCELED after `signal`, ENGINE_LOST when the process
 * died (the next call starts another).
 */
export interface Engine {
  /** Runs one or more DuckDB statements on a fresh connection and returns the last one's rows. `signal` interrupts the query. */
  query(sql: string, options?: EngineOptions): Promise<EngineResult>;
  /**
   * Several queries on one connection, which keeps temporary tables until `work` ends. It holds one slot: never call the engine itself
   * inside `work`, only the session.
   */
  session<T>(work: (session: EngineSession) => Promise<T>, options?: EngineOptions): Promise<T>;
  /** Idempotent. */
  close(): Promise<void>;
}

interface EngineOptions {
  readonly signal?: AbortSignal;
  /** `upkeep` is for short work that a statement needs while it may hold a slot itself, checkpoints: it has a slot of its own. */
  readonly lane?: "statements" | "upkeep";
}

export interface EngineSession {
  /** As {@link Engine.query}; one at a time. */
  readonly query: (sql: string) => Promise<EngineResult>;
}

export interface EngineResult {
  readonly columns: readonly { readonly name: string /** DuckDB's type text. */; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}
