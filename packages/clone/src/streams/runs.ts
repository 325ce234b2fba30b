import type { JobRun, TaskCompute } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { sendUntilKnown } from "../execute/retry.ts";
import { programPath, RUN_PREFIX, runNameOf, streamOfRun, TASK_KEY, taskFilePath } from "./names.ts";
import type { StreamPorts } from "./ports.ts";
import type { StreamProgram } from "./program.ts";
import type { StreamCompute } from "./request.ts";
import { hasEnded, sightingOf, stateAfter } from "./states.ts";

/** Runs of a stream, newest first. */
export async function runsOf(streamId: string, { workspace }: StreamPorts): Promise<readonly JobRun[]> {
  const name = runNameOf(streamId);
  const runs = await workspace.jobs.runs({ namePrefix: name });
  return newestFirst(runs.filter((run) => run.name === name));
}

/** The newest run of each stream that the workspace knows of. */
export async function newestRuns({ workspace }: StreamPorts): Promise<ReadonlyMap<string, JobRun>> {
  const runs = newestFirst(await workspace.jobs.runs({ namePrefix: RUN_PREFIX }));
  const found = new Map<string, JobRun>();
  for (const run of runs) {
    const stream = streamOfRun(run.name);
    if (stream !== undefined && !found.has(stream)) found.set(stream, run);
  }
  return found;
}

/**
 * Submits a run of a stream after the newest one that is known. Two that do this at once give the same token and so get the same run.
 * Compute, retries and the program's path are all it says: the rest is in the program.
 */
export async function submitRun(
  { stream }: StreamProgram,
  after: JobRun | undefined,
  ports: StreamPorts,
): Promise<JobRun> {
  const { jobs } = ports.workspace;
  const { audit } = ports.settings;
  const compute = taskCompute(stream.compute);
  const send = () =>
    jobs.submit({
      name: runNameOf(stream.stream_id),
      idempotencyToken: `${stream.stream_id}-${after?.runId ?? "0"}`,
      task: {
        key: TASK_KEY,
        file: taskFilePath(audit),
        parameters: [programPath(audit, stream.stream_id)],
      },
      compute,
      maxRetries: stream.max_retries,
      retryIntervalMs: Math.min(LONGEST_RETRY_MS, stream.trigger_ms),
    });
  const runId = await sendUntilKnown({ send, observe: send }, ports);
  const run = await jobs.run(runId);
  if (run === undefined)
    throw new CloneError("STREAM_NOT_FOUND", `Run ${runId} was submitted and is not there.`, {
      object: runId,
    });
  return run;
}

/** A run that failed is begun again in the pace of its ticks, or sooner. */
const LONGEST_RETRY_MS = 30_000;

/** Asks a run to end and waits until it has. */
export async function endRun(run: JobRun, ports: StreamPorts): Promise<JobRun | undefined> {
  const { jobs } = ports.workspace;
  if (isOver(run)) return run;
  await sendUntilKnown(
    { send: () => jobs.cancel(run.runId).then(() => true), observe: () => Promise.resolve(undefined) },
    ports,
  );
  for (let pause = 50; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const now = await jobs.run(run.runId);
    if (now === undefined || isOver(now)) return now;
    await ports.clock.sleep(pause, ports.signal);
  }
}

const LONGEST_PAUSE_MS = 5_000;

export function isOver(run: JobRun): boolean {
  return hasEnded(stateAfter("running", sightingOf(run)));
}

function newestFirst(runs: readonly JobRun[]): readonly JobRun[] {
  return runs.toSorted((a, b) => b.startedAt - a.startedAt || compareIds(b.runId, a.runId));
}

function compareIds(a: string, b: string): number {
  return BigInt(a) < BigInt(b) ? -1 : Number(BigInt(a) > BigInt(b));
}

function taskCompute(compute: StreamCompute): TaskCompute {
  if (compute.kind === "cluster") return { kind: "cluster", clusterId: compute.cluster_id };
  return {
    kind: "serverless",
    ...(compute.environment_version === undefined ? {} : { environmentVersion: compute.environment_version }),
  };
}
