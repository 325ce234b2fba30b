import { CloneError, type RunEvent, type RunSummary } from "@clone-xs/clone";
import type { RunState } from "../contract/index.ts";
import { abandonedRuns, endAbandoned, isHeld } from "./abandoned.ts";
import { askCancel } from "./cancel.ts";
import { endingOf, failedForNow, retryWaitMs } from "./endings.ts";
import { placesOf, writersOf } from "./places.ts";
import type { RunEntry, RunFacts } from "./rows.ts";
import { isOver } from "./states.ts";
import type { RunStore } from "./store.ts";

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
   * Cancels for real: a queued run never starts; one that runs here gets its signal aborted, which cancels its statements; one of another
   * process is aborted there, when that process looks. Returns the state right after, or `undefined` when there is no such run.
   */
  cancel(id: string): RunState | undefined;
  /** Resolves when the run is over, wherever it is carried out (at once when it is). `signal` gives it up. */
  ended(id: string, signal?: AbortSignal): Promise<void>;
  /** Sees what other processes asked of the runs here, and what became of theirs; begins what has waited long enough. Called once a second. */
  look(): void;
  /**
   * Goes on with runs whose process is gone, or ends them as failed, and takes up what such a process left waiting. Called at
   * start, then now and then.
   */
  adopt(): void;
  readonly maxParallel: number;
  /** Whether runs are begun; not when it is closing. */
  accepts(): boolean;
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
  readonly resumes?: (run: RunEntry) => boolean;
  /** How often a run that failed for now is begun again, and whether it can be gone on with. By default never. */
  readonly retry?: { readonly times: number; readonly isPossible: (id: string) => Promise<boolean> };
  readonly observe?: RunObserver;
}

/** Told of what happens to the runs that are carried out here. */
export interface RunObserver {
  readonly started?: (run: RunEntry) => void;
  readonly event?: (event: RunEvent) => void;
  /** Over, or waiting for another try. */
  readonly ended?: (run: RunEntry) => void;
}

interface Active {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Opens the queue. What dead processes left behind is not touched before `adopt`. */
export function openRunQueue(options: RunQueueOptions): RunQueue {
  const { store, execute, maxParallel, now, random, observe = {} } = options;
  const active = new Map<string, Active>();
  let closed = false;

  const waiting: string[] = [];
  /** Those of them that another process had begun. */
  const left = new Set<string>();

  /** For each run that was told to wait: the run that it waits for. */
  const told = new Map<string, string>();

  /** Who waits for the end of runs of other processes. */
  const awaited = new Map<string, Set<() => void>>();

  function startNext(): void {
    if (closed) return;
    while (active.size < maxParallel) {
      const id = nextReady();
      if (id === undefined) return;
      noLongerWaits(id);
      const resumed = left.delete(id);
      const taken = resumed
        ? store.resume(id, options.isHolderAlive)
        : store.move(id, "start", { at: now() }) === "running";
      if (taken) {
        const abort = new AbortController();
        active.set(id, { abort, done: carryOut(id, { signal: abort.signal, resumed }) });
      }
    }
  }

  /** The first waiting run whose destination nobody writes to; those before it are told what they wait for. */
  function nextReady(): string | undefined {
    if (waiting.length === 0) return undefined;
    const writers = writersOf(options);
    return waiting.find((id) => {
      const run = store.entry(id);
      if (run === undefined) return true;
      if ((run.notBefore ?? 0) > now()) return false;
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
    say(id, "info", `Waits for run ${writer}, which has the same destination.`);
  }

  function noLongerWaits(id: string): void {
    const place = waiting.indexOf(id);
    if (place >= 0) waiting.splice(place, 1);
    told.delete(id);
  }

  async function carryOut(
    id: string,
    { signal, resumed }: { readonly signal: AbortSignal; readonly resumed: boolean },
  ): Promise<void> {
    const emit = (event: RunEvent) => {
      store.append(id, event);
      observe.event?.(event);
    };
    // The run starts in its own turn, so that `active` knows it before its first event.
    await Promise.resolve();
    const begun = store.entry(id);
    if (begun !== undefined) observe.started?.(begun);
    try {
      const request = begun?.request ?? {};
      const result = await execute({ id, request, resumed }, { signal, emit });
      if (
        signal.aborted ||
        !failedForNow({ result }) ||
        !(await putOff(id, result.errors[0]?.message ?? ""))
      ) {
        const { trigger, ...error } = endingOf(result, { strict: request["strict"] === true });
        store.move(id, trigger, { at: now(), result, ...error });
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (signal.aborted) store.move(id, "stop", { at: now() });
      else if (!failedForNow({ error }) || !(await putOff(id, message))) {
        say(id, "error", message);
        store.move(id, "fail", { at: now(), error: message });
      }
    } finally {
      active.delete(id);
      const run = store.entry(id);
      if (run !== undefined) observe.ended?.(run);
      tellEnded(id);
      startNext();
    }
  }

  /** Lets a run that failed for now wait for another try; `false` when it had its tries, or cannot be gone on with. */
  async function putOff(id: string, why: string): Promise<boolean> {
    const { times: usual = 0, isPossible } = options.retry ?? {};
    const run = store.entry(id);
    const retry = (run?.retries ?? 0) + 1;
    // A schedule says itself how often, and how long to wait.
    const asked = run?.facts.schedule?.retries;
    const times = asked?.max ?? usual;
    if (closed || retry > times || !(await isPossible?.(id))) return false;
    const at = now();
    const wait = retryWaitMs(retry, asked?.backoffSeconds);
    if (!store.retry(id, { at, notBefore: at + wait })) return false;
    say(id, "warn", `Failed for now (${why}). Retry ${retry} of ${times} in ${wait / 1000} s.`);
    waiting.push(id);
    return true;
  }

  function say(id: string, level: "info" | "warn" | "error", line: string): void {
    store.append(id, { at: now(), type: "log", level, line });
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
      if (!store.requeue(id, now()))
        throw new CloneError("RUN_ALIVE", `Run ${id} is not over.`, { object: id });
      waiting.push(id);
      queueMicrotask(startNext);
      return "queued";
    },
    cancel(id) {
      // Nothing of a run that was taken up runs here yet: it is over at once.
      const taken = left.delete(id);
      const asked = taken ? store.move(id, "cancel", { at: now() }) : askCancel(id, options);
      if (taken) say(id, "warn", "A cancel was asked for.");
      const state = taken ? store.move(id, "stop", { at: now() }) : asked;
      if (state === "cancelled") noLongerWaits(id);
      active.get(id)?.abort.abort();
      return state;
    },
    look() {
      for (const [id, { abort }] of active)
        if (!abort.signal.aborted && store.entry(id)?.state === "cancelling") abort.abort();
      for (const id of awaited.keys()) tellEnded(id);
      startNext();
    },
    adopt() {
      for (const run of abandonedRuns(options)) {
        if (active.has(run.id) || left.has(run.id)) continue;
        // A run that was to be cancelled is not gone on with.
        if (run.state !== "running" || options.resumes?.(run) !== true) endAbandoned(run, options);
        else {
          left.add(run.id);
          waiting.push(run.id);
        }
      }
      const queued = store.inState("queued").filter((run) => !isHeld(run, options));
      waiting.push(...queued.map((run) => run.id).filter((id) => !waiting.includes(id)));
      queueMicrotask(startNext);
    },
    async ended(id, signal) {
      const here = active.get(id);
      if (here !== undefined) return here.done;
      if (isEnded(id) || signal?.aborted) return;
      await new Promise<void>((resolve) => {
        const set = awaited.get(id) ?? new Set();
        const done = () => {
          set.delete(done);
          if (set.size === 0) awaited.delete(id);
          resolve();
        };
        awaited.set(id, set.add(done));
        signal?.addEventListener("abort", done, { once: true });
      });
    },
    maxParallel,
    accepts: () => !closed,
    async close() {
      closed = true;
      const running = [...active.entries()];
      for (const [id, { abort }] of running) {
        store.move(id, "cancel", { at: now() });
        say(id, "warn", "The server is stopping: the run is cancelled.");
        abort.abort();
      }
      await Promise.all(running.map(([, { done }]) => done));
    },
  };

  function tellEnded(id: string): void {
    if (isEnded(id)) for (const done of awaited.get(id) ?? []) done();
  }

  function isEnded(id: string): boolean {
    const state = store.entry(id)?.state;
    return state === undefined || isOver(state);
  }
}

/** Eight hex digits that no run has. */
function freshId(store: RunStore, random: () => number): string {
  for (;;) {
    const id = Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
    if (store.entry(id) === undefined) return id;
  }
}
