import { setMaxListeners } from "node:events";
import { join } from "node:path";
import {
  CloneError,
  type CloneRequest,
  openRunFiles,
  type RunPorts,
  type RunSummary,
  runClone,
  runDirectory,
  type Settings,
  summarize,
} from "@clone-xs/clone";
import { openRunStore, type RunStore, type TargetedRequest } from "@clone-xs/server";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import { storeDirectory } from "../connection/home.ts";
import type { Surroundings } from "../surroundings.ts";
import { forgetConnections, keepConnections, targetConnector, targetHosts } from "../targets/targets.ts";
import { CancelledRun } from "./cancelled-run.ts";
import { isHolderAlive, thisProcess } from "./this-process.ts";
import type { CloneView } from "../views/clone-view.ts";

export interface CloneToRun {
  readonly request: CloneRequest;
  /** The request as the API would take it: what the run store keeps. */
  readonly wire: Readonly<Record<string, unknown>>;
  /** What the request says of its targets, when it is read for the first time. */
  readonly targeted?: Pick<TargetedRequest, "targets" | "given">;
  readonly workspace: Workspace;
  readonly view: Pick<CloneView, "event">;
  readonly settings: Settings;
  /** How it is done, when not by cloning as the request says. */
  readonly carryOut?: CarryOut;
  /** Id of the run that is gone on with, when it is no new one. */
  readonly resumes?: string;
}

type CarryOut = (ports: RunPorts, runId: string) => Promise<RunSummary>;

export interface RecordedClone {
  readonly summary: RunSummary;
  /** Where the summary was written. */
  readonly file: string;
}

/** Runs a clone with its ledger, its place in the run store that the API shows too, and its summary in a file. */
export async function recordedClone(clone: CloneToRun, surroundings: Surroundings): Promise<RecordedClone> {
  const { request, wire, workspace, view, settings } = clone;
  const carryOut: CarryOut = clone.carryOut ?? ((ports, id) => runClone(request, ports, id));
  const { clock, random } = surroundings;
  const id = clone.resumes ?? runId(surroundings);
  const home = storeDirectory(surroundings);
  const store = openRunStore(home, `${process.pid}/cli-${id}`);
  const files = await openRunFiles(home, id);
  let stopLooking: () => void = () => undefined;
  try {
    if (store.get(id) === undefined)
      store.insert({ id, request: { ...wire }, facts: factsOf(clone), at: clock.now() });
    if (clone.targeted !== undefined) await keepConnections(id, clone.targeted, surroundings);
    if (clone.resumes === undefined) store.move(id, "start", { at: clock.now() });
    else takeOver(id, store);
    const { signal, stop } = cancelledBy(id, store, surroundings);
    stopLooking = stop;
    const emit: CloneView["event"] = (event) => {
      store.append(id, event);
      view.event(event);
    };
    const holder = thisProcess(surroundings);
    const carried = { holder, settings, emit, clock, random, signal };
    const connectTarget = targetConnector(surroundings);
    const hostOf = await targetHosts(request.targets, surroundings);
    const ends = { source: workspace, target: workspace, connectTarget, hostOf };
    const ports = { ...ends, ...files, ...carried };
    const within = { ...surroundings, interrupted: signal };
    const run = () => summarized(id, clone, within, () => carryOut(ports, id));
    const summary = await ended(id, store, within, run).catch((error: unknown) => {
      if (!signal.aborted || surroundings.interrupted.aborted) throw error;
      throw new CancelledRun(`Run ${id} was cancelled by another process.`, { cause: error });
    });
    await files.documents.write("summary", summary);
    return { summary, file: join(runDirectory(home, id), "summary.json") };
  } finally {
    stopLooking();
    await files.close();
    if (request.targets.length > 0) await forgetConnections(store, surroundings);
    store.close();
  }
}

const LOOK_MS = 1_000;

/** Aborts when the user interrupts, or when somebody asks by the run store for the end of the run (`clxs runs cancel`, the API). */
function cancelledBy(
  id: string,
  store: RunStore,
  { clock, interrupted }: Surroundings,
): { readonly signal: AbortSignal; readonly stop: () => void } {
  const asked = new AbortController();
  const look = () => {
    if (store.entry(id)?.state === "cancelling") asked.abort();
  };
  const signal = AbortSignal.any([interrupted, asked.signal]);
  // As many listen as statements and files are under way in parallel.
  setMaxListeners(0, signal);
  return { signal, stop: clock.every?.(LOOK_MS, look) ?? (() => undefined) };
}

/** Throws RUN_ALIVE when another process carries the run out, or was quicker to go on with it. */
function takeOver(id: string, store: RunStore): void {
  if (store.get(id)?.state === "queued" || store.resume(id, isHolderAlive)) return;
  throw new CloneError(
    "RUN_ALIVE",
    `Run ${id} is carried out by another process (${store.get(id)?.holder}).`,
    {
      object: id,
    },
  );
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

function factsOf({ request, targeted }: CloneToRun) {
  const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun } = request;
  return { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun, targets: targeted?.targets ?? [] };
}

/** Eight hex digits, as the API's job ids. */
function runId({ uuid }: Surroundings): string {
  return uuid().slice(0, 8);
}
