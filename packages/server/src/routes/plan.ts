import { type Clock, cloneRequestSchema, previewClone, type TargetRequest } from "@clone-xs/clone";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { plan } from "../contract/index.ts";
import type { Connection } from "../connection.ts";
import type { TargetBook } from "../connections/target-book.ts";
import { toPlanView } from "../views.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";

export interface PlanRoutesOptions {
  readonly connection: Connection;
  readonly targetBook: TargetBook;
  readonly clock: Clock;
}

const ofWorkspace = failures(401, 403, 404, 409, 413, 422, 502, 503);

/** Look before running: what a clone would do and why. Nothing is changed. */
export const planRoutes: FastifyPluginAsyncZod<PlanRoutesOptions> = async (
  app,
  { connection, targetBook, clock },
) => {
  app.post(
    "/api/plan",
    {
      validatorCompiler: unjudged,
      config: { role: "viewer" },
      schema: {
        operationId: "planClone",
        summary: "What a clone would do now, and why",
        body: cloneRequestSchema,
        response: { 200: plan, ...ofWorkspace },
      },
    },
    async (request, reply) => {
      const { request: asked, given } = await targetBook.read(request.body);
      const signal = abortedWith(reply);
      const source = await connection.get();
      const connectTarget = (target: TargetRequest) => targetBook.connect(target, { given, signal });
      const plan = await previewClone(asked, { source, target: source, connectTarget, clock, signal });
      return reply.send(toPlanView(plan));
    },
  );
};

/** Aborts when the client has gone before its answer: nobody waits for the rest of the inspection. */
export function abortedWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.on("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
