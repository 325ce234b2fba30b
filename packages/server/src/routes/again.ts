import {
  documentsIn,
  planDocument,
  type PlannedWork,
  readPlanDocument,
  recordsOf,
  requestOfPlan,
  runDirectory,
  runState,
} from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import type { TargetBook } from "../connections/target-book.ts";
import { planDocument as document, rollback, rollbackRequest, submitted } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import type { RunQueue } from "../runs/queue.ts";
import type { RunStore } from "../runs/store.ts";
import type { Undoing } from "../runs/undo.ts";
import { factsOf, known, unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

export interface AgainRoutesOptions {
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly connection: Connection;
  readonly undoing: Undoing;
  readonly targetBook: TargetBook;
  /** Only plans that were approved are carried out. */
  readonly requireReview?: boolean;
  /** Where runs leave their files. */
  readonly home: string;
  readonly version: string;
}

const byId = z.object({ id: z.string() });
const nothing = z.strictObject({});
/** A plan names every object of a catalog, with what it was made against. */
const PLAN_LIMIT = 64 * 1024 * 1024;

/** What can be done with a run after the fact: go on with it, take it back, read its plan; and carry out a plan made before. */
export const againRoutes: FastifyPluginAsyncZod<AgainRoutesOptions> = async (
  app,
  { store, queue, connection, undoing, targetBook, home, version, requireReview = false },
) => {
  app.post(
    "/api/clone/:id/resume",
    {
      config: { role: "operator" },
      schema: {
        operationId: "resumeRun",
        summary: "Go on with a run that was interrupted",
        params: byId,
        body: nothing,
        response: { 202: submitted, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { id } }, reply) => {
      known(store, id);
      // Throws RUN_OVER when there is nothing to go on with.
      runState(await recordsOf(home, id));
      const status = queue.resume(id);
      return reply.code(202).send({ job_id: id, status, message: "Going on with the run" });
    },
  );

  app.post(
    "/api/clone/:id/rollback",
    {
      config: { role: "operator" },
      schema: {
        operationId: "rollBackRun",
        summary: "Take a run back, or look at what that would do",
        params: byId,
        body: rollbackRequest,
        response: { 200: rollback, ...failures(401, 403, 404, 409, 413, 422, 502, 503) },
      },
    },
    async ({ params: { id }, body: { dry_run: dryRun = false, force = false } }, reply) => {
      known(store, id);
      const summary = await undoing.undo(id, { dryRun, force }, dryRun ? abortedWith(reply) : undefined);
      return reply.send({ ...summary });
    },
  );

  app.get(
    "/api/clone/:id/plan",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getPlan",
        summary: "The plan of a run, as POST /api/apply takes it",
        params: byId,
        response: { 200: document, ...failures(401, 403, 404, 502, 503) },
      },
    },
    async ({ params: { id } }, reply) => {
      const { createdAt, result } = known(store, id);
      const work = await documentsIn(runDirectory(home, id)).read("plan");
      if (work === undefined)
        throw new ServerError(
          "NOT_FOUND",
          `Run ${id} has no plan: it ended before it had one, or was refused.`,
        );
      const { userName, host: own } = (await connection.get()).identity;
      const host = result?.target_host ?? own;
      const header = { product: version, madeAt: new Date(createdAt).toISOString(), madeBy: userName, host };
      // Its digest covers the order of its keys, which a schema would change.
      reply.serializer(JSON.stringify);
      return reply.send({ ...planDocument(work as PlannedWork, header) });
    },
  );

  app.post(
    "/api/apply",
    {
      bodyLimit: PLAN_LIMIT,
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "applyPlan",
        summary: "Carry out a plan exactly as it was made",
        body: document,
        response: { 202: submitted, ...failures(401, 403, 409, 413, 422) },
      },
    },
    async ({ body }, reply) => {
      const plan = readPlanDocument(JSON.stringify(body));
      if (requireReview)
        throw new ServerError(
          "PLAN_OVER",
          "This server carries out only plans that were approved: open the plan first (POST /api/plans/open).",
        );
      requestOfPlan(plan);
      const targeted = await targetBook.read({ ...plan.plan.request, dry_run: false });
      const id = queue.newId();
      await documentsIn(runDirectory(home, id)).write("apply", plan);
      queue.submit({ ...targeted.wire }, factsOf(targeted), id);
      return reply.code(202).send({ job_id: id, status: "queued", message: "Plan submitted" });
    },
  );
};
