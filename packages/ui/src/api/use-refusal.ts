import { useQuery } from "@tanstack/react-query";
import { type Role, session } from "./session.ts";

/** A role that may change something. */
export type ActingRole = Exclude<Role, "viewer">;

const RANKS: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };
const ARE: Readonly<Record<Role, string>> = {
  viewer: "a viewer",
  operator: "an operator",
  admin: "an admin",
};

/** Why whoever asks may not do what needs this role; `undefined`: they may, as on a server that asks nobody who they are. */
export function useRefusal(needs: ActingRole): string | undefined {
  const { data: who } = useQuery(session);
  if (who === undefined || who.auth === "none" || who.role === null) return undefined;
  if (RANKS[who.role] >= RANKS[needs]) return undefined;
  return `Needs the role ${needs}; you are ${ARE[who.role]}.`;
}
