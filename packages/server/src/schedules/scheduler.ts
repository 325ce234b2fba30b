import type { RunEntry, StoredRun } from "../runs/store.ts";
import { decideDue } from "./decide.ts";
import type { FiringState, StoredFiring, StoredSchedule } from "./schedule.ts";
import type { ScheduleStore } from "./store.ts";

/** What the scheduler asks of runs. */
export interface ScheduledRuns {
  get(id: string): StoredRun | undefined;
  entry(id: string): RunEntry | undefined;
  /** An id that no run has. */
  newId(): string;
  /** Submits the run of a firing under its id. Throws when there is one of that id, or the queue takes no more. */
  submit(schedule: StoredSchedule, runId: string): Promise<void>;
}

export interface SchedulerOptions {
  readonly store: ScheduleStore;
  readonly runs: ScheduledRuns;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

export interface Scheduler {
  /**
   * Looks once: notes what became of runs, fires what is due, submits what waits. Whatever of it is cut short is done by the next look,
   * of this server or another; nothing is done twice.
   */
  look(): Promise<void>;
}

/** The store says what is due, and its transactions who fires; the run's id was chosen with the firing, so that it is submitted once. */
export function scheduler({ store, runs, now, log }: SchedulerOptions): Scheduler {
  function settle(): void {
    for (const firing of store.live()) {
      if (firing.state === "waiting" || firing.runId === null) continue;
      const seen = stateOf(firing, runs, now());
      if (seen.state !== firing.state || seen.retries !== firing.retries)
        store.move(firing.id, firing.state, seen);
    }
  }

  function fire(): void {
    for (const { id } of store.dueAt(now()))
      store.fire(id, (schedule, standing) => decideDue(schedule, now(), standing), runs.newId());
  }

  async function submit(): Promise<void> {
    const busy = new Set(
      store
        .live()
        .filter(({ state }) => state !== "waiting")
        .map(({ scheduleId }) => scheduleId),
    );
    for (const firing of store.live()) {
      if (firing.state !== "waiting" || busy.has(firing.scheduleId)) continue;
      busy.add(firing.scheduleId);
      await submitOne(firing);
    }
  }

  async function submitOne({ id, scheduleId, runId }: StoredFiring): Promise<void> {
    const schedule = store.get(scheduleId);
    if (schedule === undefined || runId === null) return;
    try {
      if (runs.entry(runId) === undefined) await runs.submit(schedule, runId);
    } catch (error) {
      // Another server was quicker: the id is taken, by the same firing.
      if (runs.entry(runId) === undefined) {
        log(`Schedule ${schedule.name}: its run could not be submitted yet (${String(error)}).`);
        return;
      }
    }
    if (runs.entry(runId)?.facts.schedule?.id === scheduleId) store.move(id, "waiting", { state: "running" });
    // Somebody else's run came to have that id.
    else store.move(id, "waiting", { runId: runs.newId() });
  }

  return {
    async look() {
      settle();
      fire();
      await submit();
    },
  };
}

type Seen = Pick<StoredFiring, "state" | "retries" | "retryAt" | "drifted" | "completedAt"> & {
  readonly note?: string;
};

/** What a firing is by what its run is. */
function stateOf({ runId, retries }: StoredFiring, runs: ScheduledRuns, now: number): Seen {
  const run = runs.entry(runId ?? "");
  const open = { retries: run?.retries ?? retries, retryAt: null, drifted: null, completedAt: null };
  if (run === undefined)
    return { ...open, state: "failed", completedAt: now, note: "Its run is not there any more." };
  const over = (state: FiringState): Seen => ({ ...open, state, completedAt: run.completedAt ?? now });
  switch (run.state) {
    case "completed":
      return { ...over("completed"), drifted: driftOf(runs.get(run.id)) };
    case "failed":
      return over("failed");
    case "cancelled":
      return over("cancelled");
    case "queued":
      return run.notBefore !== null && run.retries > 0
        ? { ...open, state: "retrying", retryAt: run.notBefore }
        : { ...open, state: "running" };
    case "running":
    case "cancelling":
      return { ...open, state: "running" };
  }
}

/** Tables that had drifted when a run only looked; null when it was no such run. */
export function driftOf(run: StoredRun | undefined): number | null {
  if (run === undefined || !run.facts.dryRun || run.facts.loadType !== "SELECTIVE") return null;
  const { total_drifted_tables: total, per_target: targets } = run.result ?? {};
  if (total !== undefined) return total;
  const counted = targets?.flatMap(({ total_drifted_tables: each }) => each ?? []) ?? [];
  return counted.length === 0 ? null : counted.reduce((sum, each) => sum + each, 0);
}
