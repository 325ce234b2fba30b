import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type CloneRequest,
  type Ledger,
  openFileLedger,
  type RunSummary,
  runClone,
  summarize,
} from "@clone-xs/clone";
import { openRunStore, type RunStore } from "@clone-xs/server";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import { homeOf, makeDirectory } from "../connection/home.ts";
import type { Surroundings } from "../surroundings.ts";
import type { CloneView } from "../views/clone-view.ts";

export interface CloneToRun {
  readonly request: CloneRequest;
  /** The request as the API would take it: what the run store keeps. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly workspace: Workspace;
  readonly view: Pick<CloneView, "event">;
}

export interface RecordedClone {
  readonly summary: RunSummary;
  /** Where the summary was written. */
  readonly file: string;
}

/** Runs a clone with its ledger, its place in the run store that the API shows too, and its summary in a file. */
export async function recordedClone(clone: CloneToRun, surroundings: Surroundings): Promise<RecordedClone> {
  const { request, wire, workspace, view } = clone;
  const { clock, random, interrupted } = surroundings;
  const id = runId(surroundings);
  const file = join(runDirectory(id, surroundings), "summary.json");
  const store = openRunStore(storeDirectory(surroundings), `${process.pid}/cli-${id}`);
  const ledger = await openRunLedger(id, surroundings);
  try {
    store.insert({ id, request: { ...wire }, facts: factsOf(request), at: clock.now() });
    store.move(id, "start", { at: clock.now() });
    const emit: CloneView["event"] = (event) => {
      store.append(id, event);
      view.event(event);
    };
    const ports = { source: workspace, target: workspace, ledger, emit, clock, random, signal: interrupted };
    const run = () => summarized(id, clone, surroundings, () => runClone(request, ports, id));
    const summary = await ended(id, store, surroundings, run);
    await writeWhole(file, `${JSON.stringify(summary, null, 2)}\n`);
    return { summary, file };
  } finally {
    await ledger.close();
    store.close();
  }
}

/** Where runs are remembered: the API reads the same place. Made when it is not there. */
export function storeDirectory(surroundings: Pick<Surroundings, "env" | "cwd">): string {
  const home = homeOf(surroundings);
  makeDirectory(home);
  return home;
}

/** The durable record of one run. */
export async function openRunLedger(
  id: string,
  surroundings: Pick<Surroundings, "env" | "cwd">,
): Promise<Ledger> {
  const directory = runDirectory(id, surroundings);
  await mkdir(directory, { recursive: true });
  return openFileLedger(join(directory, "ledger.ndjson"));
}

/** What one run leaves beside the store: its ledger and its summary. */
function runDirectory(id: string, surroundings: Pick<Surroundings, "env" | "cwd">): string {
  return join(homeOf(surroundings), "runs", id);
}

async function ended(
  id: string,
  store: RunStore,
  { clock, interrupted }: Surroundings,
  run: () => Promise<RunSummary>,
): Promise<RunSummary> {
  try {
    const summary = await run();
    if (summary.status === "cancelled") store.move(id, "cancel", { at: clock.now() });
    const trigger = { success: "succeed", partial: "fail", failed: "fail", cancelled: "stop" } as const;
    store.move(id, trigger[summary.status], { at: clock.now(), result: summary });
    return summary;
  } catch (error) {
    if (interrupted.aborted) store.move(id, "cancel", { at: clock.now() });
    const message = error instanceof Error ? error.message : String(error);
    store.move(id, interrupted.aborted ? "stop" : "fail", { at: clock.now(), error: message });
    throw error;
  }
}

/** The summary of a run that could not even see what there is to do, because the workspace was lost; lets other errors pass. */
async function summarized(
  id: string,
  { request, workspace }: CloneToRun,
  { clock, interrupted }: Surroundings,
  run: () => Promise<RunSummary>,
): Promise<RunSummary> {
  const startedAt = clock.now();
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof WorkspaceError) || error.code !== "UNAVAILABLE" || interrupted.aborted)
      throw error;
    const record = { runId: id, request, outcomes: new Map(), cancelled: false, startedAt, statements: {} };
    const { host } = workspace.identity;
    return {
      ...summarize({ ...record, completedAt: clock.now() }),
      status: "failed",
      errors: [{ object: host, operation: "connect", code: error.code, message: error.message }],
    };
  }
}

function factsOf(request: CloneRequest) {
  const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun } = request;
  return { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun };
}

/** Eight hex digits, as the API's job ids. */
function runId({ uuid }: Surroundings): string {
  return uuid().slice(0, 8);
}

/** Readers see the whole file or none. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}
