import type { PrincipalRecord } from "../metastore/metastore.ts";

/** The group that everybody belongs to. */
export const EVERYBODY = "account users";

/** The names under which grants and ownership reach a principal: its own, its groups', and everybody's. */
export function namesOf(principal: PrincipalRecord): ReadonlySet<string> {
  return new Set([principal.name, ...principal.groups, EVERYBODY]);
}
