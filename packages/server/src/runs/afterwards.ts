import {
  documentsIn,
  isOpenRun,
  isUndoable,
  recordsOf,
  type RollbackSummary,
  runDirectory,
} from "@clone-xs/clone";
import { isOver } from "./states.ts";
import type { RunEntry } from "./store.ts";

/** What can be done with a run that is over, and what was. */
export interface Afterwards {
  readonly resumable: boolean;
  readonly undoable: boolean;
  readonly rollback: RollbackSummary | null;
}

const NOTHING: Afterwards = { resumable: false, undoable: false, rollback: null };

/** What the newest rollback of a run came to; null when there was none. */
export async function rollbackOf(id: string, home: string): Promise<RollbackSummary | null> {
  // Whatever stands there, `rollbackRecorded` wrote.
  return ((await documentsIn(runDirectory(home, id)).read("rollback")) ?? null) as RollbackSummary | null;
}

/** As the files of the run tell; of a run that is not over they are not asked. */
export async function afterwardsOf({ id, state }: RunEntry, home: string): Promise<Afterwards> {
  if (!isOver(state)) return NOTHING;
  const records = state === "failed" ? await recordsOf(home, id) : [];
  const rollback = await rollbackOf(id, home);
  return {
    resumable: records.length > 0 && isOpenRun(records),
    undoable: rollback?.status !== "success" && (await isUndoable(home, id)),
    rollback,
  };
}
