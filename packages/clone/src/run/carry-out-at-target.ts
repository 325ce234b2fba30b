import type { Workspace } from "@clone-xs/unity";
import type { CloneRequest } from "../request/request.ts";
import { requestForTarget, type TargetRequest } from "../request/targets.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { carryOutRecorded } from "./carry-out.ts";
import { type Course, openRun } from "./open-run.ts";
import type { RunPorts } from "./run.ts";
import { CONNECT, isConnected, onlyTarget, openTarget, type TargetPorts } from "./with-target.ts";

/**
 * Carries a run out at the target that the request names, or in the source's own workspace when it names none. A target that cannot be
 * reached is how the run ends: its summary has the service's own error. Throws as `carryOutRecorded` does.
 */
export async function carryOutAtTarget(
  request: CloneRequest,
  ports: RunPorts,
  runId: string,
  courseOf: (request: CloneRequest) => Course,
): Promise<RunSummary> {
  const target = onlyTarget(request);
  const course = courseOf(target === undefined ? request : requestForTarget(request, target));
  if (target === undefined || isConnected(ports)) return carryOutRecorded(openRun(course, ports, runId));
  const reached = await reachTarget(target, ports);
  if (!reached.ok)
    return carryOutRecorded(openRun({ ...course, unreachable: reached.problem }, ports, runId));
  const { workspace } = reached;
  try {
    return await carryOutRecorded(openRun(course, { ...ports, target: workspace }, runId));
  } finally {
    await workspace.close();
  }
}

type Reached =
  | { readonly ok: true; readonly workspace: Workspace }
  | { readonly ok: false; readonly problem: ObjectError };

/** Never throws: whatever keeps us from a target is what there is to say of it. */
export async function reachTarget(target: TargetRequest, ports: TargetPorts): Promise<Reached> {
  try {
    return { ok: true, workspace: await openTarget(target, ports) };
  } catch (error) {
    return { ok: false, problem: unreachable(target, error) };
  }
}

/** What there is to say of a target that could not be asked. */
export function unreachable({ name }: TargetRequest, error: unknown): ObjectError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "INTERNAL";
  const message = error instanceof Error ? error.message : String(error);
  return { object: name, operation: CONNECT, code, message };
}
