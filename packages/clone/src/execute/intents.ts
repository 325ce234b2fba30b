import type { Step } from "../plan/plan.ts";
import type { Ledgering } from "./ledgering.ts";

/** Intents that share a write, at most. */
const MOST = 64;
/** A plan's intents are written in at least so many parts: what a ledger says of a small plan is then step by step. */
const PARTS = 200;

/**
 * Records that a step is about to be begun; resolves with `true` when that is on the disk. In a large plan the steps after it are
 * recorded with it, so that a hundred thousand of them do not wait for as many syncs: an intent says that a step may have been
 * begun, and whoever goes on with the run looks.
 */
export function intentsOf(steps: readonly Step[], { durably }: Ledgering): (step: Step) => Promise<boolean> {
  const size = Math.min(MOST, Math.ceil(steps.length / PARTS));
  const places = new Map(steps.map(({ id }, place) => [id, Math.floor(place / size)]));
  const written = new Map<number, Promise<boolean>>();
  const write = async (part: number): Promise<boolean> => {
    const those = steps.slice(part * size, (part + 1) * size);
    const records = those.map(({ id, object, operation }) =>
      durably({ type: "intent", step: id, object, operation: operation.kind }),
    );
    return (await Promise.all(records)).every(Boolean);
  };
  return ({ id }) => {
    const part = places.get(id) ?? 0;
    const begun = written.get(part) ?? write(part);
    written.set(part, begun);
    return begun;
  };
}
