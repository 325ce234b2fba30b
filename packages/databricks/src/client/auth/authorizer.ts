import type { Secret } from "../connection/secret.ts";

/** Gives the Authorization header of each request. */
export interface Authorizer {
  /** The header's value, renewed in time. Throws UNAUTHENTICATED when there is none to be had. */
  header(): Promise<string>;
  /** The service refused this header: whether another one is worth trying. */
  renew(refused: string): boolean;
}

/** Authorises by a personal access token, which cannot be renewed. */
export function tokenAuthorizer(token: Secret): Authorizer {
  return { header: async () => `Bearer ${token.reveal()}`, renew: () => false };
}
