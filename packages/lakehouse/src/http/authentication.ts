import { endpoints } from "@clone-xs/databricks/contract";
import type { FastifyRequest } from "fastify";
import type { ServerContext } from "./context.ts";
import { Refusal } from "./refusal.ts";

/** What a client asks before it has a token. */
const open: ReadonlySet<string> = new Set([
  endpoints.wellKnownConfig.path,
  endpoints.oauthDiscovery.path,
  endpoints.oauthToken.path,
]);

/** Sets the caller from its bearer token. Throws 401 when there is none and 403 when nobody has it, in the gateway's words. */
export function authenticate({ metastore }: ServerContext, request: FastifyRequest): void {
  if (open.has(request.url.split("?")[0] ?? "")) return;
  const token = /^Bearer +(\S+) *$/iu.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined)
    throw new Refusal(401, 401, "Credential was not sent or was of an unsupported type for this API.");
  const principal = metastore.principalByToken(token);
  if (principal === undefined) throw new Refusal(403, 403, "Invalid access token.");
  request.principal = principal;
}
