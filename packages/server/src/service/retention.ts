import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { guardJournal, isOpenRun, recordsOf, runDirectory } from "@clone-xs/clone";
import type { RunStore } from "../runs/store.ts";

export interface Retention {
  readonly store: Pick<RunStore, "overBefore" | "remove" | "entry">;
  /** Where runs leave their files. */
  readonly home: string;
  /** Runs that ended longer ago are forgotten. */
  readonly days: number;
  /** Of more runs than these the oldest are forgotten. */
  readonly runs?: number;
}

export const KEEP_DAYS = 90;
const KEEP_RUNS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Forgets old runs that are over, with their events and files, and returns their ids. A run that can be gone on with stays, and one
 * whose guards are not released.
 */
export async function forgetOldRuns(
  { store, home, days, runs = KEEP_RUNS }: Retention,
  now: number,
): Promise<readonly string[]> {
  const before = now - days * DAY_MS;
  const guarded = new Set((await guardJournal(home).open()).map(({ runId }) => runId));
  const gone: string[] = [];
  for (const { id, state } of store.overBefore(before, runs)) {
    if (guarded.has(id) || (state === "failed" && (await canGoOn(home, id)))) continue;
    if (!store.remove(id)) continue;
    await rm(runDirectory(home, id), { recursive: true, force: true });
    gone.push(id);
  }
  await sweep(store, home, before);
  return gone;
}

async function canGoOn(home: string, id: string): Promise<boolean> {
  const records = await recordsOf(home, id);
  return records.length > 0 && isOpenRun(records);
}

/** Files of runs that a process forgot and then died. Young ones may belong to a run that is about to be submitted. */
async function sweep(store: Retention["store"], home: string, before: number): Promise<void> {
  const folder = dirname(runDirectory(home, "0"));
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^[0-9a-f]{8}$/u.test(name) || store.entry(name) !== undefined) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (mtimeMs < before) await rm(join(folder, name), { recursive: true, force: true });
  }
}
