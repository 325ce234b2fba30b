import { endpoints } from "@clone-xs/databricks/contract";
import type { FastifyRequest } from "fastify";
import type { Metastore, PrincipalRecord } from "../metastore/metastore.ts";
import { RUNS_PAGE } from "../workspace/jobs/page-path.ts";
import type { ServerContext } from "./context.ts";
import { Refusal } from "./refusal.ts";

/** What a client asks before it has a token. */
const open: ReadonlySet<string> = new Set([
  endpoints.wellKnownConfig.path,
  endpoints.oauthDiscovery.path,
  endpoints.oauthToken.path,
]);

/** Sets the caller from its bearer token; on this machine pages need none. Throws 401 when there is none and 403 when nobody has it, in the gateway's words. */
export function authenticate({ metastore }: ServerContext, request: FastifyRequest): void {
  if (open.has(request.url.split("?")[0] ?? "")) return;
  const page = isPage(request);
  const token = bearerOf(request) ?? (page ? passwordOf(request) : undefined);
  const unnamed = page && token === undefined && isLocal(request) ? administrator(metastore) : undefined;
  request.principal = unnamed ?? principalOf(metastore, token);
}

function principalOf(metastore: Metastore, token: string | undefined): PrincipalRecord {
  if (token === undefined)
    throw new Refusal(401, 401, "Credential was not sent or was of an unsupported type for this API.");
  const principal = metastore.principalByToken(token);
  if (principal === undefined) throw new Refusal(403, 403, "Invalid access token.");
  return principal;
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(\S+) *$/iu.exec(headers.authorization ?? "")?.[1];
}

/** Whether it is one of the pages for people, which a browser opens: it has no token to send, and asks for a password instead. */
export function isPage({ url }: FastifyRequest): boolean {
  const path = url.split("?")[0] ?? "";
  return path === RUNS_PAGE || path.startsWith(`${RUNS_PAGE}/`);
}

/** The token as the password of any user. */
function passwordOf({ headers }: FastifyRequest): string | undefined {
  const encoded = /^Basic +(\S+)$/iu.exec(headers.authorization ?? "")?.[1];
  return encoded === undefined
    ? undefined
    : Buffer.from(encoded, "base64")
        .toString()
        .replace(/^[^:]*:/su, "");
}

/**
 * Whether it comes from this machine and was meant for it: whoever is here may read the pages without a token, as whoever administers the
 * workspace. The name in the address is looked at too, since a foreign name may be made to lead here.
 */
function isLocal({ socket, hostname }: FastifyRequest): boolean {
  const from = (socket.remoteAddress ?? "").replace(/^::ffff:/u, "");
  return LOOPBACK.test(from) && (hostname === "localhost" || LOOPBACK.test(hostname));
}

const LOOPBACK = /^(127(\.\d+){3}|\[?::1\]?)$/u;

function administrator(metastore: Metastore): PrincipalRecord | undefined {
  return metastore.principals().find(({ admin }) => admin);
}
