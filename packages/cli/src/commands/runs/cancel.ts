import { askCancel, isOver, openRunStore, type RunEntry, type RunStore } from "@clone-xs/server";
import { storeDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import { isHolderAlive } from "../../runs/this-process.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import type { ShowOptions } from "./run.ts";
import { unknownRun } from "./unknown-run.ts";

/** A run ends within about a second of the request, and then gives back what it had revoked. */
const LOOK_MS = 200;

/**
 * `clxs runs cancel`: asks the process that carries the run out, and waits for its end. Exit 0 when it is cancelled, also when it was
 * before; 1 when it ended otherwise meanwhile, 3 when it was over, 130 when the user waits no longer. The request stays.
 */
export async function cancelRun(
  id: string,
  { output }: ShowOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const store = openRunStore(storeDirectory(surroundings), `${process.pid}/cli-cancel`);
  try {
    const before = store.entry(id);
    if (before === undefined) throw unknownRun(id);
    const after = isOver(before.state) ? before : await ended(id, store, surroundings);
    const document = { job_id: id, status: after.state, error: after.error };
    surroundings.out.write(
      output === "json" ? `${JSON.stringify(document, null, 2)}\n` : `${sentence(before, after)}\n`,
    );
    if (after.state === "cancelled") return ExitCode.done;
    return isOver(before.state) ? ExitCode.refused : ExitCode.someFailed;
  } finally {
    store.close();
  }
}

async function ended(id: string, store: RunStore, surroundings: Surroundings): Promise<RunEntry> {
  const { clock, interrupted } = surroundings;
  const looking = { store, now: () => clock.now(), isHolderAlive };
  askCancel(id, looking);
  let told = false;
  for (;;) {
    const run = store.entry(id);
    if (run === undefined) throw unknownRun(id);
    if (isOver(run.state)) return run;
    // Its process may die of it.
    if (run.holder === null || !isHolderAlive(run.holder)) askCancel(id, looking);
    if (!told) tell(surroundings, `Cancelling run ${id}: its process (${run.holder}) stops its statements.`);
    told = true;
    await clock.sleep(LOOK_MS, interrupted);
  }
}

function sentence(before: RunEntry, { id, state, error }: RunEntry): string {
  if (isOver(before.state)) return `Nothing to cancel: run ${id} is already ${state}.`;
  if (state === "cancelled") return `Run ${id} is cancelled. What it had finished stays.`;
  return `Run ${id} ended before the cancel took effect: ${state}.${error === null ? "" : ` ${error}`}`;
}
