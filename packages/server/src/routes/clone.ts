import { type CloneRequest, cloneRequestSchema } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { TargetBook, TargetedRequest } from "../connections/target-book.ts";
import { cancelled, run, runListItem, type RunState, runStatusFilter, submitted } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { afterwardsOf } from "../runs/afterwards.ts";
import type { RunQueue } from "../runs/queue.ts";
import type { RunEntry, RunFacts, RunStore, StoredRun } from "../runs/store.ts";
import { toListItem, toRun } from "../views.ts";
import { failures } from "./failures.ts";

export interface CloneRoutesOptions {
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly targetBook: TargetBook;
  /** Where runs leave their files. */
  readonly home: string;
  /** How long a cancel waits for the run's clean-up before it answers "cancelling". */
  readonly waitForCancel: (signal: AbortSignal) => Promise<void>;
}

const byId = z.object({ id: z.string() });
const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: z.string().optional(),
  status: runStatusFilter.optional(),
  load: z.enum(["FULL", "INCREMENTAL", "SELECTIVE"]).optional(),
  q: z.string().max(500).optional(),
});

/** Submit, read, list and cancel clones. Submitting checks the request's form only: no workspace is asked. */
export const cloneRoutes: FastifyPluginAsyncZod<CloneRoutesOptions> = async (
  app,
  { store, queue, targetBook, home, waitForCancel },
) => {
  app.post(
    "/api/clone",
    {
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "submitClone",
        summary: "Submit a clone",
        body: cloneRequestSchema,
        response: { 202: submitted, ...failures(401, 403, 413, 422) },
      },
    },
    async (request, reply) => {
      const targeted = await targetBook.read(request.body);
      const id = queue.newId();
      targetBook.keep(id, targeted);
      queue.submit({ ...targeted.wire }, factsOf(targeted), id);
      request.about = id;
      return reply.code(202).send({ job_id: id, status: "queued", message: submitMessage(targeted.request) });
    },
  );

  app.get(
    "/api/clone/jobs",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listRuns",
        summary: "List runs, newest first",
        querystring: page,
        response: { 200: z.array(runListItem), ...failures(401, 403, 422) },
      },
    },
    async ({ query: { limit, before, status, load, q } }) => {
      const filter = {
        ...(before === undefined ? {} : { before }),
        ...(status === undefined ? {} : { status }),
        ...(load === undefined ? {} : { load }),
        ...(q === undefined ? {} : { q }),
      };
      return store.parts.runs({ limit, ...filter }).flatMap((id) => {
        const entry = store.entry(id);
        return entry === undefined ? [] : [toListItem(entry)];
      });
    },
  );

  app.get(
    "/api/clone/:id",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getRun",
        summary: "One run in full",
        params: byId,
        response: { 200: run, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const found = known(store, id);
      return toRun(found, await afterwardsOf(found, home), store.logs(id));
    },
  );

  app.delete(
    "/api/clone/:id",
    {
      config: { role: "operator" },
      schema: {
        operationId: "cancelRun",
        summary: "Cancel a run",
        params: byId,
        response: { 200: cancelled, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const before = knownEntry(store, id).state;
      const said = store.logs(id).length;
      queue.cancel(id);
      const answered = new AbortController();
      await Promise.race([queue.ended(id, answered.signal), waitForCancel(answered.signal)]);
      answered.abort();
      const { state } = knownEntry(store, id);
      const restored = store.logs(id).slice(said).filter(isRestore);
      const message = [cancelMessage(before, state), ...restored].join(" ");
      return { job_id: id, status: state, message, restored };
    },
  );
};

/** Scripts look for these words. */
function submitMessage({ targets, fanout }: CloneRequest): string {
  if (fanout !== undefined)
    return `Multi-target fanout clone job submitted (${targets.length} targets, max_parallel=${fanout.maxParallel})`;
  return targets.length > 0
    ? "Cross-workspace clone job submitted (Delta Sharing → DEEP CLONE)"
    : "Clone job submitted";
}

/** The schema is there for OpenAPI; `readCloneRequest` judges the body, in the engine's own words. */
export const unjudged = () => (value: unknown) => ({ value });

/** The run of that id. Throws NOT_FOUND. */
export function known(store: RunStore, id: string): StoredRun {
  const run = store.get(id);
  if (run === undefined) throw new ServerError("NOT_FOUND", `There is no run ${id}.`);
  return run;
}

/** As `known`, without the summary. Throws NOT_FOUND. */
export function knownEntry(store: RunStore, id: string): RunEntry {
  const run = store.entry(id);
  if (run === undefined) throw new ServerError("NOT_FOUND", `There is no run ${id}.`);
  return run;
}

/** What lists show of a request. */
export function factsOf({ request, targets }: Pick<TargetedRequest, "request" | "targets">): RunFacts {
  const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun } = request;
  return { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun, targets };
}

/** The lines of the log that tell what became of what a quiesce had taken. */
function isRestore(line: string): boolean {
  return line.startsWith("Quiesce restore") || line.startsWith("Restore: ");
}

function cancelMessage(before: RunState, after: RunState): string {
  if (before === after && after !== "cancelling") return `Nothing to cancel: the run is already ${after}.`;
  if (after === "cancelling") return "Cancelling: running statements are being stopped.";
  if (after === "cancelled" && before === "queued") return "Cancelled before it began.";
  if (after === "cancelled") return "Cancelled: running statements were stopped. What was finished stays.";
  return `The run was ${after} before the cancel took effect.`;
}
