import { reachTarget, unreachable } from "../run/carry-out-at-target.ts";
import { patientReads } from "../run/patient-reads.ts";
import { CONNECT } from "../run/with-target.ts";
import { carryOutRecorded } from "../run/carry-out.ts";
import { type Course, openRun, type ShareOfFanout } from "../run/open-run.ts";
import { planRouted } from "../route/plan-routed.ts";
import { appendResumed, recordedCourse, resumedCourse } from "../run/resumed-course.ts";
import { recordedState } from "../run/resume-state.ts";
import type { RunPorts } from "../run/run.ts";
import type { TargetFiles } from "../run/run-files.ts";
import type { CloneRequest } from "../request/request.ts";
import { toWire } from "../request/parse.ts";
import { requestForTarget, type TargetRequest } from "../request/targets.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import type { Fanout } from "./fanout.ts";

/**
 * Carries a fan-out out at one of its targets, with a record of its own. Whatever goes wrong there is how this target ends: the others do
 * not notice. One that has succeeded in an earlier process is left as it is. Throws only when its record cannot be kept.
 */
export async function runTarget(
  target: TargetRequest,
  fanout: Fanout,
  share: ShareOfFanout,
): Promise<RunSummary> {
  const files = await fanout.targetFiles(target.name);
  try {
    const earlier = await succeededBefore(files);
    if (earlier !== undefined) {
      fanout.relay.tell(target, { state: "success", ...endOf(earlier) });
      return earlier;
    }
    const summary = await atTarget(target, files, fanout, share);
    await files.documents.write("summary", summary);
    fanout.relay.tell(target, { state: summary.status, ...endOf(summary) });
    return summary;
  } finally {
    await files.close();
  }
}

function endOf({ duration_seconds: seconds, target_host: host, errors }: RunSummary) {
  const [first] = errors;
  return { seconds, ...(host === undefined ? {} : { host }), ...(first ? { error: first.message } : {}) };
}

async function succeededBefore({ records, documents }: TargetFiles): Promise<RunSummary | undefined> {
  const end = records.findLast(({ type }) => type === "end" || type === "resumed");
  if (end?.type !== "end" || end.status !== "success") return undefined;
  // What stands there beside a ledger that ended well, this function's caller wrote.
  return (await documents.read("summary")) as RunSummary | undefined;
}

async function atTarget(
  target: TargetRequest,
  files: TargetFiles,
  fanout: Fanout,
  share: ShareOfFanout,
): Promise<RunSummary> {
  const { relay, ports: given, runId } = fanout;
  const { guarded } = share;
  const ports: RunPorts = {
    ...given,
    ledger: files.ledger,
    documents: files.documents,
    signal: guarded.signal,
    emit: relay.of(target),
  };
  const ended = async (problem: ObjectError) => {
    const course = await recordedAt(target, files, fanout, ports);
    return carryOutRecorded(openRun({ ...course, unreachable: problem, share }, ports, runId));
  };
  if (guarded.signal.aborted) return ended(notBegun(target));
  relay.tell(target, { state: "connecting" });
  const reached = await reachTarget(target, ports);
  if (!reached.ok) return ended(reached.problem);
  const { workspace } = reached;
  try {
    relay.tell(target, { state: "running", host: workspace.identity.host });
    const at = { ...ports, target: workspace };
    const taken = await fanout
      .takePlace(target, patientReads(workspace, ports))
      .catch((error: unknown) => unreachable(target, error));
    if (taken !== undefined) return await ended(taken);
    const course = await courseAt(target, files, fanout, at);
    return await carryOutRecorded(openRun({ ...course, share }, at, runId));
  } finally {
    await workspace.close();
  }
}

/** What is to be done there, noted in the target's ledger: all of it, or what an earlier process has left. */
async function courseAt(
  target: TargetRequest,
  { records }: TargetFiles,
  fanout: Fanout,
  ports: RunPorts,
): Promise<Course> {
  if (!isPlanned(records)) return begun(target, fanout, ports);
  const course = await resumedCourse(recordedState(records), ports);
  await appendResumed(ports);
  return course;
}

async function begun(target: TargetRequest, { request, runId }: Fanout, ports: RunPorts): Promise<Course> {
  const startedAt = ports.clock.now();
  const single = requestForTarget(request, target);
  await ports.ledger.append({ at: startedAt, type: "run", runId, request: toWire(single), version: 1 });
  return newCourse(single, startedAt);
}

function newCourse(request: CloneRequest, startedAt: number): Course {
  return { request, plan: (ends, at) => planRouted(request, ends, at), done: new Map(), startedAt };
}

/** As far as a target came before that cannot be asked now. */
async function recordedAt(
  target: TargetRequest,
  { records }: TargetFiles,
  fanout: Fanout,
  ports: RunPorts,
): Promise<Course> {
  if (isPlanned(records)) return recordedCourse(recordedState(records), ports);
  // What a ledger says comes after what it is about.
  if (!records.some(({ type }) => type === "run")) return begun(target, fanout, ports);
  return newCourse(requestForTarget(fanout.request, target), ports.clock.now());
}

function isPlanned(records: TargetFiles["records"]): boolean {
  return records.some(({ type }) => type === "plan");
}

function notBegun({ name }: TargetRequest): ObjectError {
  const message = "The run was cancelled before this target was begun.";
  return { object: name, operation: CONNECT, code: "CANCELLED", message };
}
