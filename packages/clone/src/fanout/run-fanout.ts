import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { type Guarded, isGuardRefusal } from "../guards/guarded.ts";
import { withoutLifting } from "../guards/masks/lifts-masks.ts";
import { withSourceGuards } from "../guards/with-guards.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { inspectSource } from "../inspect/ends.ts";
import { interruption } from "../run/carry-out.ts";
import { openPorts } from "../run/open-run.ts";
import type { RunState } from "../run/resume-state.ts";
import type { RunPorts } from "../run/run.ts";
import { auditFailure } from "../run/traces.ts";
import { fanoutLine, targetLine } from "../summarize/fanout-lines.ts";
import { summarizeFanout } from "../summarize/summarize-fanout.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { type Fanout, openPlaces } from "./fanout.ts";
import { relayTo } from "./relay.ts";
import { runTarget } from "./run-target.ts";
import { pinSource, shareSource } from "./share-source.ts";

interface FanoutRun extends Pick<RunState, "request" | "runId" | "startedAt"> {
  /** An earlier process had begun it. */
  readonly resumed: boolean;
}
type Tracing = Parameters<typeof auditFailure>[1];
type Running = Tracing & Pick<FanoutRun, "resumed">;

/**
 * Carries a request out at each of its targets, at most as many at once as it says: one look at the source and one set of its guards for
 * all, and for each target a connection, a lease, a plan and a record of its own. How one target ends, the others do not notice; the
 * summary tells of each. Targets that succeeded in an earlier process stay as they are. Throws what ends the inspection of the source;
 * the ledger has the end of the run in every case.
 */
export async function runFanout(run: FanoutRun, ports: RunPorts): Promise<RunSummary> {
  const { request, runId, resumed } = run;
  const emit: Tracing["emit"] = (event) => ports.emit({ ...event, at: ports.clock.now() });
  const opened = openPorts({ ...ports, target: ports.source }, runId);
  const tracing: Tracing = { ...run, ...opened, emit, done: new Map() };
  const summary = await carryOut({ ...tracing, resumed }, ports).catch((error: unknown) =>
    failed(error, tracing, ports),
  );
  const open = !request.dryRun && (summary.status === "failed" || summary.status === "partial");
  const mendable = open ? { interrupted: true as const } : {};
  await ports.ledger.append({ at: ports.clock.now(), type: "end", status: summary.status, ...mendable });
  emit({ type: "finished", summary });
  return summary;
}

/** The source could not be looked at: then there is nothing to say of its targets. */
async function failed(error: unknown, tracing: Tracing, { ledger, clock }: RunPorts): Promise<never> {
  await auditFailure(error, tracing);
  const code = error instanceof WorkspaceError ? error.code : "";
  const end = { type: "end", status: "failed", ...interruption([code]) } as const;
  await ledger.append({ at: clock.now(), ...end });
  throw error;
}

async function carryOut(running: Running, given: RunPorts): Promise<RunSummary> {
  const { request, runId, emit, statements, startedAt } = running;
  const { sourceCatalog: source, destinationCatalog: destination } = request;
  emit({ type: "started", runId, source, destination, mode: "fanout" });
  emit({ type: "log", level: "info", line: fanoutLine(request, runId) });
  const { ends, problems } = await guardedly(running, given);
  emit({ type: "phase", phase: "summarizing" });
  const summary = summarizeFanout({
    runId,
    request,
    ends,
    problems,
    cancelled: given.signal?.aborted === true,
    startedAt,
    completedAt: given.clock.now(),
    statements: statements(),
  });
  for (const { object, code, message } of problems)
    emit({ type: "log", level: "error", line: `${object}: ${code}: ${message.split("\n")[0] ?? ""}` });
  for (const row of summary.per_target ?? []) emit({ type: "log", level: "info", line: targetLine(row) });
  return summary;
}

interface Ended {
  /** How each target ended, in the order of the request; none where the guards refused the run. */
  readonly ends: readonly RunSummary[];
  readonly problems: readonly ObjectError[];
}

async function guardedly(running: Running, given: RunPorts): Promise<Ended> {
  const { ports, runId, emit, resumed } = running;
  const request = resumed ? withoutLifting(running.request) : running.request;
  const log = (level: "info" | "warn" | "error", line: string) => emit({ type: "log", level, line });
  try {
    const body = (guarded: Guarded) => atAllTargets(running, given, guarded);
    const { value, problems } = await withSourceGuards({ request, runId, ports, log }, body);
    return { ends: value ?? [], problems };
  } catch (error) {
    if (!(error instanceof CloneError) || !isGuardRefusal(error.code)) throw error;
    const { object = request.sourceCatalog, code, message } = error;
    return { ends: [], problems: [{ object, operation: "guard", code, message }] };
  }
}

async function atAllTargets(
  { request, ports, runId, emit, resumed }: Running,
  given: RunPorts,
  guarded: Guarded,
): Promise<readonly RunSummary[]> {
  const { targets } = request;
  const { targetFiles } = given;
  if (targetFiles === undefined)
    throw new CloneError("INVALID_REQUEST", "There is no place here for the records of several targets.");
  emit({ type: "phase", phase: "inspecting" });
  const at = { source: ports.source, clock: ports.clock, signal: guarded.signal };
  const inventory = await inspectSource(request, at).catch((error: unknown) => {
    if (guarded.signal.aborted) return undefined;
    throw error;
  });
  if (inventory === undefined) return [];
  const source = shareSource(inventory, request, at);
  // All targets clone the versions that are read here: from now on their writers may go on.
  if (request.quiesce?.until === "pinned") await pinSource(source, request);
  await guarded.pinned();
  const relay = relayTo(emit, targets, request.destinationCatalog);
  const fanout: Fanout = { request, runId, ports: given, relay, targetFiles, takePlace: openPlaces(request) };
  const share = { source, guarded, auditing: oneByOne(), again: resumed };
  return inParallel(targets, request.fanout?.maxParallel ?? targets.length, (target) =>
    runTarget(target, fanout, share),
  );
}

/** Work that must not overlap. */
function oneByOne(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
