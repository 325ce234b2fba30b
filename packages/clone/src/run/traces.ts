import { WorkspaceError } from "@clone-xs/unity";
import { type AuditedRun, writeAudit } from "../audit/audit.ts";
import { CloneError } from "../errors.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import { type RunRecord, summarize } from "../summarize/summarize.ts";
import type { RunSummary } from "../summarize/summary.ts";
import type { Run } from "./open-run.ts";
import type { RunPorts } from "./run.ts";

/** The summary once the run's traces are written; the statements that took are counted in it, and nothing else of it changes. */
export async function auditedSummary(record: RunRecord, run: Run): Promise<RunSummary> {
  const summary = summarize(record);
  const { plan, outcomes } = record;
  // Of tables at a target that cannot be asked, an earlier attempt has told.
  const cloned = plan !== undefined && run.unreachable === undefined ? { plan } : {};
  await audit({ summary, outcomes, ...cloned }, run);
  return { ...summary, statements: run.statements() };
}

/** A run that could not even look leaves its trace too, where there is a place for it: the summary that says why. */
export async function auditFailure(error: unknown, run: TracedRun): Promise<RunSummary> {
  const { request, done } = run;
  const code = error instanceof CloneError || error instanceof WorkspaceError ? error.code : "INTERNAL";
  const message = error instanceof Error ? error.message : String(error);
  const errors = [{ object: request.sourceCatalog, operation: "inspect", code, message }];
  const summary = { ...summarize(recordOf(run, undefined, done)), status: "failed" as const, errors };
  await audit({ summary, outcomes: done }, run);
  return { ...summary, statements: run.statements() };
}

/** What of a run its traces tell. */
export type TracedRun = Pick<
  Run,
  "request" | "ports" | "runId" | "done" | "emit" | "startedAt" | "statements" | "share"
>;

async function audit(
  what: Pick<AuditedRun, "summary" | "plan" | "outcomes">,
  { request, ports, done, emit, share }: TracedRun,
): Promise<void> {
  const { auditing = atOnce, again = done.size > 0 } = share ?? {};
  const facts = { ...what, loadType: request.loadType, resumed: again, ofFanout: share !== undefined };
  const warning = await auditing(() => writeAudit(facts, ports));
  if (warning !== undefined) emit({ type: "log", level: "warn", line: warning });
}

function atOnce<Result>(write: () => Promise<Result>): Promise<Result> {
  return write();
}

/** What a run leaves behind, as far as it came. */
export function recordOf(
  { request, ports, runId, startedAt, statements }: TracedRun,
  plan: ClonePlan | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): RunRecord {
  return {
    runId,
    request,
    ...(plan ? { plan } : {}),
    outcomes,
    ...targetOf(request, ports),
    cancelled: ports.signal?.aborted === true && !isComplete(plan, outcomes),
    startedAt,
    completedAt: ports.clock.now(),
    statements: statements(),
  };
}

function targetOf(
  { targets, fanout }: CloneRequest,
  { source, target, hostOf }: RunPorts,
): Pick<RunRecord, "target"> {
  const [only] = targets;
  // Of several none stands for the run.
  if (only === undefined || fanout !== undefined) return {};
  const host = target === source ? hostOf?.(only) : target.identity.host;
  return { target: { name: only.name, ...(host === undefined ? {} : { host }) } };
}

/** Everything planned was already done when the signal came. */
function isComplete(plan: ClonePlan | undefined, outcomes: ReadonlyMap<string, StepOutcome>): boolean {
  if (plan === undefined) return false;
  return plan.steps.every(({ id }) => {
    const outcome = outcomes.get(id);
    return outcome !== undefined && !(outcome.state === "skipped" && outcome.code === "CANCELLED");
  });
}
