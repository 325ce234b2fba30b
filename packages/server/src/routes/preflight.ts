import { type CloneRequest, cloneRequestSchema, type Preflight, type TargetRequest } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { preflight as document } from "../contract/index.ts";
import type { Connection } from "../connection.ts";
import type { EndPorts, TargetBook } from "../connections/target-book.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

/** Looks ahead of a clone. */
export type LookAhead = (request: CloneRequest, ends: EndPorts, signal: AbortSignal) => Promise<Preflight>;

export interface PreflightRoutesOptions {
  readonly connection: Connection;
  readonly targetBook: TargetBook;
  readonly preflight: LookAhead;
}

/** Whether a clone can be expected to succeed. Nothing is changed. */
export const preflightRoutes: FastifyPluginAsyncZod<PreflightRoutesOptions> = async (
  app,
  { connection, targetBook, preflight },
) => {
  app.post(
    "/api/preflight",
    {
      validatorCompiler: unjudged,
      config: { role: "viewer" },
      schema: {
        operationId: "preflightClone",
        summary: "Whether a clone can be expected to succeed, and the rights that are missing",
        body: cloneRequestSchema,
        response: { 200: document, ...failures(401, 403, 404, 409, 413, 422, 502, 503) },
      },
    },
    async (request, reply) => {
      const { request: asked, given } = await targetBook.read(request.body);
      const signal = abortedWith(reply);
      const source = await connection.get();
      const connectTarget = (target: TargetRequest) => targetBook.connect(target, { given, signal });
      const found = await preflight(asked, { source, target: source, connectTarget }, signal);
      return reply.send({ ...found });
    },
  );
};
