import { randomBytes } from "node:crypto";
import {
  type Clock,
  cloneRequestSchema,
  documentsIn,
  type PlanDocument,
  planForLater,
  readPlanDocument,
  runDirectory,
  type TargetRequest,
} from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import type { TargetBook, TargetedRequest } from "../connections/target-book.ts";
import {
  deletedPlan,
  keptPlan,
  keptPlanDetail,
  keptPlans,
  newPlan,
  planCheck,
  planDocument,
  planReviewRequest,
  submitted,
} from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { lookAgain } from "../plans/check.ts";
import { factsOfPlan } from "../plans/facts.ts";
import { readUpload } from "../plans/read-document.ts";
import { reasonAgainst, stateOf } from "../plans/state.ts";
import type { PlanStore, StoredPlan } from "../plans/store.ts";
import { type PlanSurroundings, toKeptPlan, toKeptPlanDetail } from "../plans/views.ts";
import type { RunQueue } from "../runs/queue.ts";
import type { RunStore } from "../runs/store.ts";
import { invalidRequest, readAs } from "../validation.ts";
import { factsOf, unjudged } from "./clone.ts";
import { failures } from "./failures.ts";
import { abortedWith } from "./plan.ts";

export interface KeptPlanRoutesOptions {
  readonly plans: PlanStore;
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly connection: Connection;
  readonly targetBook: TargetBook;
  readonly clock: Clock;
  /** Where runs leave their files. */
  readonly home: string;
  readonly version: string;
  /** Only plans that somebody else than their maker approved are carried out. */
  readonly requireReview?: boolean;
}

const byId = z.object({ id: z.string() });
const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: z.string().optional(),
});
const named = z.strictObject({ name: z.string().trim().min(1).max(200).optional() });
const nothing = z.strictObject({});
/** In the document the request of a plan is that of a clone; the engine judges it, in its own words. */
const documented = newPlan.extend({ request: cloneRequestSchema });
/** A plan names every object of a catalog, with what it was made against. */
const PLAN_LIMIT = 64 * 1024 * 1024;

/** Plans that are kept: made here or opened from a file, looked through, and carried out as they were made. */
export const keptPlanRoutes: FastifyPluginAsyncZod<KeptPlanRoutesOptions> = async (app, options) => {
  const { plans, store, queue, connection, targetBook, clock, home, version } = options;
  const requireReview = options.requireReview === true;

  const known = (id: string): StoredPlan => {
    const plan = plans.get(id);
    if (plan === undefined) throw new ServerError("NOT_FOUND", `There is no plan ${id}.`);
    return plan;
  };
  const around = (plan: StoredPlan): PlanSurroundings => ({
    run: plan.runId === null ? undefined : store.get(plan.runId),
    reviews: plans.reviews(plan.id),
    requireReview,
    now: clock.now(),
  });
  const listed = (plan: StoredPlan) => toKeptPlan(plan, around(plan));
  const keep = (document: PlanDocument, origin: StoredPlan["origin"], by: string, name?: string) => {
    const id = randomBytes(4).toString("hex");
    const facts = factsOfPlan(document);
    const pair = `${facts.sourceCatalog} → ${facts.destinationCatalog}`;
    const row = { id, name: name ?? pair, origin, facts, keptBy: by, keptAt: clock.now() };
    plans.insert(row, `${JSON.stringify(document, null, 2)}\n`);
    return listed(known(id));
  };

  app.get(
    "/api/plans",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listPlans",
        summary: "Plans that are kept, newest first",
        querystring: page,
        response: { 200: keptPlans, ...failures(401, 403, 422) },
      },
    },
    async ({ query: { limit, before } }) =>
      plans.list({ limit, ...(before === undefined ? {} : { before }) }).map(listed),
  );

  app.post(
    "/api/plans",
    {
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "keepPlan",
        summary: "Make a plan now and keep it, to be looked through and applied later",
        body: documented,
        response: { 201: keptPlan, ...failures(401, 403, 404, 409, 413, 422, 502, 503) },
      },
    },
    async ({ body, caller }, reply) => {
      const { name, request: asked } = readAs(newPlan, body);
      const { request } = await underRequest(() => readKeepable(targetBook, asked));
      const signal = abortedWith(reply);
      const source = await connection.get();
      const connectTarget = (target: TargetRequest) => targetBook.connect(target, { signal });
      const ports = { source, target: source, connectTarget, clock, signal };
      const how = { product: version, at: clock.now() };
      const document = await planForLater(request, ports, how);
      return reply.code(201).send(keep(document, "made", caller.name, name));
    },
  );

  app.post(
    "/api/plans/open",
    {
      bodyLimit: PLAN_LIMIT,
      config: { role: "operator" },
      validatorCompiler: unjudged,
      schema: {
        operationId: "openPlan",
        summary: "Keep a plan that clxs plan --out wrote",
        querystring: named,
        body: planDocument,
        response: { 201: keptPlan, ...failures(401, 403, 413, 422) },
      },
    },
    async ({ body, query, caller }, reply) => {
      const { name } = readAs(named, query);
      const document = readUpload(body);
      await readKeepable(targetBook, document.plan.request);
      return reply.code(201).send(keep(document, "opened", caller.name, name));
    },
  );

  app.get(
    "/api/plans/:id",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getKeptPlan",
        summary: "A kept plan in full: what it decides, and why",
        params: byId,
        response: { 200: keptPlanDetail, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const plan = known(id);
      return toKeptPlanDetail(plan, readPlanDocument(plans.document(id)), around(plan));
    },
  );

  app.get(
    "/api/plans/:id/document",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "downloadPlan",
        summary: "The plan as a file, for clxs apply",
        params: byId,
        response: { 200: planDocument, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }, reply) => {
      known(id);
      reply.header("content-disposition", `attachment; filename="plan-${id}.json"`);
      // Its digest covers the order of its keys, which a schema would change.
      reply.serializer(JSON.stringify);
      return reply.send(readPlanDocument(plans.document(id)) as never);
    },
  );

  app.post(
    "/api/plans/:id/check",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "checkPlan",
        summary: "Whether a plan can still be applied, and what has moved since it was made",
        params: byId,
        body: nothing,
        response: { 200: planCheck, ...failures(401, 403, 404, 409, 413, 422, 502, 503) },
      },
    },
    async ({ params: { id } }, reply) => {
      known(id);
      const document = readPlanDocument(plans.document(id));
      const signal = abortedWith(reply);
      const source = await connection.get();
      const connectTarget = (target: TargetRequest) => targetBook.connect(target, { signal });
      const ports = { source, target: source, connectTarget, clock, signal };
      const found = await lookAgain(document, ports, clock.now());
      plans.noteCheck(id, found);
      return found;
    },
  );

  app.post(
    "/api/plans/:id/review",
    {
      config: { role: "operator" },
      schema: {
        operationId: "reviewPlan",
        summary: "Approve a plan or reject it; the last word counts",
        params: byId,
        body: planReviewRequest,
        response: { 200: keptPlan, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { id }, body: { verdict, note }, caller }) => {
      const plan = known(id);
      if (listed(plan).state === "applied")
        throw new ServerError("PLAN_OVER", `Plan ${id} was carried out already: there is nothing to decide.`);
      plans.review(id, { verdict, note: note.trim(), by: caller.name, at: clock.now() });
      return listed(plan);
    },
  );

  app.post(
    "/api/plans/:id/apply",
    {
      config: { role: "operator" },
      schema: {
        operationId: "applyKeptPlan",
        summary: "Carry out a kept plan exactly as it was made",
        params: byId,
        body: nothing,
        response: { 202: submitted, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { id }, caller }, reply) => {
      const plan = known(id);
      const { run, reviews, now } = around(plan);
      const state = stateOf(plan, run, now);
      const against = reasonAgainst({ ...plan, state, review: reviews.at(-1), requireReview });
      if (against !== undefined) throw new ServerError("PLAN_OVER", `Plan ${id} is not applied. ${against}`);
      const document = readPlanDocument(plans.document(id));
      const targeted = await targetBook.read({ ...document.plan.request, dry_run: false });
      const runId = queue.newId();
      await documentsIn(runDirectory(home, runId)).write("apply", document);
      if (!plans.apply(id, { id: runId, by: caller.name, before: plan.runId }))
        throw new ServerError("PLAN_OVER", `Plan ${id} is being applied by somebody else.`);
      queue.submit({ ...targeted.wire }, factsOf(targeted), runId);
      return reply.code(202).send({ job_id: runId, status: "queued", message: "Plan submitted" });
    },
  );

  app.delete(
    "/api/plans/:id",
    {
      config: { role: "operator" },
      schema: {
        operationId: "deletePlan",
        summary: "Forget a plan; a run that carries it out goes on",
        params: byId,
        response: { 200: deletedPlan, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const { name } = known(id);
      plans.remove(id);
      return { plan_id: id, message: `Plan ${name} is deleted.` };
    },
  );
};

/** Reads a request whose plan may be kept. Throws INVALID_REQUEST for one that says itself how to connect: its secrets are not kept with a plan. */
async function readKeepable(targetBook: TargetBook, body: unknown): Promise<TargetedRequest> {
  const targeted = await targetBook.read(body);
  if (targeted.given.size === 0) return targeted;
  throw invalidRequest([
    {
      path: "target_workspace",
      message:
        "target_workspace says itself how to connect, and a plan is kept without secrets: save the connection and give its name.",
    },
  ]);
}

/** Names the fields of a request as parts of the body that it stands in. */
async function underRequest<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ServerError) || error.fields.length === 0) throw error;
    throw invalidRequest(error.fields.map((field) => ({ ...field, path: `request.${field.path}` })));
  }
}
