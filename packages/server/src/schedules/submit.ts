import type { TargetBook } from "../connections/target-book.ts";
import { factsOf } from "../routes/clone.ts";
import type { RunQueue } from "../runs/queue.ts";
import type { RunFacts, RunStore } from "../runs/store.ts";
import type { StoredSchedule } from "./schedule.ts";
import type { ScheduledRuns } from "./scheduler.ts";
import { requestFor } from "./spec.ts";

/** The runs of schedules in the queue. */
export function scheduledRuns({
  store,
  queue,
  targetBook,
}: {
  readonly store: Pick<RunStore, "get" | "entry">;
  readonly queue: Pick<RunQueue, "submit" | "newId">;
  readonly targetBook: Pick<TargetBook, "read">;
}): ScheduledRuns {
  return {
    get: store.get,
    entry: store.entry,
    newId: queue.newId,
    async submit(schedule, runId) {
      const asked = requestFor(schedule.kind, schedule.request);
      // A request that cannot be read any more, for instance since its connection was deleted, fails as a run, where everybody looks.
      const read = await targetBook.read(asked).catch(() => undefined);
      const facts = read === undefined ? factsWithout(schedule) : factsOf(read);
      queue.submit(
        { ...(read?.wire ?? asked) },
        { ...facts, ...kindOf(schedule), schedule: markOf(schedule) },
        runId,
      );
    },
  };
}

function factsWithout({ sourceCatalog, destinationCatalog }: StoredSchedule): RunFacts {
  return {
    sourceCatalog,
    destinationCatalog,
    cloneType: "DEEP",
    loadType: "FULL",
    dryRun: false,
    targets: [],
  };
}

/** Neither changes anything, whatever its request would. */
function kindOf({ kind }: StoredSchedule): Partial<RunFacts> {
  if (kind === "verify") return { loadType: "FULL", dryRun: true };
  return kind === "drift_check" ? { loadType: "SELECTIVE", dryRun: true } : {};
}

function markOf({ id, name, kind, retries }: StoredSchedule): NonNullable<RunFacts["schedule"]> {
  return { id, name, kind, retries };
}
