import type { SubmitRunRequest, SubmittedTask } from "@clone-xs/databricks/contract";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { RunRecord, RunStore } from "../../metastore/job-runs.ts";
import type { TaskRunner } from "./task-runner.ts";

/** Runs of tasks: submitted, followed, cancelled. Their records are durable; the work is the task runner's. */
export interface Runs {
  /** Gives the run's id; the same id for the same `idempotency_token`. Throws INVALID_REQUEST. */
  submit(principal: string, request: SubmitRunRequest): number;
  /** Asks a run to end; it is TERMINATING until it has. One that has ended stays as it is. */
  cancel(id: number): void;
  /** Takes up what the process before left under way, under the same ids and as the same attempts. Without a runner it is over. */
  resume(): void;
  /** Stops what runs, without ending it for good: the next process takes it up. */
  close(): Promise<void>;
}

export interface RunsOptions {
  readonly store: RunStore;
  /** Without one nothing can be submitted. */
  readonly runner: TaskRunner | undefined;
  readonly connect: (principal: string) => Workspace;
  /** How long a run waits for its compute: PENDING when it is new, and also when it is taken up again. */
  readonly startMs: number;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What a timer takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Why a run was told to stop. */
type Stop = "cancel" | "timeout" | "close";

interface Live {
  readonly abort: AbortController;
  stop: Stop | undefined;
  readonly done: Promise<void>;
}

export function runsOf({ store, runner, connect, startMs, now, sleep }: RunsOptions): Runs {
  const live = new Map<number, Live>();

  const begin = (run: RunRecord) => {
    if (runner === undefined) return;
    const abort = new AbortController();
    const entry: Live = {
      abort,
      stop: undefined,
      // A turn later, so that a submitted run is PENDING first.
      done: Promise.resolve().then(() => follow(runner, run, entry)),
    };
    live.set(run.id, entry);
  };

  const follow = async (tasks: TaskRunner, begun: RunRecord, entry: Live): Promise<void> => {
    const timer = new AbortController();
    if (begun.timeoutSeconds > 0)
      void sleep(timeLeft(begun, now()), timer.signal).then(
        () => stop(begun.id, "timeout"),
        () => undefined,
      );
    try {
      for (let run: RunRecord | undefined = begun; run !== undefined; )
        run = await attempted(tasks, run, entry);
    } finally {
      timer.abort();
      live.delete(begun.id);
    }
  };

  /** One attempt, after the wait that it may have before it. Gives the run as it is to be tried again, if it is. */
  const attempted = async (
    tasks: TaskRunner,
    begun: RunRecord,
    entry: Live,
  ): Promise<RunRecord | undefined> => {
    let run = begun;
    try {
      run = await ready(run, entry);
      for (const task of run.tasks.filter(({ task_key }) => run.taskResults[task_key] !== "SUCCESS")) {
        await tasks.run(task, {
          runId: run.id,
          runName: run.name,
          attempt: run.attempt,
          workspace: connect(run.principal),
          signal: entry.abort.signal,
        });
        // What ended because it was told to has not done its work.
        entry.abort.signal.throwIfAborted();
        run = { ...run, taskResults: { ...run.taskResults, [task.task_key]: "SUCCESS" } };
        store.put(run);
      }
      end(run, { result: "SUCCESS" });
      return undefined;
    } catch (error) {
      return failed(run, entry.stop, error instanceof Error ? error.message : String(error));
    }
  };

  /** Waits until the next attempt is due; the run is RUNNING then. */
  const ready = async (run: RunRecord, { abort }: Live): Promise<RunRecord> => {
    const { retryAt, message: _ofLastAttempt, ...rest } = run;
    if (retryAt !== undefined) await sleep(Math.max(0, retryAt - now()), abort.signal);
    else if (startMs > 0) await sleep(startMs, abort.signal);
    abort.signal.throwIfAborted();
    const running: RunRecord = { ...rest, state: "RUNNING" };
    store.put(running);
    return running;
  };

  const failed = (run: RunRecord, stop: Stop | undefined, message: string): RunRecord | undefined => {
    // Left as it is: the next process sees to it.
    if (stop === "close") return undefined;
    if (stop === "cancel") end(run, { result: "CANCELED", message: "Run cancelled." });
    else if (stop === "timeout") end(run, { result: "TIMEDOUT", message: "The run took too long." });
    else if (mayRetry(run)) return retried(run, message);
    else end(run, { result: "FAILED", message });
    return undefined;
  };

  const retried = (run: RunRecord, message: string): RunRecord => {
    const next: RunRecord = {
      ...run,
      attempt: run.attempt + 1,
      state: "WAITING_FOR_RETRY",
      message,
      retryAt: now() + (currentTask(run)?.min_retry_interval_millis ?? 0),
    };
    store.put(next);
    return next;
  };

  const end = (run: RunRecord, how: Pick<RunRecord, "result" | "message">) =>
    store.put({
      ...run,
      ...how,
      state: "TERMINATED",
      taskResults: resultsOf(run, how.result ?? "FAILED"),
      endedAt: now(),
    });

  const stop = (id: number, why: Stop) => {
    const entry = live.get(id);
    const run = store.find(id);
    if (entry === undefined || run === undefined) return;
    entry.stop ??= why;
    if (why !== "close") store.put({ ...run, state: "TERMINATING" });
    entry.abort.abort();
  };

  return {
    submit(principal, request) {
      const { run_name: name = "Untitled", tasks, timeout_seconds: timeoutSeconds = 0 } = request;
      requireRunnable(runner, tasks);
      const { run, made } = store.insert(
        {
          name,
          principal,
          tasks,
          timeoutSeconds,
          state: "PENDING",
          taskResults: {},
          attempt: 0,
          submittedAt: now(),
        },
        request.idempotency_token,
      );
      if (made) begin(run);
      return run.id;
    },
    cancel: (id) => stop(id, "cancel"),
    resume() {
      for (const run of store.list({ before: Number.MAX_SAFE_INTEGER, active: true, limit: 10_000 })) {
        if (run.state === "TERMINATING") end(run, { result: "CANCELED", message: "Run cancelled." });
        else if (runner !== undefined) begin(run);
        else
          store.put({
            ...run,
            state: "INTERNAL_ERROR",
            result: "FAILED",
            message: "The workspace ended while the run was under way.",
            endedAt: now(),
          });
      }
    },
    async close() {
      const all = [...live];
      for (const [id] of all) stop(id, "close");
      await Promise.all(all.map(([, { done }]) => done));
    },
  };
}

/** A run's time counts from its submission, restarts included. */
function timeLeft({ submittedAt, timeoutSeconds }: RunRecord, at: number): number {
  return Math.min(Math.max(0, submittedAt + timeoutSeconds * 1000 - at), LONGEST_TIMER_MS);
}

/** Source: Jobs API, "max_retries": -1 is for ever. */
function mayRetry(run: RunRecord): boolean {
  const retries = currentTask(run)?.max_retries ?? 0;
  return retries === -1 || run.attempt < retries;
}

/** The first one that has not succeeded yet. */
function currentTask({ tasks, taskResults }: RunRecord): SubmittedTask | undefined {
  return tasks.find(({ task_key }) => taskResults[task_key] !== "SUCCESS");
}

/** The first task that did not succeed has the run's result; those behind it were never begun. */
function resultsOf({ tasks, taskResults }: RunRecord, result: NonNullable<RunRecord["result"]>) {
  const open = tasks.filter(({ task_key }) => taskResults[task_key] !== "SUCCESS");
  const ends = open.map(
    ({ task_key }, index) => [task_key, index === 0 ? result : "UPSTREAM_FAILED"] as const,
  );
  return { ...taskResults, ...Object.fromEntries(ends) };
}

function requireRunnable(runner: TaskRunner | undefined, tasks: readonly SubmittedTask[]): void {
  if (runner === undefined)
    throw invalid("This workspace runs no tasks: it was opened without a task runner.");
  const before = new Set<string>();
  for (const task of tasks) {
    const { task_key, depends_on = [] } = task;
    if (before.has(task_key)) throw invalid(`There are two tasks with the key '${task_key}'.`);
    const unmet = depends_on.find((needed) => !before.has(needed.task_key));
    if (unmet !== undefined)
      throw invalid(`Task '${task_key}' depends on '${unmet.task_key}', which does not come before it.`);
    const refusal = runner.refusal(task);
    if (refusal !== undefined) throw invalid(`Task '${task_key}' cannot be run here: ${refusal}`);
    before.add(task_key);
  }
}

function invalid(message: string): WorkspaceError {
  return new WorkspaceError("INVALID_REQUEST", message, { errorClass: "INVALID_PARAMETER_VALUE" });
}
