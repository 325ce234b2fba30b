import {
  CloneError,
  recordsOf,
  type RollbackOptions,
  rollbackRecorded,
  type RollbackSummary,
} from "@clone-xs/clone";
import { type CarrierOptions, withRunPorts } from "./carry-out.ts";
import { isOver } from "./states.ts";
import type { RunStore } from "./store.ts";

/** Takes runs back. What it says goes to the log of the run. */
export interface Undoing {
  /**
   * Throws RUN_ALIVE for a run that is not over, RUN_NOT_FOUND when there is no record to undo it by, and what `rollbackRecorded` throws.
   * `signal` gives it up; what is undone by then stays undone, and asking again does the rest.
   */
  undo(id: string, options: RollbackOptions, signal?: AbortSignal): Promise<RollbackSummary>;
  /** Cancels what is being undone and waits for its clean-up. */
  close(): Promise<void>;
}

export function undoing(options: CarrierOptions & { readonly store: RunStore }): Undoing {
  const { store, storeDirectory, clock } = options;
  const closing = new AbortController();
  const open = new Set<Promise<RollbackSummary>>();

  async function undo(id: string, how: RollbackOptions, given?: AbortSignal): Promise<RollbackSummary> {
    requireOver(id, store);
    const signal = given === undefined ? closing.signal : AbortSignal.any([closing.signal, given]);
    const emit: Parameters<typeof withRunPorts>[2]["emit"] = (event) => {
      if (!how.dryRun && event.type === "log") store.append(id, event);
    };
    const summary = await withRunPorts(id, options, { signal, emit }, async (ports) =>
      rollbackRecorded(id, await recordsOf(storeDirectory, id), how, ports),
    );
    emit({ at: clock.now(), type: "log", level: levelOf(summary), line: lineOf(summary) });
    return summary;
  }

  return {
    undo(id, how, signal) {
      const done: Promise<RollbackSummary> = undo(id, how, signal).finally(() => open.delete(done));
      open.add(done);
      return done;
    },
    async close() {
      closing.abort();
      await Promise.allSettled(open);
    },
  };
}

function lineOf({ status, undone, left, errors }: RollbackSummary): string {
  const stayed = left.length + errors.length;
  return `Rollback ${status}: ${undone.length} undone, ${stayed} left as ${stayed === 1 ? "it is" : "they are"}.`;
}

function levelOf({ status }: RollbackSummary): "info" | "warn" {
  return status === "success" ? "info" : "warn";
}

function requireOver(id: string, store: RunStore): void {
  const run = store.entry(id);
  if (run === undefined || isOver(run.state)) return;
  throw new CloneError("RUN_ALIVE", `Run ${id} is not over. Cancel it first.`, { object: id });
}
