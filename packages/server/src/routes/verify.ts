import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { runVerification, verifyRequest } from "../contract/index.ts";
import type { RunStore } from "../runs/store.ts";
import type { Verifying } from "../runs/verifying.ts";
import { knownEntry } from "./clone.ts";
import { failures } from "./failures.ts";

export interface VerifyRoutesOptions {
  readonly store: RunStore;
  readonly verifying: Verifying;
}

const byId = z.object({ id: z.string() });

/** Compares the copies of a run with their sources, however long that takes: begun, looked at and given up by calls of their own. */
export const verifyRoutes: FastifyPluginAsyncZod<VerifyRoutesOptions> = async (app, { store, verifying }) => {
  app.post(
    "/api/clone/:id/verify",
    {
      config: { role: "operator" },
      schema: {
        operationId: "verifyRun",
        summary: "Begin to compare the copies of a run with their sources",
        params: byId,
        body: verifyRequest,
        response: { 202: runVerification, ...failures(400, 401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { id }, body: { rows = "hash", content = false, governance = false } }, reply) =>
      reply.code(202).send(verifying.start(knownEntry(store, id), { rows, content, governance })),
  );

  app.get(
    "/api/clone/:id/verify",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getVerification",
        summary: "How the copies of a run compare with their sources, as far as that is known",
        params: byId,
        response: { 200: runVerification, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      knownEntry(store, id);
      return verifying.state(id);
    },
  );

  app.delete(
    "/api/clone/:id/verify",
    {
      config: { role: "operator" },
      schema: {
        operationId: "cancelVerification",
        summary: "Give up comparing the copies of a run",
        params: byId,
        response: { 200: runVerification, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      knownEntry(store, id);
      return verifying.cancel(id);
    },
  );
};
