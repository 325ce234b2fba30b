import { sql, statement } from "@clone-xs/sql";
import type { Workspace } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { sendUntilKnown } from "../execute/retry.ts";
import type { CloneRequest } from "../request/request.ts";
import { requestForTarget, type TargetRequest } from "../request/targets.ts";
import type { RunPorts } from "./run.ts";

export type TargetPorts = Pick<RunPorts, "source" | "target"> &
  Partial<Pick<RunPorts, "connectTarget" | "signal" | "clock" | "random">>;

/**
 * Gives `work` the workspace that the request's target stands for, and the request as that target gets it; both are as they were when the
 * request names none, and the workspace also when the caller has connected already. What is connected here is closed afterwards.
 * Throws what connecting throws, and INVALID_REQUEST when the request has several targets.
 */
export async function withTarget<Ports extends TargetPorts, Result>(
  request: CloneRequest,
  ports: Ports,
  work: (request: CloneRequest, ports: Ports) => Promise<Result>,
): Promise<Result> {
  const target = onlyTarget(request);
  if (target === undefined) return work(request, ports);
  const single = requestForTarget(request, target);
  if (isConnected(ports)) return work(single, ports);
  const workspace = await openTarget(target, ports);
  try {
    return await work(single, { ...ports, target: workspace });
  } finally {
    await workspace.close();
  }
}

/** The only target of a request; `undefined` when it names none. Throws INVALID_REQUEST for several. */
export function onlyTarget({ targets, fanout }: CloneRequest): TargetRequest | undefined {
  const [only, ...others] = targets;
  if (fanout === undefined && others.length === 0) return only;
  throw new CloneError(
    "INVALID_REQUEST",
    `This is done for one target at a time, and the request names ${targets.length}: give one of them as target_workspace.`,
  );
}

/** The caller has connected to the target: there is nobody else who could. */
export function isConnected({ source, target, connectTarget }: TargetPorts): boolean {
  return connectTarget === undefined && target !== source;
}

/**
 * Connects to a target, and sees that its warehouse answers: whatever is wrong with a target is known before anything is done for it.
 * Throws what the workspace throws.
 */
export async function openTarget(
  target: TargetRequest,
  { connectTarget, signal, clock, random }: Omit<TargetPorts, "source" | "target">,
): Promise<Workspace> {
  if (connectTarget === undefined)
    throw new CloneError(
      "INVALID_REQUEST",
      `There are no saved connections here, so target ${target.name} is not known.`,
    );
  const workspace = await connectTarget(target);
  try {
    const send = () =>
      workspace.statements.execute(statement("select", sql`SELECT 1`), signal ? { signal } : {});
    // What passes by itself is no end of a target; whoever only looks ahead has no clock to wait by.
    if (clock === undefined || random === undefined) await send();
    else await sendUntilKnown({ send, observe: send }, { clock, random, ...(signal ? { signal } : {}) });
    return workspace;
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** The operation of an error that says that a target could not be reached. */
export const CONNECT = "connect";
