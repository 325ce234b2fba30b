import { localName, type Share, type SharedObject, type ShareUpdate, WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { sendUntilKnown } from "../execute/retry.ts";
import { chunks } from "../inspect/history.ts";
import { TABLES_IN_SHARE } from "./routed.ts";
import type { RoutedTable, UnsharedTable } from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";

/** Changes of a share in one call. Source: Unity Catalog REST API, `PATCH /shares/{name}`. */
const UPDATES_IN_CALL = 100;

export interface FilledShare {
  /** What the service would not share, with its reason. */
  readonly unshared: readonly UnsharedTable[];
  /** Tables that were in the share without history, and have it since. */
  readonly deepened: readonly RoutedTable[];
}

/**
 * Adds what is missing to a share, always with history: without it there is neither a pinned version nor a fast clone. What the service
 * refuses is found by halving the call that it was in, and told; the others are shared. Throws ROUTE_IMPOSSIBLE when it would hold too much.
 */
export async function fillShare(
  share: Share,
  tables: readonly RoutedTable[],
  ports: RoutePorts,
): Promise<FilledShare> {
  const wanted = wantedUpdates(share, tables);
  requireRoom(share, wanted);
  const refusals = new Map<string, WorkspaceError>();
  // An alias is not changed in place: the table leaves the share under the old one first.
  for (const action of ["REMOVE", "ADD", "UPDATE"] as const) {
    const those = wanted.filter((update) => update.action === action && !refusals.has(keyOf(update.object)));
    for (const batch of chunks(those, UPDATES_IN_CALL)) {
      for (const { update, error } of await put(share.name, batch, ports))
        refusals.set(keyOf(update.object), error);
    }
  }
  const refused = (table: RoutedTable) => refusals.get(keyOf(objectOf(table)));
  requireRight(tables, refusals);
  return {
    unshared: tables.flatMap((table) => unshared(table, refused(table))),
    deepened: tables.filter(
      (table) =>
        refused(table) === undefined &&
        wanted.some(({ action, object }) => action === "UPDATE" && keyOf(object) === keyOf(objectOf(table))),
    ),
  };
}

/** What a share lacks of some tables, in the order in which it has to be changed. Pure. */
export function wantedUpdates(
  { objects }: Pick<Share, "objects">,
  tables: readonly RoutedTable[],
): readonly ShareUpdate[] {
  const there = new Map(objects.map((object) => [keyOf(object), object]));
  return tables.flatMap((table): readonly ShareUpdate[] => {
    const object = objectOf(table);
    const found = there.get(keyOf(object));
    if (found === undefined) return [{ action: "ADD", object }];
    if (!isSame(found.sharedAs, object.sharedAs))
      return [
        { action: "REMOVE", object: found },
        { action: "ADD", object },
      ];
    return found.history === true ? [] : [{ action: "UPDATE", object }];
  });
}

function objectOf({ source, sharedAs }: RoutedTable): SharedObject {
  const { catalog, schema, name } = source;
  return { name: `${catalog}.${schema}.${name}`, type: "TABLE", sharedAs, history: true };
}

function keyOf({ name }: Pick<SharedObject, "name">): string {
  return name.toLowerCase();
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

interface Refusal {
  readonly update: ShareUpdate;
  readonly error: WorkspaceError;
}

/** One call, or several smaller ones when the service will not have all of it. What another run has put there meanwhile is done. */
async function put(
  share: string,
  updates: readonly ShareUpdate[],
  ports: RoutePorts,
): Promise<readonly Refusal[]> {
  const { sharing } = ports.source;
  const send = async () => {
    await sharing.updateShare(share, updates);
    return true;
  };
  const observe = async () => ((await openOf(share, updates, ports)).length === 0 ? true : undefined);
  try {
    await sendUntilKnown({ send, observe }, ports);
    return [];
  } catch (error) {
    if (!isAboutObjects(error) || ports.signal?.aborted) throw error;
    const open = await openOf(share, updates, ports);
    const [only] = open;
    if (only === undefined) return [];
    if (open.length < updates.length) return put(share, open, ports);
    if (open.length === 1) return [{ update: only, error }];
    const middle = Math.ceil(open.length / 2);
    const first = await put(share, open.slice(0, middle), ports);
    return [...first, ...(await put(share, open.slice(middle), ports))];
  }
}

/** The updates that the share does not show. Throws NOT_FOUND when the share itself is gone. */
async function openOf(
  share: string,
  updates: readonly ShareUpdate[],
  { source }: RoutePorts,
): Promise<readonly ShareUpdate[]> {
  const now = await source.sharing.share(share);
  if (now === undefined) throw new WorkspaceError("NOT_FOUND", `Share ${share} is gone.`);
  const there = new Map(now.objects.map((object) => [keyOf(object), object]));
  return updates.filter(({ action, object }) => {
    const found = there.get(keyOf(object));
    if (action === "REMOVE") return found !== undefined && isSame(found.sharedAs, object.sharedAs);
    return found?.history !== true || !isSame(found.sharedAs, object.sharedAs);
  });
}

const ABOUT_OBJECTS: ReadonlySet<string> = new Set([
  "INVALID_REQUEST",
  "STATEMENT_FAILED",
  "PERMISSION_DENIED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
]);

function isAboutObjects(error: unknown): error is WorkspaceError {
  return error instanceof WorkspaceError && ABOUT_OBJECTS.has(error.code);
}

function requireRoom(share: Share, wanted: readonly ShareUpdate[]): void {
  const added = wanted.filter(({ action }) => action === "ADD").length;
  const removed = wanted.filter(({ action }) => action === "REMOVE").length;
  const held = share.objects.filter(({ type }) => type === "TABLE").length;
  if (added === 0 || held + added - removed <= TABLES_IN_SHARE) return;
  throw new CloneError(
    "ROUTE_IMPOSSIBLE",
    `Share ${share.name} holds ${held} tables, and ${added} more are to be shared: a share holds at most ${TABLES_IN_SHARE}. Clone in parts (include_schemas), each with cleanup_after_clone.`,
    { object: share.name },
  );
}

/** Who may change nothing of the share is told so, once. */
function requireRight(tables: readonly RoutedTable[], refusals: ReadonlyMap<string, WorkspaceError>): void {
  const errors = [...refusals.values()];
  const [first] = errors;
  if (first === undefined || refusals.size < tables.length || tables.length < 2) return;
  if (errors.every(({ code }) => code === "PERMISSION_DENIED")) throw first;
}

function unshared(
  { source, step }: RoutedTable,
  error: WorkspaceError | undefined,
): readonly UnsharedTable[] {
  if (error === undefined) return [];
  const reason = `it cannot be shared with the target's metastore: ${error.message.split("\n")[0] ?? ""}`;
  return [{ step, residue: { object: localName(source), what: "table", reason } }];
}
