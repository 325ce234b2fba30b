import { WorkspaceError } from "@clone-xs/unity";
import { writeAudit } from "../audit/audit.ts";
import { CloneError } from "../errors.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { type RunRecord, summarize } from "../summarize/summarize.ts";
import type { RunSummary } from "../summarize/summary.ts";
import type { Run } from "./open-run.ts";

/** The summary once the run's traces are written; the statements that took are counted in it, and nothing else of it changes. */
export async function auditedSummary(
  record: RunRecord,
  { request, ports, done, emit, statements }: Run,
): Promise<RunSummary> {
  const summary = summarize(record);
  const { plan, outcomes } = record;
  const facts = { summary, loadType: request.loadType, outcomes, resumed: done.size > 0 };
  const warning = await writeAudit({ ...facts, ...(plan ? { plan } : {}) }, ports);
  if (warning !== undefined) emit({ type: "log", level: "warn", line: warning });
  return { ...summary, statements: statements() };
}

/** A run that could not even look leaves its trace too, where there is a place for it. */
export async function auditFailure(error: unknown, run: Run): Promise<void> {
  const { request, ports, done, emit } = run;
  const code = error instanceof CloneError || error instanceof WorkspaceError ? error.code : "INTERNAL";
  const message = error instanceof Error ? error.message : String(error);
  const errors = [{ object: request.sourceCatalog, operation: "inspect", code, message }];
  const summary = { ...summarize(recordOf(run, undefined, done)), status: "failed" as const, errors };
  const facts = { summary, loadType: request.loadType, outcomes: done, resumed: done.size > 0 };
  const warning = await writeAudit(facts, ports);
  if (warning !== undefined) emit({ type: "log", level: "warn", line: warning });
}

/** What a run leaves behind, as far as it came. */
export function recordOf(
  { request, ports, runId, startedAt, statements }: Run,
  plan: ClonePlan | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): RunRecord {
  return {
    runId,
    request,
    ...(plan ? { plan } : {}),
    outcomes,
    cancelled: ports.signal?.aborted === true && !isComplete(plan, outcomes),
    startedAt,
    completedAt: ports.clock.now(),
    statements: statements(),
  };
}

/** Everything planned was already done when the signal came. */
function isComplete(plan: ClonePlan | undefined, outcomes: ReadonlyMap<string, StepOutcome>): boolean {
  if (plan === undefined) return false;
  return plan.steps.every(({ id }) => {
    const outcome = outcomes.get(id);
    return outcome !== undefined && !(outcome.state === "skipped" && outcome.code === "CANCELLED");
  });
}
