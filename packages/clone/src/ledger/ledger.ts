import type { StepOutcome } from "../execute/outcome.ts";

/**
 * The durable record of one run: append-only, one JSON document a line. `append` resolves when the record is on disk
 * (group commit: records appended while a sync is under way share the next one). Intent is appended before an externally
 * visible step, outcome after it. A torn last line is ignored by readers.
 */
export interface Ledger {
  append(record: LedgerRecord): Promise<void>;
  close(): Promise<void>;
}

export type LedgerRecord = { readonly at: number } & (
  | { readonly type: "run"; readonly runId: string; readonly request: unknown; readonly version: 1 }
  | { readonly type: "plan"; readonly steps: number; readonly fingerprint: string }
  | {
      readonly type: "intent";
      readonly step: string;
      readonly object: string;
      readonly operation: string;
      readonly statement?: string;
    }
  | { readonly type: "submitted"; readonly step: string; readonly statementId: string }
  | ({ readonly type: "outcome"; readonly step: string } & StepOutcome)
  /** Another process went on with the run. */
  | { readonly type: "resumed"; readonly hostname: string; readonly pid: number }
  /** `interrupted`: the run stopped before its plan was done, for a reason that can be mended, and can be gone on with. */
  | { readonly type: "end"; readonly status: string; readonly interrupted?: true }
);
