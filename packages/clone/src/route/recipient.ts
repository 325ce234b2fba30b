import type { Recipient } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { alreadyExists, sendUntilKnown } from "../execute/retry.ts";
import { readMark, sameTuple, writeMark } from "./mark.ts";
import type { RouteNames, RouteTuple } from "./names.ts";
import type { RoutePart } from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";

type Wanted = Pick<RouteNames, "recipient"> & { readonly tuple: RouteTuple };

/**
 * The recipient that stands for the target's metastore: the one that is there, whatever its name, or a new one. Of several who make it at
 * the same time one does, and the others find it. Throws ROUTE_TAKEN when its name stands for another metastore, or what is there may not be
 * seen.
 */
export async function ensureRecipient(wanted: Wanted, ports: RoutePorts): Promise<RoutePart> {
  const { recipient: name, tuple } = wanted;
  const { sharing } = ports.source;
  const observe = () => recipientOf(tuple, ports);
  const comment = writeMark({ tuple, run: ports.runId });
  const create = () => sharing.createRecipient({ name, globalMetastoreId: tuple.targetMetastore, comment });
  try {
    const found = (await observe()) ?? (await sendUntilKnown({ send: create, observe }, ports));
    return { name: found.name, state: isMadeBy(found, tuple, ports) ? "created" : "reused" };
  } catch (error) {
    if (!alreadyExists(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new CloneError(
      "ROUTE_TAKEN",
      `No recipient can be made for ${tuple.targetMetastore}: ${why} Rename or drop it, or if it stands for that metastore, let the runner see it: GRANT USE RECIPIENT ON METASTORE.`,
      { object: name, cause: error },
    );
  }
}

/** What stands for the target's metastore; `undefined` when nothing does. */
export async function recipientOf(
  { targetMetastore }: RouteTuple,
  { source }: Pick<RoutePorts, "source">,
): Promise<Recipient | undefined> {
  const found = await source.sharing.recipients({ globalMetastoreId: targetMetastore });
  return found.find(({ globalMetastoreId }) => globalMetastoreId === targetMetastore);
}

/** One recipient serves all routes into a metastore: it was made for the first of them. */
function isMadeBy({ comment }: Recipient, tuple: RouteTuple, { runId }: RoutePorts): boolean {
  const mark = readMark(comment);
  return mark !== undefined && mark.run === runId && sameTuple(mark.tuple, tuple);
}
