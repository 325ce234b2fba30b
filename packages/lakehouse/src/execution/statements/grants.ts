import {
  changeGrants,
  effectivePrivileges,
  nameOf,
  namesOf,
  requireOwnerOrManage,
  type Target,
} from "../../authorization/index.ts";
import type { ExecutionResult } from "../execution.ts";
import { STRING } from "../types/types.ts";
import { DONE, table, type Work } from "../work.ts";
import { targetOf } from "./securable.ts";
import type { StatementOf } from "./statement.ts";

/** GRANT and REVOKE. */
export function grant(work: Work, statement: StatementOf<"grant" | "revoke">): ExecutionResult {
  const target = targetOf(work, statement.on);
  const privileges = statement.privileges.map((privilege) => privilege.replaceAll(" ", "_"));
  const { principal } = statement;
  changeGrants(work.viewer, target, [
    statement.kind === "grant" ? { principal, add: privileges } : { principal, remove: privileges },
  ]);
  return DONE;
}

const COLUMNS = ["Principal", "ActionType", "ObjectType", "ObjectKey"].map((name) => [name, STRING] as const);

/** SHOW GRANTS: with those inherited, each under the securable it was given on. */
export function showGrants(work: Work, statement: StatementOf<"showGrants">): ExecutionResult {
  const target = targetOf(work, statement.on);
  const asksOwn =
    statement.principal !== undefined && namesOf(work.context.principal).has(statement.principal);
  if (!asksOwn) requireOwnerOrManage(work.viewer, target);
  const rows = grantRows(work, target).filter(
    ([principal]) => statement.principal === undefined || principal === statement.principal,
  );
  return table(COLUMNS, rows);
}

function grantRows(work: Work, target: Target): readonly (readonly string[])[] {
  const { metastore } = work.context;
  if (target.type === "metastore")
    return metastore
      .grants("metastore", metastore.id)
      .flatMap(({ principal, privileges }) =>
        privileges.map((p) => [principal, words(p), "METASTORE", metastore.id]),
      );
  return effectivePrivileges(metastore, target).map(({ principal, privilege, inheritedFrom }) => [
    principal,
    words(privilege),
    (inheritedFrom?.type ?? target.type).toUpperCase(),
    inheritedFrom?.name ?? nameOf(target),
  ]);
}

function words(privilege: string): string {
  return privilege.replaceAll("_", " ");
}
