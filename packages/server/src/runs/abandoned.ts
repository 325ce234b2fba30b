import type { RunEntry } from "./rows.ts";
import type { RunStore } from "./store.ts";

export interface Looking {
  readonly store: RunStore;
  readonly now: () => number;
  /** Whether the process that holds a run is still there. */
  readonly isHolderAlive: (holder: string) => boolean;
}

/** Whether a process that lives has the run. */
export function isHeld({ holder }: Pick<RunEntry, "holder">, { isHolderAlive }: Looking): boolean {
  return holder !== null && isHolderAlive(holder);
}

/** Runs that were being carried out by processes that are gone. */
export function abandonedRuns(looking: Looking): readonly RunEntry[] {
  return looking.store.inState("running", "cancelling").filter((run) => !isHeld(run, looking));
}

/** Ends a run whose process is gone as failed, saying how to go on with it. */
export function endAbandoned({ id, progress }: RunEntry, { store, now }: Looking): void {
  const error = `The process that carried out this run ended before the run did. What it had finished is on the target; clxs resume ${id} does the rest.`;
  store.append(id, { at: now(), type: "log", level: "error", line: error });
  if (progress !== null)
    store.append(id, { at: now(), type: "progress", progress: { ...progress, running: [] } });
  store.move(id, "abandon", { at: now(), error });
}
