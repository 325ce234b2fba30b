/**
 * What somebody may do with this server. `viewer` looks and asks what would happen; `operator` starts, stops and undoes; `admin` also
 * decides about connections, tokens and where news goes. Each may what those before it may.
 */
const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who may ask a route: `anyone` also without a token. */
export type RouteAccess = Role | "anyone";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route of the API says it; one that does not is refused at start. */
    readonly role?: RouteAccess;
  }
}

/** Whether somebody of `role` (`undefined`: nobody known) may do what is for `needed`. */
export function mayDo(role: Role | undefined, needed: RouteAccess): boolean {
  if (needed === "anyone") return true;
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
