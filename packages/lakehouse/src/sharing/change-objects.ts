import type { Snapshot } from "@clone-xs/delta";
import { fullName, type SharedObject, type ShareUpdate } from "@clone-xs/unity";
import type { ShareObject, ShareRecord } from "../metastore/shares.ts";
import type { SharingContext } from "./context.ts";
import { denied, invalid, objectExists, objectMissing, tableMissing } from "./errors.ts";
import { missingRight, objectNamed, unshareable } from "./shareable.ts";
import { currentState } from "./states.ts";

/** Source: Unity Catalog REST API, `PATCH /shares/{name}`. */
const UPDATES_AT_ONCE = 100;
/** Source: Databricks resource limits, Delta Sharing. */
const TABLES = 1000;
/** Source: "ALTER SHARE", aliases. */
const ALIAS = /^[A-Za-z0-9_]+\.[A-Za-z0-9_]+$/u;

/** Throws for what is too much in one call, whatever it is. */
export function checkLimits(updates: readonly ShareUpdate[]): void {
  if (updates.length > UPDATES_AT_ONCE)
    throw invalid(
      `The number of updates in one request must not exceed ${UPDATES_AT_ONCE}, but is ${updates.length}.`,
    );
}

/**
 * Looks at the tables that are to be shared, and gives the change to make of the share as it stands when it is written: all updates or none.
 * Throws NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED or INVALID_REQUEST.
 */
export async function changedObjects(
  context: SharingContext,
  share: ShareRecord,
  updates: readonly ShareUpdate[],
): Promise<
  (
    share: ShareRecord,
    by: { readonly at: number; readonly by: string },
  ) => { readonly objects: readonly ShareObject[] }
> {
  for (const { action, object } of updates)
    if (action !== "REMOVE") await checkObject(context, share.owner, object);
  return (now, { at, by }) => {
    const objects = updates.reduce(
      (held, update) => applied(now.name, held, update, { addedAt: at, addedBy: by }),
      currentState(now).objects,
    );
    if (objects.length > TABLES) throw invalid(`Share '${now.name}' cannot hold more than ${TABLES} tables.`);
    return { objects };
  };
}

function applied(
  share: string,
  held: readonly ShareObject[],
  { action, object }: ShareUpdate,
  added: Pick<ShareObject, "addedAt" | "addedBy">,
): readonly ShareObject[] {
  const name = object.name.toLowerCase();
  const found = held.find((one) => one.name === name);
  const sameAlias = (one: ShareObject) => one.sharedAs.toLowerCase() === object.sharedAs.toLowerCase();
  if (action !== "REMOVE" && held.some((one) => one !== found && sameAlias(one)))
    throw objectExists(`Shared name '${object.sharedAs}'`, share);
  switch (action) {
    case "ADD":
      if (found !== undefined) throw objectExists(`Shared object '${name}'`, share);
      return [...held, { ...object, name, ...added }];
    case "UPDATE":
      if (found === undefined) throw objectMissing(name, share);
      return held.map((one) => (one === found ? { ...found, ...object, name } : one));
    case "REMOVE":
      if (found === undefined) throw objectMissing(name, share);
      return held.filter((one) => one !== found);
  }
}

async function checkObject(context: SharingContext, owner: string, object: SharedObject): Promise<void> {
  const { metastore, deltaTable } = context;
  const name = objectNamed(object.name);
  if (object.type !== "TABLE")
    throw invalid(
      `'${object.name}' cannot be shared: the embedded workspace shares tables, and no ${object.type}.`,
    );
  if (!ALIAS.test(object.sharedAs))
    throw invalid(
      `Invalid shared name '${object.sharedAs}': it is '<schema>.<table>', and its parts can only contain letters, digits and underscores.`,
    );
  const record = name && metastore.table(name);
  if (name === undefined || record === undefined) throw tableMissing(object.name);
  if (metastore.catalog(name.catalog)?.share !== undefined)
    throw invalid(`Table '${fullName(name)}' cannot be shared because another metastore shares it.`);
  const missing = missingRight(metastore, owner, name);
  if (missing !== undefined) throw denied(missing);
  const reason = unshareable(record);
  if (reason !== undefined) throw invalid(reason);
  if (object.history === true || record.location === undefined) return;
  const feature = needsHistory(await deltaTable(record.location).snapshot());
  if (feature !== undefined)
    throw invalid(`Table '${fullName(name)}' uses ${feature} and can only be shared WITH HISTORY.`);
}

/** Recipients without the history would have to understand these. Source: "Create and manage shares", limitations. */
function needsHistory({ metadata, protocol }: Snapshot): string | undefined {
  const { configuration } = metadata;
  const mode = configuration["delta.columnMapping.mode"];
  if (mode !== undefined && mode !== "none") return "column mapping";
  if (protocol.readerFeatures?.includes("deletionVectors") === true) return "deletion vectors";
  return undefined;
}
