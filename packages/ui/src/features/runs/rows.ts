import type { RunSummary } from "@clone-xs/server/contract";
import type { StepRow } from "./fold.ts";

/** One object of a run: a step, or what the summary says of an object that never became one. */
export interface ObjectRow extends Omit<StepRow, "startedAt" | "reason"> {
  readonly reason?: string;
}

const KINDS = ["table", "view", "function", "volume"] as const;

/**
 * Every object that the run tells of, what failed first: its steps, and the objects that only its errors name, because they were
 * not tried.
 */
export function rowsOf(
  steps: ReadonlyMap<string, StepRow>,
  errors: RunSummary["errors"] = [],
): readonly ObjectRow[] {
  const tried = new Set([...steps.values()].map(keyOf));
  const untried = errors.filter((error) => !tried.has(keyOf(error))).map(rowOf);
  return [...steps.values(), ...untried].sort((a, b) => RANK[a.state] - RANK[b.state]);
}

const RANK: Record<ObjectRow["state"], number> = {
  failed: 0,
  unfinished: 1,
  started: 1,
  skipped: 2,
  succeeded: 3,
};

/** How many objects the summary counts as skipped that no row stands for: in sync, left out, or not reached. */
export function skippedUnnamed(rows: readonly ObjectRow[], summary: RunSummary): number {
  const counted = KINDS.reduce((sum, kind) => sum + summary[`${kind}s`].skipped, 0);
  const named = rows.filter(({ kind, state }) => state === "skipped" && KINDS.some((one) => one === kind));
  return Math.max(0, counted - named.length);
}

function keyOf({ target, object, operation }: Pick<ObjectRow, "target" | "object" | "operation">): string {
  return JSON.stringify([target ?? "", object, operation]);
}

/** What waits for an object that cannot be made was skipped; all else that was not tried has failed. */
function rowOf(failure: RunSummary["errors"][number]): ObjectRow {
  const { target, object, operation, code, message } = failure;
  return {
    id: keyOf(failure),
    ...(target === undefined ? {} : { target }),
    kind: KINDS.find((kind) => operation.includes(kind)) ?? (operation === "clone" ? "table" : ""),
    object,
    operation,
    state: code === "DEPENDENCY_FAILED" ? "skipped" : "failed",
    error: { code, message },
  };
}
