import { CloneError } from "../../errors.ts";
import type { ObjectError } from "../../summarize/summary.ts";
import { type Guarded, type GuardedResult, type GuardedRun, unlessCancelled } from "../guarded.ts";
import { readGuards } from "../guard-tables.ts";
import { guardPorts, type Held } from "../lease/with-leases.ts";
import { beginMasks } from "./begin-masks.ts";
import { liftsMasks } from "./lifts-masks.ts";

/**
 * Runs the body while masks and row filters of the source are off and nobody but the runner reads it, when that is asked for; they are put
 * back in every ending, and the reads after them. Throws MASK_GUARD_REFUSED before the body.
 */
export async function withMasks<Value>(
  run: GuardedRun,
  held: Held,
  body: (lifted: Pick<Guarded, "grants" | "lifted">) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const { request, runId, ports } = run;
  const problems: ObjectError[] = [];
  const at = guardPorts(run, ports.source);
  if (!liftsMasks(request)) return { value: await body({}), problems };
  const { signal, beforeStep } = held;
  const begin = async () => {
    await refuseUnsettled(run);
    return { lifted: await beginMasks({ request, runId, ports: at, signal, beforeStep }) };
  };
  const begun = await unlessCancelled(begin, signal);
  if (begun === undefined) return { value: undefined, problems };
  const { lifted } = begun;
  if (lifted === undefined) return { value: await body({}), problems };
  try {
    return { value: await body({ grants: lifted.grants, lifted: lifted.tables }), problems };
  } finally {
    const { failures } = await lifted.release();
    for (const message of failures)
      problems.push({ object: request.sourceCatalog, operation: "masks", code: "RESTORE_FAILED", message });
  }
}

/** Throws MASK_GUARD_REFUSED for what masks are not lifted with. A quiesce gives ALL PRIVILEGES back for itself, and with it the reads. */
export function refuseUnsuited({ request, ports }: GuardedRun): void {
  if (!liftsMasks(request)) return;
  const { sourceCatalog: catalog } = request;
  const refuse = (why: string) => new CloneError("MASK_GUARD_REFUSED", why, { object: catalog });
  if (request.quiesce !== undefined)
    throw refuse("auto_handle_masks and quiesce_source cannot stand together. Ask for one of them.");
  if (ports.settings.protectedCatalogs.includes(catalog.toLowerCase()))
    throw refuse(`${catalog} is among protected_catalogs: its masks and grants are never changed.`);
}

/** What another run has lifted and not put back would look as if it had never been covered. */
async function refuseUnsettled(run: GuardedRun): Promise<void> {
  const { request, ports } = run;
  const catalog = request.sourceCatalog;
  const guards = (await readGuards(guardPorts(run, ports.source))) ?? [];
  const stands = guards.find(({ state }) => state.catalog.toLowerCase() === catalog.toLowerCase());
  if (stands === undefined) return;
  throw new CloneError(
    "MASK_GUARD_REFUSED",
    `What run ${stands.runId} changed on ${catalog} is not all given back yet. Run unlock, then clone again.`,
    { object: catalog },
  );
}
