import { createHash } from "node:crypto";
import { type Ends, inspectEnds, type InspectPorts } from "../inspect/ends.ts";
import { executePlan } from "../execute/execute.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { planClone } from "../plan/plan-clone.ts";
import { toWire } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import { cancelLine, dryRunLines } from "../summarize/end-lines.ts";
import { doneLines, orphanLines, schemaLines, startLine } from "../summarize/log-lines.ts";
import { NO_PROGRESS, progressAfter } from "../summarize/progress.ts";
import { type RunRecord, summarize } from "../summarize/summarize.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import type { RunEvent } from "./events.ts";
import { statementMeter } from "./metering.ts";
import type { RunPorts } from "./run.ts";

/**
 * Carries out one clone request: inspect, decide and plan, execute, summarize. Resolves with the summary also when objects failed,
 * when the run was refused and when it was cancelled. Throws CATALOG_NOT_FOUND for an unknown source, and lets errors of the
 * workspace pass that end the inspection as a whole; the ledger has the end of the run in every case.
 */
export async function runClone(request: CloneRequest, ports: RunPorts, runId: string): Promise<RunSummary> {
  const run = openRun(request, ports, runId);
  await ports.ledger.append({
    at: run.startedAt,
    type: "run",
    runId,
    request: toWire(request),
    version: 1,
  });
  try {
    const summary = await carryOut(run);
    await ports.ledger.append({ at: ports.clock.now(), type: "end", status: summary.status });
    return summary;
  } catch (error) {
    await ports.ledger.append({ at: ports.clock.now(), type: "end", status: "failed" });
    throw error;
  }
}

/** Inspects and plans, and changes nothing. Throws as `runClone` does. */
export async function previewClone(request: CloneRequest, ports: InspectPorts): Promise<ClonePlan> {
  const { source, target } = await inspectEnds(request, ports);
  return planClone(request, source, target);
}

const NOTHING_DONE: ReadonlyMap<string, StepOutcome> = new Map();

interface Run {
  readonly request: CloneRequest;
  readonly ports: RunPorts;
  readonly runId: string;
  readonly startedAt: number;
  readonly emit: (event: Untimed<RunEvent>) => void;
  readonly statements: () => Readonly<Record<string, number>>;
}

type Untimed<Event> = Event extends unknown ? Omit<Event, "at"> : never;

function openRun(request: CloneRequest, given: RunPorts, runId: string): Run {
  const meter = statementMeter();
  const source = meter.metered(given.source);
  const ports = {
    ...given,
    source,
    target: given.target === given.source ? source : meter.metered(given.target),
  };
  return {
    request,
    ports,
    runId,
    startedAt: given.clock.now(),
    emit: emitter(given),
    statements: meter.counts,
  };
}

/** Gives every event its time, and follows it with the progress when that has changed and the line that a step leaves in the log. */
function emitter({ emit, clock }: RunPorts): Run["emit"] {
  let progress = NO_PROGRESS;
  return (untimed) => {
    const event: RunEvent = { ...untimed, at: clock.now() };
    emit(event);
    const next = progressAfter(progress, event);
    if (next !== progress) emit({ at: event.at, type: "progress", progress: next });
    progress = next;
    if (event.type !== "step") return;
    for (const line of doneLines(event.step)) emit({ at: event.at, type: "log", level: "info", line });
  };
}

async function carryOut(run: Run): Promise<RunSummary> {
  const { request, ports, runId, emit } = run;
  emit({
    type: "started",
    runId,
    source: request.sourceCatalog,
    destination: request.destinationCatalog,
    mode: request.loadType.toLowerCase(),
  });
  emit({ type: "log", level: "info", line: startLine(request, runId) });
  const ends = await inspectUnlessCancelled(run);
  const plan = ends && planned(ends, run);
  const outcomes = plan && ports.signal?.aborted !== true ? await executed(plan, run) : NOTHING_DONE;
  emit({ type: "phase", phase: "summarizing" });
  const summary = summarize(recordOf(run, plan, outcomes));
  for (const { object, code, message } of summary.errors) {
    emit({ type: "log", level: "error", line: errorLine({ object, code, message }) });
  }
  if (summary.status === "cancelled") {
    emit({ type: "log", level: "warn", line: cancelLine(plan, outcomes) });
  }
  emit({ type: "finished", summary });
  return summary;
}

/** `undefined` when the run was cancelled meanwhile. */
async function inspectUnlessCancelled({ request, ports, emit }: Run): Promise<Ends | undefined> {
  emit({ type: "phase", phase: "inspecting" });
  try {
    return await inspectEnds(request, ports);
  } catch (error) {
    if (ports.signal?.aborted) return undefined;
    throw error;
  }
}

function planned({ source, target }: Ends, { request, emit }: Run): ClonePlan {
  emit({ type: "phase", phase: "planning" });
  const plan = planClone(request, source, target);
  if (request.loadType === "SELECTIVE") {
    for (const line of schemaLines(plan)) emit({ type: "log", level: "info", line });
  }
  for (const line of [...orphanLines(plan), ...plan.notes]) emit({ type: "log", level: "warn", line });
  if (request.dryRun) for (const line of dryRunLines(plan)) emit({ type: "log", level: "info", line });
  const tables = plan.steps.filter(({ kind }) => kind === "table").length;
  emit({ type: "planned", objects: plan.steps.length, tables, bytes: null });
  return plan;
}

async function executed(plan: ClonePlan, run: Run): Promise<ReadonlyMap<string, StepOutcome>> {
  const { request, ports, runId, emit } = run;
  if (request.dryRun || plan.refused.length > 0) return NOTHING_DONE;
  emit({ type: "phase", phase: "executing" });
  const fingerprint = createHash("sha256").update(JSON.stringify(plan)).digest("hex");
  await ports.ledger.append({ at: ports.clock.now(), type: "plan", steps: plan.steps.length, fingerprint });
  return executePlan(plan, request.maxParallel, { ...ports, runId, emit });
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
