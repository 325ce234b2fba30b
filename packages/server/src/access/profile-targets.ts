import { ServerError } from "../errors.ts";
import type { Caller } from "./caller.ts";

/**
 * Throws FORBIDDEN_ROLE when somebody who is no administrator gives a connection that signs in by a profile: profiles are the server's
 * own credentials, and whoever may name one uses them. Wherever in a body it stands.
 */
export function checkProfileTargets(body: unknown, { role, name }: Caller): void {
  if (role === "admin" || !namesProfile(body)) return;
  throw new ServerError(
    "FORBIDDEN_ROLE",
    `auth_method profile signs in with the server's own profiles. This is for the role admin, and ${name} has the role ${role ?? "of nobody"}. Use a saved connection.`,
  );
}

/** Without recursion: a body may be nested as deep as it is long. */
function namesProfile(body: unknown): boolean {
  const left = [body];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== "object" || value === null) continue;
    if ("auth_method" in value && value.auth_method === "profile") return true;
    for (const each of Object.values(value)) left.push(each);
  }
  return false;
}
