import type { Role } from "./roles.ts";

/** Who asks. */
export interface Caller {
  /** Name of the token; `local` where nobody needs one, `nobody` who has not shown any. */
  readonly name: string;
  /** `undefined`: nobody's. Only routes for anyone are reached with it. */
  readonly role: Role | undefined;
  /** How it is known. */
  readonly by: "nothing" | "openness" | "token" | "session";
}

export const NOBODY: Caller = { name: "nobody", role: undefined, by: "nothing" };
/** Where no token is asked for, whoever reaches the server is its owner. */
export const LOCAL: Caller = { name: "local", role: "admin", by: "openness" };

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; known before a route's handler runs. */
    caller: Caller;
  }
}
