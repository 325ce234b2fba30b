import { dropCatalog } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { sendUntilKnown } from "../execute/retry.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { readMark, type RouteMark, sameTuple } from "./mark.ts";
import { recipientOf } from "./recipient.ts";
import type { CloseRouteOperation } from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";

/** Which parts of a route may be removed, by who made them; all that the pair made unless it says otherwise. */
export type MayRemove = (mark: RouteMark) => boolean;

type Closing = Omit<CloseRouteOperation, "kind">;

const AT_ONCE = 8;

/**
 * Takes a route down: unmounts, takes the grant back, drops the share, and the recipient when nothing is shared with it any more. Only
 * what carries the pair's mark goes, and only while nobody else uses it; what stays is told with its reason. May be repeated; throws
 * what the workspaces throw.
 */
export async function closeRoute(
  closing: Closing,
  ports: RoutePorts,
  mayRemove: MayRemove = () => true,
): Promise<void> {
  const isOurs = (comment: string | undefined) => {
    const mark = readMark(comment);
    return mark !== undefined && sameTuple(mark.tuple, closing.tuple) && mayRemove(mark);
  };
  if (!(await unmount(closing, isOurs, ports))) return;
  if (!(await withdraw(closing, isOurs, ports))) return;
  await forget(closing, mayRemove, ports);
}

type IsOurs = (comment: string | undefined) => boolean;

/** False when somebody on the target goes on reading the share. */
async function unmount(closing: Closing, isOurs: IsOurs, ports: RoutePorts): Promise<boolean> {
  const { catalog: name, share } = closing;
  const { unity, statements } = ports.target;
  const mounted = (await unity.catalogs()).filter((catalog) => catalog.share?.share === share);
  const own = mounted.find((catalog) => catalog.name === name);
  if (own !== undefined && !isOurs(own.comment))
    return kept(`catalog ${name}`, "this run did not make it", ports);
  if (own !== undefined) {
    const drop = dropCatalog(name, { ifExists: true, cascade: true });
    // Named in full, and made from the share: what it shows is not dropped with it.
    const observe = async () => ((await unity.catalog(name)) === undefined ? true : undefined);
    const send = async () => {
      await statements.execute(drop);
      return true;
    };
    await sendUntilKnown({ send, observe }, ports);
    ports.tell(`Removed the shared catalog ${name}`);
  }
  const [other] = mounted.filter((catalog) => catalog !== own);
  return other === undefined || kept(`Delta Share ${share}`, `catalog ${other.name} reads it too`, ports);
}

/** False when the share stays. */
async function withdraw(
  { share: name, tuple }: Closing,
  isOurs: IsOurs,
  ports: RoutePorts,
): Promise<boolean> {
  const { sharing } = ports.source;
  const share = await sharing.share(name);
  if (share === undefined) return true;
  if (!isOurs(share.comment)) return kept(`Delta Share ${name}`, "this run did not make it", ports);
  const recipient = await recipientOf(tuple, ports);
  const grants = await sharing.shareGrants(name);
  const [other] = grants.filter(({ principal }) => !isSame(principal, recipient?.name ?? ""));
  if (recipient !== undefined)
    await again(() => sharing.changeShareGrants(name, { remove: [recipient.name] }), ports);
  if (other !== undefined) return kept(`Delta Share ${name}`, `${other.principal} reads it too`, ports);
  await again(() => sharing.deleteShare(name), ports);
  ports.tell(`Removed Delta Share ${name}`);
  return true;
}

/** The recipient serves all routes into its metastore, and may be somebody else's. */
async function forget(
  { recipient: name, tuple }: Closing,
  mayRemove: MayRemove,
  ports: RoutePorts,
): Promise<void> {
  const { sharing } = ports.source;
  const found = await recipientOf(tuple, ports);
  const mark = readMark(found?.comment);
  if (found === undefined || !isSame(found.name, name) || mark === undefined || !mayRemove(mark)) return;
  const shares = await sharing.shares();
  const granted = await inParallel(shares, AT_ONCE, async (share) => {
    const grants = await grantsOf(share.name, ports);
    return grants.some(({ principal }) => isSame(principal, name));
  });
  if (granted.includes(true)) return;
  await again(() => sharing.deleteRecipient(name), ports);
  ports.tell(`Removed the recipient ${name}`);
}

/** A share that vanishes meanwhile is granted to nobody. */
async function grantsOf(share: string, { source }: RoutePorts) {
  try {
    return await source.sharing.shareGrants(share);
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return [];
    throw error;
  }
}

/** Removing what is gone is fine, so that a lost answer is no trouble. */
async function again(act: () => Promise<void>, ports: RoutePorts): Promise<void> {
  const send = async () => {
    await act();
    return true;
  };
  await sendUntilKnown({ send, observe: async () => undefined }, ports);
}

function kept(what: string, reason: string, { tell }: RoutePorts): false {
  tell(`Kept ${what}: ${reason}`);
  return false;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
