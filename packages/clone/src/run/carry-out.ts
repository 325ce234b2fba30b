import { writeAudit } from "../audit/audit.ts";
import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { type Ends, inspectEnds } from "../inspect/ends.ts";
import { type WeighedPlan, weighPlan } from "../estimate/weigh-plan.ts";
import { type Executed, executePlan } from "../execute/execute.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import { INTERRUPTIONS, type Stop } from "../execute/stop.ts";
import { type Guarded, isGuardRefusal, withGuards } from "../guards/with-guards.ts";
import type { DirectGrant } from "../inspect/inventory.ts";
import type { ClonePlan, Step } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import { cancelLine, dryRunLines } from "../summarize/end-lines.ts";
import { undoRecord } from "../rollback/undo-record.ts";
import { orphanLines, schemaLines, startLine } from "../summarize/log-lines.ts";
import { type RunRecord, summarize } from "../summarize/summarize.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { digestOfWork, type PlannedWork, plannedWork } from "./apply-document.ts";
import type { Run } from "./open-run.ts";

/**
 * Carries a run out to its summary: inspect, plan, execute, summarize. The ledger has the end of the run in every case.
 * Throws what ends the inspection as a whole.
 */
export async function carryOutRecorded(run: Run): Promise<RunSummary> {
  const { ledger, clock } = run.ports;
  try {
    const summary = await carryOut(run);
    const codes = summary.errors.map(({ code }) => code);
    const end = { at: clock.now(), type: "end", status: summary.status, ...interruption(codes) } as const;
    // A disk that does not take the run's record has said so already, and the summary tells.
    await ledger.append(end).catch((error: unknown) => {
      if (!codes.includes("LEDGER_FAILED")) throw error;
    });
    return summary;
  } catch (error) {
    await auditFailure(error, run);
    const code = error instanceof WorkspaceError ? error.code : "";
    await ledger.append({ at: clock.now(), type: "end", status: "failed", ...interruption([code]) });
    throw error;
  }
}

/** A run that stopped for a reason that can be mended is not over. */
function interruption(codes: readonly string[]): { readonly interrupted?: true } {
  return codes.some((code) => INTERRUPTIONS.has(code)) ? { interrupted: true } : {};
}

async function carryOut(run: Run): Promise<RunSummary> {
  const { request, runId, emit } = run;
  emit({
    type: "started",
    runId,
    source: request.sourceCatalog,
    destination: request.destinationCatalog,
    mode: request.loadType.toLowerCase(),
  });
  emit({ type: "log", level: "info", line: startLine(request, runId) });
  const { plan, weights, outcomes, problems } = await guardedly(run);
  emit({ type: "phase", phase: "summarizing" });
  const summary = await audited(
    { ...recordOf(run, plan, outcomes), problems, ...(weights ? { weights } : {}) },
    run,
  );
  for (const { object, code, message } of summary.errors) {
    emit({ type: "log", level: "error", line: errorLine({ object, code, message }) });
  }
  if (summary.status === "cancelled") {
    emit({ type: "log", level: "warn", line: cancelLine(plan, outcomes) });
  }
  emit({ type: "finished", summary });
  return summary;
}

interface Done extends Executed, Partial<WeighedPlan> {}

/** What was done between taking the guards and releasing them, and what went wrong with the run as a whole. */
async function guardedly(run: Run): Promise<Done & { readonly problems: readonly ObjectError[] }> {
  const { request, ports, runId, emit, done } = run;
  const log = (level: "info" | "warn" | "error", line: string) => emit({ type: "log", level, line });
  try {
    const { value, problems } = await withGuards({ request, runId, ports, log }, (guarded) =>
      inspectAndExecute({ ...run, ports: { ...ports, signal: guarded.signal } }, guarded),
    );
    const { stopped, ...did } = value ?? { outcomes: done };
    return { ...did, problems: [...problems, ...(stopped ? [stopError(stopped, did, request)] : [])] };
  } catch (error) {
    if (!(error instanceof CloneError) || !isGuardRefusal(error.code)) throw error;
    const { object = request.destinationCatalog, code, message } = error;
    return { outcomes: done, problems: [{ object, operation: "guard", code, message }] };
  }
}

/** One error for all that a run did not come to, beside those of the objects that it was in. */
function stopError(
  { code, message }: Stop,
  { plan, outcomes }: Done,
  { destinationCatalog }: CloneRequest,
): ObjectError {
  const left = (plan?.steps ?? []).filter(({ id }) => outcomes.get(id)?.state === "skipped").length;
  const count = `${left} ${left === 1 ? "step was" : "steps were"} not attempted.`;
  return { object: destinationCatalog, operation: "execute", code, message: `${message} ${count}` };
}

async function inspectAndExecute(run: Run, guarded: Guarded): Promise<Done> {
  const earlier = run.earlier ? { plan: run.earlier.plan } : {};
  await run.settle?.(run.ports, (line) => run.emit({ type: "log", level: "info", line }));
  const seen = await inspectUnlessCancelled(run);
  if (seen === undefined) return { ...earlier, outcomes: run.done };
  const ends = guarded.grants === undefined ? seen : withGrants(seen, guarded.grants);
  const weighed = await planned(ends, run);
  await guarded.pinned();
  if (guarded.signal.aborted) return { ...weighed, outcomes: run.done };
  return { ...weighed, ...(await executed(weighed.plan, ends, run, guarded)) };
}

/** The source as it is when nothing is quiesced: what is taken from its writers for a while is not theirs any less. */
function withGrants({ source, target }: Ends, grants: readonly DirectGrant[]): Ends {
  return { source: { ...source, grants: { ok: true, rows: grants } }, target };
}

/** The summary once the run's traces are written; the statements that took are counted in it, and nothing else of it changes. */
async function audited(
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
async function auditFailure(error: unknown, run: Run): Promise<void> {
  const { request, ports, done, emit } = run;
  const code = error instanceof CloneError || error instanceof WorkspaceError ? error.code : "INTERNAL";
  const message = error instanceof Error ? error.message : String(error);
  const errors = [{ object: request.sourceCatalog, operation: "inspect", code, message }];
  const summary = { ...summarize(recordOf(run, undefined, done)), status: "failed" as const, errors };
  const facts = { summary, loadType: request.loadType, outcomes: done, resumed: done.size > 0 };
  const warning = await writeAudit(facts, ports);
  if (warning !== undefined) emit({ type: "log", level: "warn", line: warning });
}

/** `undefined` when the run was cancelled meanwhile. */
async function inspectUnlessCancelled({ request, sight, ports, emit }: Run): Promise<Ends | undefined> {
  emit({ type: "phase", phase: "inspecting" });
  try {
    return await inspectEnds(sight ?? request, ports);
  } catch (error) {
    if (ports.signal?.aborted) return undefined;
    throw error;
  }
}

async function planned(ends: Ends, run: Run): Promise<WeighedPlan> {
  const { request, emit } = run;
  emit({ type: "phase", phase: "planning" });
  const plan = await run.plan(ends);
  if (run.earlier !== undefined) {
    emit({ type: "log", level: "info", line: resumeLine(run, plan) });
    return toldPlan({ plan }, run);
  }
  if (request.loadType === "SELECTIVE") {
    for (const line of schemaLines(plan)) emit({ type: "log", level: "info", line });
  }
  for (const line of [...orphanLines(plan), ...plan.notes]) emit({ type: "log", level: "warn", line });
  if (request.dryRun) for (const line of dryRunLines(plan)) emit({ type: "log", level: "info", line });
  return toldPlan(await weighPlan(plan, ends, request, run.ports), run);
}

function toldPlan(weighed: WeighedPlan, { emit, done }: Run): WeighedPlan {
  const open = weighed.plan.steps.filter(({ id }) => !done.has(id));
  const tables = open.filter(({ kind }) => kind === "table").length;
  emit({ type: "planned", objects: open.length, tables, bytes: bytesOf(open) });
  return weighed;
}

/** What the tables and the files of volumes come to, when that is known of each of them. */
function bytesOf(steps: readonly Step[]): number | null {
  let sum = 0;
  for (const { operation } of steps) {
    if (operation.kind === "create_volume") sum += operation.bytes;
    if (operation.kind !== "clone_table") continue;
    if (operation.sizeBytes === undefined) return null;
    sum += operation.sizeBytes;
  }
  return sum;
}

function resumeLine({ runId, done }: Run, { steps }: ClonePlan): string {
  return `Going on with run ${runId}: ${done.size} of ${steps.length} steps were done.`;
}

async function executed(plan: ClonePlan, ends: Ends, run: Run, { beforeStep }: Guarded): Promise<Executed> {
  const { request, ports, runId, emit, done } = run;
  if (plan.refused.length > 0) return { outcomes: done };
  if (request.dryRun) {
    await ports.documents.write("plan", await workOf(plan, ends, run));
    return { outcomes: done };
  }
  emit({ type: "phase", phase: "executing" });
  if (run.earlier === undefined) await record(plan, ends, run);
  const known = run.known?.(ends) ?? done;
  return executePlan(plan, { limit: request.maxParallel, known }, { ...ports, runId, emit, beforeStep });
}

/** The plan is on the disk whole before the ledger says that it is, and that before anything is done. */
async function record(plan: ClonePlan, ends: Ends, run: Run): Promise<void> {
  const { request, ports, runId } = run;
  const work = await workOf(plan, ends, run);
  if (request.rollback)
    await ports.documents.write("undo", undoRecord(plan, ends.target, { runId, at: ports.clock.now() }));
  await ports.documents.write("plan", work);
  const steps = plan.steps.length;
  await ports.ledger.append({ at: ports.clock.now(), type: "plan", steps, fingerprint: digestOfWork(work) });
}

async function workOf(plan: ClonePlan, ends: Ends, { request, ports }: Run): Promise<PlannedWork> {
  const { metastoreId } = await ports.target.unity.metastore();
  return plannedWork(plan, request, { ...ends, metastoreId });
}

function recordOf(
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

/** One line. Messages of the server often begin with their class, and may quote a whole statement below their first line. */
function errorLine({ object, code, message }: Pick<ObjectError, "object" | "code" | "message">): string {
  const [first = ""] = message.split("\n");
  return first.includes(code) ? `${object}: ${first}` : `${object}: ${code}: ${first}`;
}
