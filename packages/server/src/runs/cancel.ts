import type { RunState } from "../contract/index.ts";
import { endAbandoned, isHeld, type Looking } from "./abandoned.ts";

/**
 * Asks for the end of a run, whichever process has it: one that waits is over at once; one that is carried out ends when its process has
 * seen this, within about a second; one whose process is gone ends as failed, as it would at the next start of a server. Returns the state right
 * after, or `undefined` when there is no such run.
 */
export function askCancel(id: string, looking: Looking): RunState | undefined {
  const { store, now } = looking;
  const before = store.entry(id);
  if (before === undefined) return undefined;
  if (store.move(id, "cancel", { at: now() }) !== undefined)
    store.append(id, { at: now(), type: "log", level: "warn", line: "A cancel was asked for." });
  const asked = store.entry(id);
  if (asked?.state === "cancelling" && !isHeld(asked, looking)) endAbandoned(asked, looking);
  return store.entry(id)?.state;
}
