import { WorkspaceError } from "@clone-xs/unity";
import type { CloneRequest } from "../../request/request.ts";
import type { ObjectError } from "../../summarize/summary.ts";
import { releaseAbandoned } from "../abandoned.ts";
import type { GuardPorts } from "../guard-ports.ts";
import {
  type Guarded,
  type GuardedResult,
  type GuardedRun,
  onOneLine,
  REFUSED,
  unlessCancelled,
} from "../guarded.ts";
import { guardPorts } from "../lease/with-leases.ts";
import { beginQuiesce, type Quiesced } from "./begin-quiesce.ts";

type MaybeQuiesced = Quiesced | typeof NOT_QUIESCED;

/**
 * Runs the body while the source is quiesced, when that is asked for, and gives back what was revoked in every ending: once, be it that
 * the versions are pinned or that the body has ended. What dead runs left on the source is given back first.
 */
export async function withQuiesce<Value>(
  run: GuardedRun,
  signal: AbortSignal,
  body: (quiesced: Pick<Guarded, "grants" | "pinned">) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const { request } = run;
  const problems: ObjectError[] = [];
  const quiesced = await unlessCancelled(() => quiesce(run, signal), signal);
  if (quiesced === undefined) return { value: undefined, problems };
  const release = () => releaseInto(problems, quiesced, request);
  try {
    const value = await body({
      ...(quiesced.grants === undefined ? {} : { grants: quiesced.grants }),
      pinned: () => (request.quiesce?.until === "pinned" ? release() : Promise.resolve()),
    });
    return { value, problems };
  } finally {
    await release();
  }
}

async function quiesce(run: GuardedRun, signal: AbortSignal): Promise<MaybeQuiesced> {
  const { request, runId } = run;
  const ports = guardPorts(run, run.ports.source);
  await settleAbandoned(run, ports);
  if (request.quiesce === undefined) return NOT_QUIESCED;
  return beginQuiesce(request, runId, ports, signal);
}

/** Who only clones need not have any right on what others recorded: then it is for those to release. */
async function settleAbandoned({ request, log }: GuardedRun, ports: GuardPorts): Promise<void> {
  try {
    await releaseAbandoned({ catalog: request.sourceCatalog }, ports);
  } catch (error) {
    if (request.quiesce !== undefined || !(error instanceof WorkspaceError) || !REFUSED.has(error.code))
      throw error;
    log(
      "warn",
      `Whether a dead run left ${request.sourceCatalog} quiesced is not known: ${onOneLine(error)}`,
    );
  }
}

const NOT_QUIESCED = {
  grants: undefined,
  release: () => Promise.resolve({ restored: 0, failures: [] }),
} as const;

async function releaseInto(
  problems: ObjectError[],
  quiesced: MaybeQuiesced,
  { sourceCatalog }: CloneRequest,
): Promise<void> {
  const { failures } = await quiesced.release();
  for (const message of failures) {
    if (problems.some((problem) => problem.message === message)) continue;
    problems.push({ object: sourceCatalog, operation: "quiesce", code: "RESTORE_FAILED", message });
  }
}
