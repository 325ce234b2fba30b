import type { Statement, StatementResult } from "@clone-xs/unity";
import type { ConformanceSubject } from "../workspace-conformance.ts";

/** What the cases of the suite are given. */
export interface Conformance {
  readonly current: () => ConformanceSubject;
  /** Runs a statement as the owner, or as the other principal. */
  readonly run: (text: string, options?: RunOptions) => Promise<StatementResult>;
}

interface RunOptions extends Partial<Omit<Statement, "text">> {
  readonly as?: "owner" | "other";
  readonly signal?: AbortSignal;
  readonly onSubmitted?: (id: string) => void;
}
