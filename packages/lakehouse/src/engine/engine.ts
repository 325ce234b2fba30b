/**
 * DuckDB in a child process, behind one or two query slots. Text in, text out: every cell of `query` is text or null,
 * rendered by the SQL itself (the translator casts), so that nothing is rounded on the way.
 * A crash or abort of the child rejects what was running with code ENGINE_LOST; the next call starts a new child.
 */
export interface Engine {
  /** Runs one or more DuckDB statements on one connection and returns the last one's rows. `signal` interrupts the query. */
  query(sql: string, options?: { readonly signal?: AbortSignal }): Promise<EngineResult>;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface EngineResult {
  readonly columns: readonly { readonly name: string /** DuckDB's type text. */; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}
