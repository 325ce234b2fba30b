import type { Decision } from "../decide/decision.ts";
import type { RunSummary } from "../summarize/summary.ts";

/**
 * What happens during a run, in order, as data. Progress, log lines, summary, audit rows and the page are folds of this stream;
 * nothing else tells the outside about a run. Every event carries `at` (epoch milliseconds).
 */
export type RunEvent = { readonly at: number } & (
  | {
      readonly type: "started";
      readonly runId: string;
      readonly source: string;
      readonly destination: string;
      readonly mode: string;
    }
  | { readonly type: "phase"; readonly phase: RunPhase }
  /** A line for people and scripts: the words of the log-line contract appear here and nowhere else. */
  | { readonly type: "log"; readonly level: "info" | "warn" | "error"; readonly line: string }
  | {
      readonly type: "planned";
      readonly objects: number;
      readonly tables: number;
      readonly bytes: number | null;
    }
  /** What becomes of each object, in pieces: steps tell of those only that are worked on. */
  | {
      readonly type: "decided";
      /** Of several targets the one that it is about. */
      readonly target?: string;
      readonly objects: readonly DecidedObject[];
    }
  | { readonly type: "step"; readonly step: StepProgress }
  /** Bytes of files that went from volume to volume since the last such event of that volume, and files that were finished. */
  | {
      readonly type: "copied";
      /** Target name of the volume. */
      readonly object: string;
      readonly bytes: number;
      readonly files: number;
    }
  | { readonly type: "progress"; readonly progress: RunProgress }
  /** How one target of several stands; its steps come as events of their own, which name it. */
  | { readonly type: "target"; readonly target: TargetProgress }
  | { readonly type: "finished"; readonly summary: RunSummary }
);

export type RunPhase = "inspecting" | "planning" | "executing" | "validating" | "summarizing";

export interface TargetProgress {
  readonly name: string;
  readonly destination: string;
  readonly state: "waiting" | "connecting" | "running" | "success" | "partial" | "failed" | "cancelled";
  /** As soon as it is connected. */
  readonly host?: string;
  readonly progress?: RunProgress;
  /** When it has ended. */
  readonly seconds?: number;
  readonly error?: string;
}

export interface DecidedObject
  extends Pick<
    Decision,
    "kind" | "action" | "reason" | "detail" | "sourceVersion" | "clonedVersion" | "format"
  > {
  /** Target name. */
  readonly object: string;
  /** Why it cannot be done. */
  readonly error?: { readonly code: string; readonly message: string };
}

export interface StepProgress {
  readonly id: string;
  /** Of several targets the one that it is done at. */
  readonly target?: string;
  readonly state: "started" | "succeeded" | "failed" | "skipped";
  /** table, view, function, volume, schema, catalog */
  readonly kind: string;
  /** Target name. */
  readonly object: string;
  readonly operation: string;
  readonly reason: string;
  readonly seconds?: number;
  readonly bytesCopied?: number;
  readonly filesCopied?: number;
  /** Of the statement that was submitted last for it, where that was done without waiting. */
  readonly statementId?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface RunProgress {
  readonly phase: RunPhase;
  readonly objectsDone: number;
  readonly objectsTotal: number;
  readonly objectsFailed: number;
  readonly bytesCopied: number;
  readonly bytesTotal: number | null;
  /** What is being worked on now, at most a handful. */
  readonly running: readonly string[];
}
