import * as fs from "node:fs/promises";
import { posix } from "node:path";
import { setTimeout } from "node:timers/promises";
import { hasCode } from "./sync.ts";

/** Far longer than the two calls that a lock is held for. */
const ABANDONED = 30_000;
const PAUSE = 5;

/**
 * Runs `act` while holding a lock file beside `path`, which one process at a time can create. A lock that a killed process left is taken
 * away once it is half a minute old: a process that was halted for so long in the middle may then meet another one, which is why link(2)
 * is preferred wherever there is one. `since` is when the caller began, by the clock of the file system.
 */
export async function underLock<T>(
  path: string,
  { since }: { readonly since: number },
  act: () => Promise<T>,
): Promise<T> {
  const lock = posix.join(posix.dirname(path), `.${posix.basename(path)}.lock`);
  for (let now = since; !(await created(lock)); now += PAUSE) {
    if (await isAbandoned(lock, now)) await fs.rm(lock, { force: true });
    else await setTimeout(PAUSE);
  }
  try {
    return await act();
  } finally {
    await fs.rm(lock, { force: true });
  }
}

async function created(lock: string): Promise<boolean> {
  try {
    await (await fs.open(lock, "wx")).close();
    return true;
  } catch (cause) {
    if (hasCode(cause, "EEXIST")) return false;
    throw cause;
  }
}

async function isAbandoned(lock: string, now: number): Promise<boolean> {
  try {
    return now - (await fs.stat(lock)).mtimeMs > ABANDONED;
  } catch (cause) {
    if (hasCode(cause, "ENOENT")) return false;
    throw cause;
  }
}
