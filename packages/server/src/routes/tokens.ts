import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { SavedToken } from "../access/token-store.ts";
import { tokenNameProblems } from "../access/token-names.ts";
import { createdToken, newToken, removedToken, type Token, tokens as tokenList } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { invalidRequest } from "../validation.ts";
import { failures } from "./failures.ts";
import type { AccessRoutesOptions } from "./session.ts";

const byId = z.object({ id: z.string() });
const DAY_MS = 24 * 60 * 60_000;

/** Named tokens: made, looked at and taken back by administrators. */
export const tokenRoutes: FastifyPluginAsyncZod<AccessRoutesOptions> = async (
  app,
  { access: { tokens }, clock },
) => {
  app.get(
    "/api/tokens",
    {
      config: { role: "admin" },
      schema: {
        operationId: "listTokens",
        summary: "Tokens by name, without their texts",
        response: { 200: tokenList, ...failures(401, 403) },
      },
    },
    async () => ({ tokens: tokens.list().map((each) => toToken(each, clock.now())) }),
  );

  app.post(
    "/api/tokens",
    {
      config: { role: "admin" },
      schema: {
        operationId: "addToken",
        summary: "Make a token; its text is in this answer only",
        body: newToken,
        response: { 201: createdToken, ...failures(401, 403, 409, 413, 422) },
      },
    },
    async ({ body: { name, role, expires_in_days: days }, caller }, reply) => {
      const problems = tokenNameProblems(name);
      if (problems.length > 0) throw invalidRequest(problems);
      const at = clock.now();
      const expiry = days === undefined || days === null ? {} : { expiresAt: at + days * DAY_MS };
      const { token, text } = tokens.add({ name, role, createdBy: caller.name, ...expiry }, at);
      return reply.code(201).send({ ...toToken(token, at), token: text });
    },
  );

  app.delete(
    "/api/tokens/:id",
    {
      config: { role: "admin" },
      schema: {
        operationId: "removeToken",
        summary: "Remove a token, and end the sessions that were opened with it",
        params: byId,
        response: { 200: removedToken, ...failures(401, 403, 404) },
      },
    },
    async (request) => {
      const removed = tokens.remove(request.params.id);
      if (removed === undefined) throw new ServerError("NOT_FOUND", "There is no such token.");
      const { id, name } = removed;
      request.about = name;
      return { id, name, message: `Token ${name} was removed: it opens nothing any more.` };
    },
  );
};

/** A token as the API shows it. */
export function toToken(
  { id, name, role, createdAt, createdBy, expiresAt, lastUsedAt }: SavedToken,
  now: number,
): Token {
  return {
    id,
    name,
    role,
    created_at: new Date(createdAt).toISOString(),
    created_by: createdBy,
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    expired: expiresAt !== undefined && expiresAt <= now,
    last_used_at: lastUsedAt === undefined ? null : new Date(lastUsedAt).toISOString(),
  };
}
