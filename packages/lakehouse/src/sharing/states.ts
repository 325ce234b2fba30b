import type { ShareObject, ShareRecord, ShareState } from "../metastore/shares.ts";

/** What a share is now, for its own metastore. */
export function currentState({ name, states }: ShareRecord): ShareState {
  const last = states.at(-1);
  if (last === undefined) throw new RangeError(`share ${name} has no state`);
  return last;
}

export interface ShareChange {
  readonly objects?: readonly ShareObject[];
  readonly recipients?: readonly string[];
  readonly at: number;
  readonly by: string;
  /** How long recipients do not see a change. */
  readonly delayMs: number;
}

/** A share after a change; states that no recipient can be shown any more are forgotten. */
export function changedShare(
  record: ShareRecord,
  { objects, recipients, at, by, delayMs }: ShareChange,
): ShareRecord {
  const now = currentState(record);
  const next = { at, objects: objects ?? now.objects, recipients: recipients ?? now.recipients };
  const states = [...record.states, next];
  const shown = states.findLastIndex((state) => state.at <= at - delayMs);
  return { ...record, updatedAt: at, updatedBy: by, states: states.slice(Math.max(shown, 0)) };
}
