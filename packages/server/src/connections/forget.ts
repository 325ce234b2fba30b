import { isOpenRun, recordsOf } from "@clone-xs/clone";
import type { RunStore } from "../runs/store.ts";
import type { ConnectionStore } from "./connection-store.ts";

export interface Forgetting {
  readonly connections: ConnectionStore;
  readonly store: Pick<RunStore, "get">;
  /** Where runs leave their files. */
  readonly home: string;
}

/** Deletes the connections that were given with runs which are over and cannot be gone on with. */
export async function forgetGiven({ connections, store, home }: Forgetting, now: number): Promise<void> {
  for (const { runId, since } of connections.keptFor()) {
    if (await isOver(runId, now - since, { store, home })) connections.forgetRun(runId);
  }
}

/** A run is stored a moment after its connections are. */
const UNSTORED_MS = 60_000;

async function isOver(
  runId: string,
  age: number,
  { store, home }: Pick<Forgetting, "store" | "home">,
): Promise<boolean> {
  const state = store.get(runId)?.state;
  if (state === "completed" || state === "cancelled") return true;
  if (state !== "failed" && (state !== undefined || age <= UNSTORED_MS)) return false;
  const records = await recordsOf(home, runId);
  return records.length === 0 || !isOpenRun(records);
}
