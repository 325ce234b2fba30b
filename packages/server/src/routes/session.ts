import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Clock } from "@clone-xs/clone";
import { SESSION_COOKIE } from "../access/enforce.ts";
import type { Access } from "../access/open-access.ts";
import { session, type Session, signIn } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { failures } from "./failures.ts";

export interface AccessRoutesOptions {
  readonly access: Access;
  readonly clock: Clock;
}

const SIGNED_OUT: Session = {
  authenticated: false,
  auth: "token",
  role: null,
  name: null,
  expires_at: null,
};

/** How a page gets in: it shows a token once, and has a cookie from then on that no script can read. */
export const sessionRoutes: FastifyPluginAsyncZod<AccessRoutesOptions> = async (app, { access, clock }) => {
  const { rules, registry, tokens, failedSignIns } = access;
  const shown = ({ caller, cookies }: FastifyRequest): Session => {
    const { name, role, by } = caller;
    const text = cookies[SESSION_COOKIE];
    const opened = by === "session" && text !== undefined ? tokens.session(text, clock.now()) : undefined;
    return {
      authenticated: role !== undefined,
      auth: rules.auth,
      role: role ?? null,
      name: role === undefined ? null : name,
      expires_at: opened === undefined ? null : new Date(opened.expiresAt).toISOString(),
    };
  };

  app.get(
    "/api/session",
    {
      config: { role: "anyone" },
      schema: {
        operationId: "getSession",
        summary: "Who is asking, and whether this server asks for a token",
        response: { 200: session, ...failures(403) },
      },
    },
    async (request) => shown(request),
  );

  app.post(
    "/api/session",
    {
      config: { role: "anyone" },
      schema: {
        operationId: "signIn",
        summary: "Sign in with a token: the answer sets a cookie",
        body: signIn,
        response: { 200: session, ...failures(401, 403, 413, 422, 429) },
      },
    },
    async (request, reply) => {
      if (rules.auth === "none") return shown(request);
      const at = clock.now();
      failedSignIns.check(request.ip, at);
      const known = registry.ofToken(request.body.token.trim(), at);
      if (known === undefined) {
        failedSignIns.note(request.ip, at);
        throw new ServerError(
          "UNAUTHENTICATED",
          "This token is not known here: it may be mistyped, have expired, or have been removed.",
        );
      }
      const { text, expiresAt } = tokens.openSession(known.digest, at);
      request.caller = known.caller;
      setCookie(request, reply, text);
      return { ...shown(request), expires_at: new Date(expiresAt).toISOString() };
    },
  );

  app.delete(
    "/api/session",
    {
      config: { role: "anyone" },
      schema: {
        operationId: "signOut",
        summary: "Sign out: the cookie opens nothing any more",
        response: { 200: session, ...failures(403) },
      },
    },
    async (request, reply) => {
      const text = request.cookies[SESSION_COOKIE];
      if (text !== undefined) tokens.closeSession(text);
      reply.clearCookie(SESSION_COOKIE, { path: "/" });
      return rules.auth === "none" ? shown(request) : SIGNED_OUT;
    },
  );
};

/** Sent to this server only, never with what another site asks, and over https only where the page came that way. */
function setCookie({ protocol }: FastifyRequest, reply: FastifyReply, text: string): void {
  reply.setCookie(SESSION_COOKIE, text, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: protocol === "https",
  });
}
