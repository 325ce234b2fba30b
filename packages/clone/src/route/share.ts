import type { Share, ShareSummary } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { alreadyExists, sendUntilKnown } from "../execute/retry.ts";
import { readMark, sameTuple, writeMark } from "./mark.ts";
import type { RouteNames, RouteTuple } from "./names.ts";
import type { RoutePart } from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";

type Wanted = Pick<RouteNames, "share"> & { readonly tuple: RouteTuple };

/** The share of a route: the one that is there, or a new one. Throws ROUTE_TAKEN when what is there is of another pair. */
export async function ensureShare(wanted: Wanted, ports: RoutePorts): Promise<RoutePart> {
  const { share: name, tuple } = wanted;
  const { sharing } = ports.source;
  const observe = () => shareOf(wanted, ports);
  const comment = writeMark({ tuple, run: ports.runId });
  const create = () => sharing.createShare({ name, comment });
  const found =
    (await observe()) ?? (await sendUntilKnown({ send: create, observe }, ports).catch(unseen(name)));
  const isOurs = readMark(found.comment)?.run === ports.runId;
  return { name, state: isOurs ? "created" : "reused" };
}

/** It is there, and belongs to somebody who lets nobody else see it. */
function unseen(name: string) {
  return (error: unknown): never => {
    if (!alreadyExists(error)) throw error;
    throw new CloneError(
      "ROUTE_TAKEN",
      `Share ${name} exists, and the runner may not see it: a share is changed by its owner alone. Let the owner clone, or make a group the owner that both belong to.`,
      { object: name, cause: error },
    );
  };
}

/** The share when it is there. Throws ROUTE_TAKEN when it is of another pair. */
export async function shareOf(
  { share: name, tuple }: Wanted,
  { source }: Pick<RoutePorts, "source">,
): Promise<Share | undefined> {
  const found = await source.sharing.share(name);
  if (found !== undefined) requireOurs(found, tuple);
  return found;
}

function requireOurs({ name, comment }: ShareSummary, tuple: RouteTuple): void {
  const mark = readMark(comment);
  if (mark !== undefined && sameTuple(mark.tuple, tuple)) return;
  const whose =
    mark === undefined
      ? "carries no mark of a clone"
      : `is of ${mark.tuple.sourceCatalog} and ${mark.tuple.destinationCatalog}`;
  throw new CloneError(
    "ROUTE_TAKEN",
    `Share ${name} ${whose}, so it is not used for ${tuple.sourceCatalog} and ${tuple.destinationCatalog}. Rename or drop it, or choose another destination.`,
    { object: name },
  );
}
