import { CloneError, type RunEvent, type RunSummary } from "@clone-xs/clone";
import type { RunState } from "../contract/index.ts";
import type { RunTrigger } from "./states.ts";
import type { RunFacts, RunStore, StoredRun } from "./store.ts";

/** Carries out one run. Rejects only when there is no summary; an aborted run resolves with status `cancelled` or rejects. */
export type ExecuteRun = (
  run: {
    readonly id: string;
    readonly request: Readonly<Record<string, unknown>>;
    /** A process that is gone had begun it: it is gone on with. */
    readonly resumed: boolean;
  },
  ports: { readonly signal: AbortSignal; readonly emit: (event: RunEvent) => void },
) => Promise<RunSummary>;

/**
 * Runs in order of submission, at most `maxParallel` at once, each recorded in the store. A run waits while another writes to the
 * same destination, so that it sees what that one made; those behind it with other destinations go first.
 */
export interface RunQueue {
  submit(request: Record<string, unknown>, facts: RunFacts, id?: string): string;
  /** An id that no run has, for one whose files are written before it is submitted. */
  newId(): string;
  /** Goes on with a run that has failed, when its turn comes. Throws RUN_ALIVE when it has not, or somebody was quicker. */
  resume(id: string): RunState;
  /**
   * Cancels for real: a queued run never starts; a running one gets its signal aborted, which cancels its statements.
   * Returns the state right after, or `undefined` when there is no such run. What another process runs stays as it is.
   */
  cancel(id: string): RunState | undefined;
  /** Resolves when the run is over in this process (at once when it is not running here). */
  ended(id: string): Promise<void>;
  /** Calls `wake` after anything of the run changed in this process. Returns the unsubscribe. */
  watch(id: string, wake: () => void): () => void;
  /**
   * Goes on with runs whose process is gone, or ends them as failed, and takes up what such a process left waiting. Called at
   * start, then now and then.
   */
  adopt(): void;
  /** Cancels what runs, waits for its clean-up, and takes nothing more. Queued runs stay queued for the next start. */
  close(): Promise<void>;
}

export interface RunQueueOptions {
  readonly store: RunStore;
  readonly execute: ExecuteRun;
  readonly maxParallel: number;
  readonly now: () => number;
  readonly random: () => number;
  /** Whether the process that holds a run is still there. */
  readonly isHolderAlive: (holder: string) => boolean;
  /** Whether this process goes on with a run that its own process has left; others end as failed. By default it does not. */
  readonly resumes?: (run: StoredRun) => boolean;
}

interface Active {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Opens the queue. What dead processes left behind is not touched before `adopt`. */
export function openRunQueue(options: RunQueueOptions): RunQueue {
  const { store, execute, maxParallel, now, random, isHolderAlive } = options;
  const active = new Map<string, Active>();
  const watchers = new Map<string, Set<() => void>>();
  let closed = false;

  const waiting: string[] = [];
  /** Those of them that another process had begun. */
  const left = new Set<string>();

  /** For each run that was told to wait: the run that it waits for. */
  const told = new Map<string, string>();

  function startNext(): void {
    if (closed) return;
    while (active.size < maxParallel) {
      const id = nextReady();
      if (id === undefined) return;
      waiting.splice(waiting.indexOf(id), 1);
      told.delete(id);
      const resumed = left.delete(id);
      const taken = resumed
        ? store.resume(id, isHolderAlive)
        : store.move(id, "start", { at: now() }) === "running";
      if (taken) {
        const abort = new AbortController();
        active.set(id, { abort, done: carryOut(id, { signal: abort.signal, resumed }) });
        wake(id);
      }
    }
  }

  /** The first waiting run whose destination nobody writes to; those before it are told what they wait for. */
  function nextReady(): string | undefined {
    const writers = writersOf(options);
    return waiting.find((id) => {
      const run = store.get(id);
      const writer = placesOf(run)
        .map((place) => writers.get(place))
        .find((each) => each !== undefined);
      if (writer !== undefined) tellWaiting(id, writer);
      return writer === undefined;
    });
  }

  function tellWaiting(id: string, writer: string): void {
    if (told.get(id) === writer) return;
    told.set(id, writer);
    const line = `Waits for run ${writer}, which has the same destination.`;
    store.append(id, { at: now(), type: "log", level: "info", line });
    wake(id);
  }

  async function carryOut(
    id: string,
    { signal, resumed }: { readonly signal: AbortSignal; readonly resumed: boolean },
  ): Promise<void> {
    const emit = (event: RunEvent) => {
      store.append(id, event);
      wake(id);
    };
    // The run starts in its own turn, so that `active` knows it before its first event.
    await Promise.resolve();
    try {
      const request = store.get(id)?.request ?? {};
      const result = await execute({ id, request, resumed }, { signal, emit });
      const lack = request["strict"] === true ? lackOf(result) : undefined;
      const trigger = lack === undefined ? triggerOf(result) : "fail";
      store.move(id, trigger, { at: now(), result, ...errorOf(result), ...(lack ? { error: lack } : {}) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (signal.aborted) store.move(id, "stop", { at: now() });
      else {
        emit({ at: now(), type: "log", level: "error", line: message });
        store.move(id, "fail", { at: now(), error: message });
      }
    } finally {
      active.delete(id);
      wake(id);
      startNext();
    }
  }

  function logCancel(id: string, line: string): void {
    store.append(id, { at: now(), type: "log", level: "warn", line });
  }

  function wake(id: string): void {
    for (const each of watchers.get(id) ?? []) each();
  }

  return {
    submit(request, facts, id = freshId(store, random)) {
      store.insert({ id, request, facts, at: now() });
      waiting.push(id);
      queueMicrotask(startNext);
      return id;
    },
    newId: () => freshId(store, random),
    resume(id) {
      if (!store.requeue(id)) throw new CloneError("RUN_ALIVE", `Run ${id} is not over.`, { object: id });
      waiting.push(id);
      queueMicrotask(startNext);
      return "queued";
    },
    cancel(id) {
      const before = store.get(id)?.state;
      // A run of another process (a command line on the same store) is left to that process.
      if (before === "running" && !active.has(id) && !left.has(id)) return before;
      const asked = store.move(id, "cancel", { at: now() }) ?? before;
      // Nothing of it runs here yet: it is over at once.
      const state = left.delete(id) ? store.move(id, "stop", { at: now() }) : asked;
      if (state === "cancelled") {
        waiting.splice(0, waiting.length, ...waiting.filter((each) => each !== id));
        told.delete(id);
      }
      if (before === "running" || before === "queued") logCancel(id, "A cancel was asked for.");
      active.get(id)?.abort.abort();
      wake(id);
      return state;
    },
    adopt() {
      for (const id of takeUp(options)) {
        if (active.has(id) || left.has(id)) continue;
        left.add(id);
        waiting.push(id);
      }
      const queued = store.inState("queued").filter((run) => !isHeld(run, isHolderAlive));
      waiting.push(...queued.map((run) => run.id).filter((id) => !waiting.includes(id)));
      queueMicrotask(startNext);
    },
    ended: (id) => active.get(id)?.done ?? Promise.resolve(),
    watch(id, listener) {
      const set = watchers.get(id) ?? new Set();
      watchers.set(id, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) watchers.delete(id);
      };
    },
    async close() {
      closed = true;
      const running = [...active.entries()];
      for (const [id, { abort }] of running) {
        store.move(id, "cancel", { at: now() });
        logCancel(id, "The server is stopping: the run is cancelled.");
        abort.abort();
      }
      await Promise.all(running.map(([, { done }]) => done));
    },
  };
}

/** The abandoned runs to go on with; the others are ended as failed. A run that was to be cancelled is not gone on with. */
function takeUp({ store, now, isHolderAlive, resumes = () => false }: RunQueueOptions): readonly string[] {
  const abandoned = store.inState("running", "cancelling").filter((run) => !isHeld(run, isHolderAlive));
  const resumed = abandoned.filter((run) => run.state === "running" && resumes(run));
  for (const run of abandoned) {
    if (resumed.includes(run)) continue;
    const error = `The process that carried out this run ended before the run did. What it had finished is on the target; clxs resume ${run.id} does the rest.`;
    store.append(run.id, { at: now(), type: "log", level: "error", line: error });
    if (run.progress !== null) {
      store.append(run.id, { at: now(), type: "progress", progress: { ...run.progress, running: [] } });
    }
    store.move(run.id, "abandon", { at: now(), error });
  }
  return resumed.map(({ id }) => id);
}

/** The run that writes to each place now, in this process or in another that lives. */
function writersOf({ store, isHolderAlive }: RunQueueOptions): Map<string, string> {
  const running = store.inState("running", "cancelling").filter((run) => isHeld(run, isHolderAlive));
  return new Map(running.flatMap((run) => placesOf(run).map((place) => [place, run.id])));
}

/** Where a run writes to: a catalog of the same name in another workspace is another place. Names of catalogs are case-insensitive. */
function placesOf(run: StoredRun | undefined): readonly string[] {
  if (run === undefined) return [];
  const { targets, destinationCatalog } = run.facts;
  return targets.length > 0 ? targets.map(({ place }) => place) : [destinationCatalog.toLowerCase()];
}

function isHeld({ holder }: StoredRun, isHolderAlive: (holder: string) => boolean): boolean {
  return holder !== null && isHolderAlive(holder);
}

/** Why a strict run that succeeded is a failure all the same: as on the command line, what could not be copied is one. */
function lackOf({ status, residue }: RunSummary): string | undefined {
  if (status !== "success" || residue.length === 0) return undefined;
  return `Strict: ${residue.length} ${residue.length === 1 ? "thing" : "things"} could not be copied, which the summary names.`;
}

function triggerOf(result: RunSummary): RunTrigger {
  if (result.status === "success") return "succeed";
  return result.status === "cancelled" ? "stop" : "fail";
}

function errorOf(result: RunSummary): { error?: string } {
  const [first] = result.errors;
  if (result.status === "success" || result.status === "cancelled" || first === undefined) return {};
  const others = result.errors.length - 1;
  return {
    error: `${first.object}: ${first.message}${others > 0 ? ` (and ${others} more error${others > 1 ? "s" : ""})` : ""}`,
  };
}

/** Eight hex digits that no run has. */
function freshId(store: RunStore, random: () => number): string {
  for (;;) {
    const id = Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
    if (store.get(id) === undefined) return id;
  }
}
