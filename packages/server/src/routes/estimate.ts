import { estimateClone, estimateRequestSchema, parseEstimateRequest } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { estimate } from "../contract/index.ts";
import type { Connection } from "../connection.ts";
import { invalidRequest } from "../validation.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

export interface EstimateRoutesOptions {
  readonly connection: Connection;
  /** Dollars for a gigabyte and month, from the configuration. */
  readonly storagePrice?: number;
}

/** What a clone weighs and costs, and what a selective one would copy. Nothing is changed. */
export const estimateRoutes: FastifyPluginAsyncZod<EstimateRoutesOptions> = async (
  app,
  { connection, storagePrice },
) => {
  app.post(
    "/api/estimate",
    {
      validatorCompiler: unjudged,
      config: { role: "viewer" },
      schema: {
        operationId: "estimateClone",
        summary: "What a full clone weighs and costs, and what a selective one would copy",
        body: estimateRequestSchema,
        response: { 200: estimate, ...failures(401, 403, 404, 409, 413, 422, 502, 503) },
      },
    },
    async (request, reply) => {
      const parsed = parseEstimateRequest(request.body);
      if (!parsed.ok) throw invalidRequest(parsed.problems);
      const workspace = await connection.get();
      const ports = { source: workspace, target: workspace, signal: abortedWith(reply) };
      return reply.send({ ...(await estimateClone(parsed.request, ports, storagePrice)) });
    },
  );
};
