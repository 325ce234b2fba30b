import type { PrincipalRecord } from "@clone-xs/lakehouse";

/** Who the demo data grants to, beside the owner. `writer` may write also as a member of `etl_team`. */
export const demoPrincipals: readonly PrincipalRecord[] = [
  { name: "etl_team", kind: "group", groups: [], admin: false },
  { name: "writer", kind: "user", groups: ["etl_team"], admin: false },
  { name: "reader", kind: "user", groups: [], admin: false },
];
