import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunEntry, StoredRun } from "../runs/store.ts";
import { GRACE_MS } from "./decide.ts";
import type { StoredFiring, StoredSchedule } from "./schedule.ts";
import { type ScheduledRuns, scheduler } from "./scheduler.ts";
import { openScheduleStore } from "./store.ts";
import { timesBetween } from "./times.ts";

const BEGIN = Date.parse("2026-03-28T22:00:00Z");

/** Cut off in the middle of what it did. */
class Killed extends Error {}

interface Ran {
  readonly schedule: StoredSchedule;
  state: RunEntry["state"];
}

/** No two are the same, whoever asks. */
const ids = { next: 1 };

/** The runs of all servers. `kill` says before or after a submission whether the process dies there. */
function runsWith(runs: Map<string, Ran>, kill: () => "before" | "after" | "never"): ScheduledRuns {
  const entryOf = (id: string): StoredRun | undefined => {
    const run = runs.get(id);
    if (run === undefined) return undefined;
    const { id: scheduleId, name, kind, retries, sourceCatalog, destinationCatalog } = run.schedule;
    return {
      id,
      state: run.state,
      holder: null,
      request: {},
      facts: {
        sourceCatalog,
        destinationCatalog,
        cloneType: "DEEP",
        loadType: "FULL",
        dryRun: false,
        targets: [],
        schedule: { id: scheduleId, name, kind, retries },
      },
      createdAt: 0,
      startedAt: 0,
      completedAt: run.state === "completed" ? 1 : null,
      progress: null,
      outcome: null,
      error: null,
      revision: 1,
      position: null,
      retries: 0,
      notBefore: null,
      result: null,
    };
  };
  return {
    get: entryOf,
    entry: entryOf,
    newId: () => String(ids.next++).padStart(8, "0"),
    submit: (schedule, runId) => {
      const fate = kill();
      if (fate === "before") return Promise.reject(new Killed());
      if (runs.has(runId)) return Promise.reject(new Error("UNIQUE constraint failed: runs.id"));
      runs.set(runId, { schedule, state: "completed" });
      return fate === "after" ? Promise.reject(new Killed()) : Promise.resolve();
    },
  };
}

const schedule = (change: Partial<StoredSchedule>): StoredSchedule => ({
  id: "s1",
  name: "nightly",
  cron: "0 * * * *",
  timeZone: "Europe/Berlin",
  kind: "clone",
  request: {},
  sourceCatalog: "a",
  destinationCatalog: "b",
  targets: [],
  retries: { max: 0, backoffSeconds: 60 },
  notify: { channels: [], events: [] },
  overlap: "queue",
  missed: "run_once",
  enabled: true,
  nextRunAt: BEGIN + 1,
  createdAt: 0,
  updatedAt: 0,
  ...change,
});

/** One thing that happens: a while passes, then one of two servers looks, with a clock that is off, and may die in the middle. */
const steps = fc.array(
  fc.record({
    server: fc.constantFrom(0, 1),
    passes: fc.oneof(fc.integer({ min: 0, max: GRACE_MS / 2 }), fc.integer({ min: 0, max: 4 * 3_600_000 })),
    off: fc.integer({ min: -5_000, max: 5_000 }),
    dies: fc.constantFrom("never", "never", "never", "before", "after"),
    restarts: fc.boolean(),
    together: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("two servers on one store", () => {
  it.each([
    ["0 * * * *", "run_once"],
    ["0 * * * *", "skip"],
    ["*/20 * * * *", "run_once"],
    ["30 2 * * *", "run_once"],
  ] as const)("lose no time of %s (%s) and double none, whatever happens to them", async (cron, missed) => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const home = mkdtempSync(join(tmpdir(), "clxs-schedules-"));
        const runs = new Map<string, Ran>();
        let stores = [openScheduleStore(home), openScheduleStore(home)];
        try {
          const first = timesBetween(
            { cron, timeZone: "Europe/Berlin" },
            { after: BEGIN, until: BEGIN + 10 * 86_400_000, limit: 1 },
          )[0];
          stores[0]?.add(schedule({ cron, missed, nextRunAt: first ?? BEGIN }));
          let now = BEGIN;
          let furthest = BEGIN;
          const look = async (server: number, off: number, dies: "before" | "after" | "never") => {
            const store = stores[server];
            if (store === undefined) return;
            furthest = Math.max(furthest, now + off);
            const clock = () => now + off;
            await scheduler({
              store,
              runs: runsWith(runs, () => dies),
              now: clock,
              log: () => undefined,
            }).look();
          };
          for (const { server, passes, off, dies, restarts, together } of script) {
            now += passes;
            const others = together ? [look(1 - server, -off, "never")] : [];
            await Promise.all([look(server, off, dies), ...others]);
            if (!restarts) continue;
            stores[server]?.close();
            stores = stores.map((each, index) => (index === server ? openScheduleStore(home) : each));
          }
          // In the end somebody looks in peace, until what waited for its turn had it.
          for (let round = 0; round < 4; round++) await look(round % 2, 0, "never");
          const firings = (stores[0]?.firings("s1", 500) ?? []).toReversed();
          expect(accountOf(firings, { cron, until: furthest })).toEqual({
            lost: 0,
            doubled: 0,
            invented: [],
            stillWaiting: [],
          });
          expect(runsOf(firings)).toEqual([...runs.keys()].toSorted());
        } finally {
          for (const store of stores) store.close();
          rmSync(home, { recursive: true, force: true });
        }
      }),
      { numRuns: 12 },
    );
  });
});

/** Each time is kept, skipped, or counted among the missed of the firing after it: once. */
function accountOf(
  firings: readonly StoredFiring[],
  { cron, until }: { readonly cron: string; readonly until: number },
) {
  const rhythm = { cron, timeZone: "Europe/Berlin" };
  const times = timesBetween(rhythm, { after: BEGIN, until, limit: 10_000 });
  const counted = firings.map(({ scheduledFor, firedAt, missed }) =>
    firedAt - (scheduledFor ?? 0) <= GRACE_MS ? missed + 1 : missed,
  );
  const due = firings.map(({ scheduledFor }) => scheduledFor ?? 0);
  return {
    lost: times.length - counted.reduce((sum, count) => sum + count, 0),
    doubled: due.length - new Set(due).size,
    invented: due.filter((time) => !times.includes(time)),
    stillWaiting: firings.filter(({ state }) => state === "waiting"),
  };
}

/** The runs that the firings say they have. */
function runsOf(firings: readonly StoredFiring[]): readonly (string | null)[] {
  const begun = firings.filter(({ state }) => state !== "skipped" && state !== "missed");
  return begun.map(({ runId }) => runId).toSorted((a, b) => String(a).localeCompare(String(b)));
}
