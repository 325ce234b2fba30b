import type { JobRun } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { programPath, runNameOf } from "./names.ts";
import type { StreamPorts } from "./ports.ts";
import { readProgress } from "./progress.ts";
import { recordOf, seen, type StreamRecord } from "./record.ts";
import { endRun, newestRuns, runsOf, submitRun } from "./runs.ts";
import { readProgram } from "./task-file.ts";

/** Programs that are read at the same time. */
const PARALLEL = 8;

/**
 * All streams that the workspace's runs tell of, by their newest runs: nothing else has to be remembered. One whose program cannot be read is
 * given with what its run says, and the error.
 */
export async function discoverStreams(ports: StreamPorts): Promise<readonly StreamRecord[]> {
  const runs = await newestRuns(ports);
  return inParallel([...runs], PARALLEL, ([streamId, run]) => discovered(streamId, run, ports));
}

/** One stream as it is now; `undefined` when the workspace knows none of that id. */
export async function findStream(streamId: string, ports: StreamPorts): Promise<StreamRecord | undefined> {
  const [run] = await runsOf(streamId, ports);
  return run && discovered(streamId, run, ports);
}

/** Looks at a stream's run again, and at how far each of its copies is. */
export async function refreshStream(record: StreamRecord, ports: StreamPorts): Promise<StreamRecord> {
  const { workspace, clock } = ports;
  const [newest] = await runsOf(record.stream_id, ports);
  const run = newest ?? (await workspace.jobs.run(record.run_id));
  if (run === undefined) {
    const status = record.status === "failed" ? "failed" : "stopped";
    return { ...record, status, last_polled_at: new Date(clock.now()).toISOString() };
  }
  const before = run.runId === record.run_id ? record.status : "starting";
  const known = { ...record, run_id: run.runId, ...seen(run, clock.now(), before) };
  try {
    const program = await readProgram(workspace.files, record.program_path);
    return { ...known, progress: await readProgress(program, ports) };
  } catch (error) {
    return { ...known, error: known.error ?? (error instanceof Error ? error.message : String(error)) };
  }
}

/** Ends a stream's run and waits until it has ended. One that has ended stays as it is. Throws STREAM_NOT_FOUND. */
export async function stopStream(streamId: string, ports: StreamPorts): Promise<StreamRecord> {
  const run = await requireRun(streamId, ports);
  const ended = (await endRun(run, ports)) ?? run;
  const record = await discovered(streamId, ended, ports);
  return ended === run ? record : { ...record, ...seen(ended, ports.clock.now(), "stopping") };
}

/** Ends a stream's run, if it has not ended, and submits another: another run, the same stream. Throws STREAM_NOT_FOUND and STREAM_UNREADABLE. */
export async function restartStream(streamId: string, ports: StreamPorts): Promise<StreamRecord> {
  const path = programPath(ports.settings.audit, streamId);
  const run = await requireRun(streamId, ports);
  const program = await readProgram(ports.workspace.files, path);
  await endRun(run, ports);
  const next = await submitRun(program, run, ports);
  return recordOf(program, { run: next, path, now: ports.clock.now() });
}

async function requireRun(streamId: string, ports: StreamPorts): Promise<JobRun> {
  const [run] = await runsOf(streamId, ports);
  if (run === undefined)
    throw new CloneError("STREAM_NOT_FOUND", `There is no stream ${streamId}.`, { object: streamId });
  return run;
}

async function discovered(streamId: string, run: JobRun, ports: StreamPorts): Promise<StreamRecord> {
  const now = ports.clock.now();
  const path = run.parameters?.[0] ?? programPath(ports.settings.audit, streamId);
  try {
    return recordOf(await readProgram(ports.workspace.files, path), { run, path, now });
  } catch (error) {
    return {
      stream_id: streamId,
      source_catalog: "",
      destination_catalog: "",
      schema: null,
      tables: [],
      trigger_ms: 0,
      run_id: run.runId,
      run_name: runNameOf(streamId),
      program_path: path,
      progress: {},
      ...seen(run, now, "starting"),
      error: error instanceof Error ? error.message : String(error),
    };
  }
}
