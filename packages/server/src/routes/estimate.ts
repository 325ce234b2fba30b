import {
  estimateClone,
  estimateRequestSchema,
  parseEstimateRequest,
  type TargetRequest,
  withTarget,
} from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { estimate } from "../contract/index.ts";
import type { Connection } from "../connection.ts";
import type { TargetBook } from "../connections/target-book.ts";
import { invalidRequest } from "../validation.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

export interface EstimateRoutesOptions {
  readonly connection: Connection;
  readonly targetBook: TargetBook;
  /** Dollars for a gigabyte and month, from the configuration. */
  readonly storagePrice?: number;
}

/** What a clone weighs and costs, and what a selective one would copy. Nothing is changed. */
export const estimateRoutes: FastifyPluginAsyncZod<EstimateRoutesOptions> = async (
  app,
  { connection, targetBook, storagePrice },
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
      const { body, given } = await targetBook.settle(request.body);
      const parsed = parseEstimateRequest(body);
      if (!parsed.ok) throw invalidRequest(parsed.problems);
      const signal = abortedWith(reply);
      const source = await connection.get();
      const connectTarget = (target: TargetRequest) => targetBook.connect(target, { given, signal });
      const ends = { source, target: source, connectTarget, signal };
      const made = await withTarget(parsed.request.clone, ends, (clone, at) =>
        estimateClone({ ...parsed.request, clone }, at, storagePrice),
      );
      return reply.send({ ...made });
    },
  );
};
