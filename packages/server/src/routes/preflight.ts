import { type CloneRequest, cloneRequestSchema, type Preflight } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { preflight as document } from "../contract/index.ts";
import type { Connection } from "../connection.ts";
import { readCloneRequest, unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

/** Looks ahead of a clone on a workspace. */
export type LookAhead = (
  request: CloneRequest,
  workspace: Workspace,
  signal: AbortSignal,
) => Promise<Preflight>;

export interface PreflightRoutesOptions {
  readonly connection: Connection;
  readonly preflight: LookAhead;
}

/** Whether a clone can be expected to succeed. Nothing is changed. */
export const preflightRoutes: FastifyPluginAsyncZod<PreflightRoutesOptions> = async (
  app,
  { connection, preflight },
) => {
  app.post(
    "/api/preflight",
    {
      validatorCompiler: unjudged,
      schema: {
        operationId: "preflightClone",
        summary: "Whether a clone can be expected to succeed, and the rights that are missing",
        body: cloneRequestSchema,
        response: { 200: document, ...failures(401, 403, 404, 409, 413, 422, 502, 503) },
      },
    },
    async (request, reply) => {
      const cloneRequest = readCloneRequest(request.body);
      const workspace = await connection.get();
      return reply.send({ ...(await preflight(cloneRequest, workspace, abortedWith(reply))) });
    },
  );
};
