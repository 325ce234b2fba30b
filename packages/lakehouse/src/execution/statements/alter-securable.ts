import type { SecurableType } from "@clone-xs/unity";
import { nameOf, requireApplyTag, requireOwnerOrManage, type Target } from "../../authorization/index.ts";
import { failure, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { DONE, type Work } from "../work.ts";
import { targetOf } from "./securable.ts";
import { changedNow, type StatementOf } from "./statement.ts";

/** ALTER CATALOG, SCHEMA, VOLUME and FUNCTION. */
export function alterSecurable(work: Work, { on, action }: StatementOf<"alterSecurable">): ExecutionResult {
  const target = targetOf(work, on);
  if (target.type === "metastore") throw unsupported("ALTER METASTORE");
  switch (action.kind) {
    case "owner":
      setOwner(work, target, action.principal);
      return DONE;
    case "setTags":
      requireApplyTag(work.viewer, target);
      work.context.metastore.setTags(
        target.type,
        nameOf(target),
        action.tags.map(({ key, value }) => ({ name: key, value })),
      );
      return DONE;
    case "unsetTags":
      requireApplyTag(work.viewer, target);
      work.context.metastore.unsetTags(target.type, nameOf(target), action.keys);
      return DONE;
    case "rename":
      throw unsupported(`renaming a ${target.type}`);
  }
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

function put<R>(record: R | undefined, write: (record: R) => void): void {
  if (record !== undefined) write(record);
}
