import { compareCatalogs, cloneRequestSchema, previewClone } from "@clone-xs/clone";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { diff, diffRequest, plan, problem } from "../contract/index.ts";
import type { Connection } from "../connection.ts";
import { toPlanView } from "../views.ts";
import { readCloneRequest, unjudged } from "./clone.ts";

export interface PlanRoutesOptions {
  readonly connection: Connection;
}

/** Look before running: what a clone would do and why, and where two catalogs differ. Nothing is changed. */
export const planRoutes: FastifyPluginAsyncZod<PlanRoutesOptions> = async (app, { connection }) => {
  app.post(
    "/api/plan",
    {
      validatorCompiler: unjudged,
      schema: {
        summary: "What a clone would do now, and why",
        body: cloneRequestSchema,
        response: { 200: plan, 404: problem, 422: problem },
      },
    },
    async (request, reply) => {
      const cloneRequest = readCloneRequest(request.body);
      const workspace = await connection.get();
      const signal = abortedWith(reply);
      return reply.send(
        toPlanView(await previewClone(cloneRequest, { source: workspace, target: workspace, signal })),
      );
    },
  );

  app.post(
    "/api/diff",
    {
      schema: {
        summary: "Where two catalogs differ",
        body: diffRequest,
        response: { 200: diff, 404: problem, 422: problem },
      },
    },
    async (request, reply) => {
      const { source_catalog, destination_catalog } = request.body;
      const workspace = await connection.get();
      const ports = { source: workspace, target: workspace, signal: abortedWith(reply) };
      const catalogs = { sourceCatalog: source_catalog, destinationCatalog: destination_catalog };
      return reply.send({ ...(await compareCatalogs(catalogs, ports)) });
    },
  );
};

/** Aborts when the client has gone before its answer: nobody waits for the rest of the inspection. */
function abortedWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.on("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
