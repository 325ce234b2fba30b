import { ExecutionError } from "../execution/execution.ts";
import { APPLICABLE } from "./applicable.ts";
import { EVERYBODY } from "./principals.ts";
import { nameOf, type Target, type Viewer } from "./privileges.ts";
import { requireOwnerOrManage } from "./requirements.ts";

/** What is added and removed for one principal, in REST spelling. */
export interface GrantChange {
  readonly principal: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** Privileges that removing ALL PRIVILEGES leaves. */
const outsideAll = new Set(["MANAGE", "EXTERNAL_USE_SCHEMA", "EXTERNAL_USE_LOCATION"]);

/**
 * Grants and revokes on one securable, all or nothing, for GRANT, REVOKE and the permissions API. Revoking what is not held changes
 * nothing; removing ALL PRIVILEGES removes every single privilege it implies. Throws `ExecutionError`: PERMISSION_DENIED,
 * PRINCIPAL_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE.
 */
export function changeGrants(viewer: Viewer, target: Target, changes: readonly GrantChange[]): void {
  requireOwnerOrManage(viewer, target);
  const { metastore } = viewer;
  const fullName = target.type === "metastore" ? metastore.id : nameOf(target);
  metastore.transaction(() => {
    for (const { principal, add = [], remove = [] } of changes) {
      checkPrincipal(viewer, principal);
      checkPrivileges(target, principal, add, remove);
      const held = metastore.grants(target.type, fullName).find((grant) => grant.principal === principal);
      const removed = remove.includes("ALL_PRIVILEGES")
        ? [...remove, ...(held?.privileges ?? []).filter((privilege) => !outsideAll.has(privilege))]
        : remove;
      metastore.revoke(target.type, fullName, principal, removed);
      metastore.grant(target.type, fullName, principal, add);
    }
  });
}

function checkPrincipal({ metastore }: Viewer, name: string): void {
  if (name === EVERYBODY || metastore.principal(name) !== undefined) return;
  // A group need not be a record of its own: its members name it.
  if (metastore.principals().some(({ groups }) => groups.includes(name))) return;
  throw new ExecutionError(
    "PRINCIPAL_DOES_NOT_EXIST",
    "42704",
    `[PRINCIPAL_DOES_NOT_EXIST] Could not find principal with name ${name}. SQLSTATE: 42704`,
  );
}

function checkPrivileges(
  target: Target,
  principal: string,
  add: readonly string[],
  remove: readonly string[],
): void {
  if (add.some((privilege) => remove.includes(privilege)))
    throw invalid(`Duplicate privileges to add and delete for principal ${principal}.`);
  const unknown = [...add, ...remove].find((privilege) => !APPLICABLE[target.type].has(privilege));
  if (unknown !== undefined)
    throw invalid(
      `Privilege ${unknown.replaceAll("_", " ")} is not applicable to this entity [${nameOf(target)}:${target.type.toUpperCase()}].`,
    );
}

function invalid(message: string): ExecutionError {
  return new ExecutionError(
    "INVALID_PARAMETER_VALUE",
    "22023",
    `[INVALID_PARAMETER_VALUE] ${message} SQLSTATE: 22023`,
  );
}
