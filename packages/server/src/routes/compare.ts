import {
  type CatalogPair,
  compareCatalogs,
  compareRequestSchema,
  compareSideBySide,
  type InspectPorts,
  pairOf,
  parseCompareRequest,
  type TargetRequest,
  withTarget,
} from "@clone-xs/clone";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Connection } from "../connection.ts";
import type { TargetBook } from "../connections/target-book.ts";
import { comparison, diff } from "../contract/index.ts";
import { invalidRequest } from "../validation.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

export interface CompareRoutesOptions {
  readonly connection: Connection;
  readonly targetBook: TargetBook;
}

const ofWorkspace = failures(401, 403, 404, 409, 413, 422, 502, 503);

/** Two catalogs compared, also across workspaces: the places where they differ, or all of both side by side. Nothing is changed. */
export const compareRoutes: FastifyPluginAsyncZod<CompareRoutesOptions> = async (
  app,
  { connection, targetBook },
) => {
  const compare = async <Found>(
    asked: unknown,
    reply: FastifyReply,
    by: (pair: CatalogPair, ports: InspectPorts) => Promise<Found>,
  ): Promise<Found> => {
    const { body, given } = await targetBook.settle(asked);
    const parsed = parseCompareRequest(body);
    if (!parsed.ok) throw invalidRequest(parsed.problems);
    const signal = abortedWith(reply);
    const source = await connection.get();
    const connectTarget = (target: TargetRequest) => targetBook.connect(target, { given, signal });
    const ends = { source, target: source, connectTarget, signal };
    return withTarget(parsed.request.clone, ends, (at, ports) => by(pairOf(parsed.request, at), ports));
  };

  app.post(
    "/api/diff",
    {
      validatorCompiler: unjudged,
      config: { role: "viewer" },
      schema: {
        operationId: "diffCatalogs",
        summary: "Where two catalogs differ",
        body: compareRequestSchema,
        response: { 200: diff, ...ofWorkspace },
      },
    },
    async (request, reply) => reply.send({ ...(await compare(request.body, reply, compareCatalogs)) }),
  );

  app.post(
    "/api/compare",
    {
      validatorCompiler: unjudged,
      config: { role: "viewer" },
      schema: {
        operationId: "compareCatalogs",
        summary: "Two catalogs side by side, every object with all that is compared of it",
        body: compareRequestSchema,
        response: { 200: comparison, ...ofWorkspace },
      },
    },
    async (request, reply) => reply.send({ ...(await compare(request.body, reply, compareSideBySide)) }),
  );
};
