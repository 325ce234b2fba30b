import type { SecurableType } from "@clone-xs/unity";
import {
  nameOf,
  namesOf,
  requireApplyTag,
  requireOwnerOrManage,
  type Target,
} from "../../authorization/index.ts";
import { failure, unsupported } from "../errors.ts";
import { ExecutionError, type ExecutionResult } from "../execution.ts";
import { DONE, type Work } from "../work.ts";
import { targetOf } from "./securable.ts";
import { changedNow, propertiesOf, type StatementOf } from "./statement.ts";

/** ALTER CATALOG, SCHEMA, VOLUME and FUNCTION. */
export function alterSecurable(work: Work, { on, action }: StatementOf<"alterSecurable">): ExecutionResult {
  const target = targetOf(work, on);
  if (target.type === "metastore") throw unsupported("ALTER METASTORE");
  switch (action.kind) {
    case "owner":
      setOwner(work, target, action.principal);
      return DONE;
    case "setTags":
      requireTaggable(work, target);
      work.context.metastore.setTags(
        target.type,
        nameOf(target),
        action.tags.map(({ key, value }) => ({ name: key, value })),
      );
      return DONE;
    case "unsetTags":
      requireTaggable(work, target);
      work.context.metastore.unsetTags(target.type, nameOf(target), action.keys);
      return DONE;
    case "setProperties":
      changeProperties(work, target, (properties) => ({ ...properties, ...propertiesOf(action.properties) }));
      return DONE;
    case "unsetProperties":
      changeProperties(work, target, (properties) =>
        Object.fromEntries(Object.entries(properties).filter(([key]) => !action.keys.includes(key))),
      );
      return DONE;
    case "rename":
      throw unsupported(`renaming a ${target.type}`);
  }
}

function requireTaggable(work: Work, target: Target): void {
  if (target.type === "function") throw unsupported("tags on a function");
  requireApplyTag(work.viewer, target);
}

type Properties = Readonly<Record<string, string>>;

function changeProperties(work: Work, target: Target, change: (properties: Properties) => Properties): void {
  requireOwnerOrManage(work.viewer, target);
  if (target.type !== "schema") throw unsupported(`properties of a ${target.type}`);
  const { metastore } = work.context;
  put(metastore.schema(target.name), (r) =>
    metastore.putSchema({ ...r, ...changedNow(work), properties: change(r.properties) }),
  );
}

type Owned = Extract<Target, { type: SecurableType }>;

/** Hands a securable over. The new owner must be a principal or a group of one. */
export function setOwner(work: Work, target: Owned, owner: string): void {
  const { metastore } = work.context;
  requireOwnerOrManage(work.viewer, target);
  const known =
    metastore.principal(owner) !== undefined ||
    metastore.principals().some(({ groups }) => groups.includes(owner));
  if (!known)
    throw failure("PRINCIPAL_DOES_NOT_EXIST", "42704", `Could not find principal with name ${owner}.`);
  if (givesRights(work, target)) requireMayGive(work, target, owner);
  const change = { owner, ...changedNow(work) };
  switch (target.type) {
    case "catalog":
      return put(metastore.catalog(target.name), (r) => metastore.putCatalog({ ...r, ...change }));
    case "schema":
      return put(metastore.schema(target.name), (r) => metastore.putSchema({ ...r, ...change }));
    case "table":
      return put(metastore.table(target.name), (r) => metastore.putTable({ ...r, ...change }));
    case "function":
      return put(metastore.function(target.name), (r) => metastore.putFunction({ ...r, ...change }));
    case "volume":
      return put(metastore.volume(target.name), (r) => metastore.putVolume({ ...r, ...change }));
  }
}

/** What runs with its owner's rights. */
function givesRights(work: Work, target: Owned): boolean {
  if (target.type === "function") return true;
  return target.type === "table" && work.context.metastore.table(target.name)?.view !== undefined;
}

/** Only a metastore admin gives such a securable to others; groups that one belongs to are no others. */
function requireMayGive({ context }: Work, target: Owned, owner: string): void {
  const { principal } = context;
  if (principal.admin || namesOf(principal).has(owner)) return;
  throw new ExecutionError(
    "PERMISSION_DENIED",
    "42501",
    `PERMISSION_DENIED: User is not allowed to give '${nameOf(target)}' to '${owner}': only a metastore admin may transfer it to another principal. SQLSTATE: 42501`,
  );
}

function put<R>(record: R | undefined, write: (record: R) => void): void {
  if (record !== undefined) write(record);
}
