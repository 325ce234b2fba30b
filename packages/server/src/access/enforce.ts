import cookies from "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ServerError } from "../errors.ts";
import { pathOf } from "../problem-answers.ts";
import { checkOrigin, checkSessionWrite, type RequestFacts } from "./access.ts";
import { type Caller, NOBODY } from "./caller.ts";
import { SECURITY_HEADERS } from "./headers.ts";
import { rateChecks } from "./limits.ts";
import type { Access } from "./open-access.ts";
import { checkProfileTargets } from "./profile-targets.ts";
import { mayDo, type RouteAccess } from "./roles.ts";

/** The cookie of a page's session. */
export const SESSION_COOKIE = "clxs_session";

export interface Enforcement extends Pick<Access, "rules" | "registry" | "limits"> {
  readonly now: () => number;
}

/**
 * Lets a request pass to its route only from where, and from whom, it may come: each route says by `config.role` whom it is for. Whoever
 * asks stands in `request.caller` afterwards. Added before all routes.
 */
export async function enforceAccess(
  app: FastifyInstance,
  { rules, registry, limits, now }: Enforcement,
): Promise<void> {
  requireRoles(app);
  app.decorateRequest("caller");
  await app.register(cookies);
  const checkRate = await rateChecks(app, limits);
  app.addHook("onRequest", async (request, reply) => {
    request.caller = NOBODY;
    reply.headers(SECURITY_HEADERS);
    const facts = factsOf(request);
    const path = routeOf(request);
    if (path.startsWith("/api")) reply.header("cache-control", "no-store");
    checkOrigin(facts, rules);
    const { authorization } = request.headers;
    request.caller = registry.caller({ authorization, session: request.cookies[SESSION_COOKIE] }, now());
    if (request.caller.by === "session") checkSessionWrite(facts);
    if (path.startsWith("/api")) await checkRate(request);
    checkRole(request.caller, neededFor(request, path), authorization);
  });
  app.addHook("preHandler", async ({ body, caller }) => checkProfileTargets(body, caller));
}

/** A route of the API that says nobody's role would be open to everybody. */
function requireRoles(app: FastifyInstance): void {
  app.addHook("onRoute", ({ url, config }) => {
    const role: RouteAccess | undefined = config?.role;
    if (url.startsWith("/api/") && role === undefined)
      throw new ServerError("CONFIGURATION", `${url} does not say whom it is for.`);
  });
}

/** The page's files hold no data; of the API not even a stranger's wrong address is answered. */
function neededFor({ routeOptions }: FastifyRequest, path: string): RouteAccess {
  return routeOptions.config.role ?? (path.startsWith("/api") ? "viewer" : "anyone");
}

function checkRole({ name, role }: Caller, needed: RouteAccess, authorization: string | undefined): void {
  if (mayDo(role, needed)) return;
  if (role !== undefined)
    throw new ServerError(
      "FORBIDDEN_ROLE",
      `This is for the role ${needed}, and ${name} has the role ${role}.`,
    );
  throw new ServerError(
    "UNAUTHENTICATED",
    authorization === undefined
      ? "This server asks for a token. Send it: Authorization: Bearer <token>."
      : "This token is not known here: it may have expired, or was removed.",
  );
}

/** The path is that of the route: an address can spell it in many ways (`/%61pi/clone`). */
const routeOf = ({ routeOptions, url }: FastifyRequest) => routeOptions.url ?? pathOf(url);

function factsOf({ method, headers, host }: FastifyRequest): RequestFacts {
  const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
  return {
    method,
    host: host === "" ? undefined : host,
    origin: headers.origin,
    fetchSite: single(headers["sec-fetch-site"]),
  };
}
