import type { EffectivePrivilege, PrivilegeAssignment, SecurableType } from "@clone-xs/unity";
import type { EffectivePermissionsResponse, PrivilegeAssignmentInfo } from "../../contract/index.ts";

/** Direct grants. A principal that the pages name twice is one assignment. */
export function toAssignments(found: readonly PrivilegeAssignmentInfo[]): PrivilegeAssignment[] {
  const byPrincipal = new Map<string, Set<string>>();
  for (const { principal, privileges = [] } of found) {
    const held = byPrincipal.get(principal) ?? new Set<string>();
    for (const privilege of privileges) held.add(privilege);
    byPrincipal.set(principal, held);
  }
  return [...byPrincipal].map(([principal, privileges]) => ({ principal, privileges: [...privileges] }));
}

/** One entry per principal and privilege. What is inherited never loses that mark: it would pass for a direct grant. */
export function toEffectivePrivileges(
  found: NonNullable<EffectivePermissionsResponse["privilege_assignments"]>,
): EffectivePrivilege[] {
  return found.flatMap(({ principal, privileges = [] }) =>
    privileges.map(({ privilege, inherited_from_type, inherited_from_name }) => ({
      principal,
      privilege,
      ...(inherited_from_type === undefined && inherited_from_name === undefined
        ? {}
        : {
            inheritedFrom: {
              type: (inherited_from_type ?? "").toLowerCase() as SecurableType,
              name: inherited_from_name ?? "",
            },
          }),
    })),
  );
}
