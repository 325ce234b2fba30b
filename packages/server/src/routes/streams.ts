import { type Clock, parseStreamRequest, type StreamRequest, streamRequestSchema } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { stream, streamLag, streamPlan, streams as streamList } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import type { StreamKeeper } from "../streams/keeper.ts";
import { toLagPoint } from "../streams/lags.ts";
import { invalidRequest } from "../validation.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";

export interface StreamRoutesOptions {
  readonly streams: StreamKeeper;
  readonly clock: Pick<Clock, "now">;
}

const byId = z.object({ id: z.string() });
const nothing = z.strictObject({});
const refreshing = z.strictObject({ refresh: z.enum(["true", "false"]).default("false") });
const lately = z.strictObject({ hours: z.coerce.number().int().min(1).max(168).default(24) });
const ofWorkspace = failures(401, 403, 404, 409, 422, 502, 503);

/** Continuous sync: started, looked at, stopped and started again. The streams run in the workspace, whether or not this server lives. */
export const streamRoutes: FastifyPluginAsyncZod<StreamRoutesOptions> = async (app, { streams, clock }) => {
  app.post(
    "/api/continuous-sync/plan",
    {
      validatorCompiler: unjudged,
      config: { role: "viewer" },
      schema: {
        operationId: "planStream",
        summary: "What a stream would do and cost, and what stands in its way",
        body: streamRequestSchema,
        response: { 200: streamPlan, ...failures(400, 413), ...ofWorkspace },
      },
    },
    async (request, reply) => reply.send({ ...(await streams.plan(readStreamRequest(request.body))) }),
  );

  app.post(
    "/api/continuous-sync/start",
    {
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "startStream",
        summary: "Make the first copies and keep them in sync; a stream that runs already is found",
        body: streamRequestSchema,
        response: { 200: stream, ...failures(400, 413), ...ofWorkspace },
      },
    },
    async (request, reply) => reply.send({ ...(await streams.start(readStreamRequest(request.body))) }),
  );

  app.get(
    "/api/continuous-sync/streams",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listStreams",
        summary: "Streams, the newest first",
        querystring: refreshing,
        response: { 200: streamList, ...failures(401, 403, 422, 502, 503) },
      },
    },
    async ({ query }) => {
      const found = await streams.list({ refresh: query.refresh === "true" });
      return found.map((record) => ({ ...record }));
    },
  );

  app.get(
    "/api/continuous-sync/streams/:id",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getStream",
        summary: "One stream",
        params: byId,
        querystring: refreshing,
        response: { 200: stream, ...failures(401, 403, 404, 422, 502, 503) },
      },
    },
    async ({ params: { id }, query }, reply) =>
      reply.send({ ...(await streams.get(id, { refresh: query.refresh === "true" })) }),
  );

  app.get(
    "/api/continuous-sync/streams/:id/lag",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getStreamLag",
        summary: "How far a stream was behind over time, as far as it was looked at",
        params: byId,
        querystring: lately,
        response: { 200: streamLag, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query: { hours } }) => ({
      stream_id: id,
      points: streams.lag(id, clock.now() - hours * 3_600_000).map(toLagPoint),
    }),
  );

  app.post(
    "/api/continuous-sync/streams/:id/stop",
    {
      config: { role: "operator" },
      schema: {
        operationId: "stopStream",
        summary: "End a stream and wait until it has ended",
        params: byId,
        body: nothing,
        response: { 200: stream, ...failures(413), ...ofWorkspace },
      },
    },
    async ({ params: { id } }, reply) => reply.send({ ...(await streams.stop(id)) }),
  );

  app.post(
    "/api/continuous-sync/streams/:id/restart",
    {
      config: { role: "operator" },
      schema: {
        operationId: "restartStream",
        summary: "End a stream's run and begin another",
        params: byId,
        body: nothing,
        response: { 200: stream, ...failures(413), ...ofWorkspace },
      },
    },
    async ({ params: { id } }, reply) => reply.send({ ...(await streams.restart(id)) }),
  );
};

/** Reads a body as the engine does. Throws INVALID_REQUEST naming every field that cannot be used, BAD_REQUEST when there is nothing to sync. */
function readStreamRequest(body: unknown): StreamRequest {
  const parsed = parseStreamRequest(body);
  if (parsed.ok) return parsed.request;
  if (!parsed.nothingToSync) throw invalidRequest(parsed.problems);
  const [problem] = parsed.problems;
  throw new ServerError("BAD_REQUEST", problem?.message ?? "There is nothing to sync.", {
    fields: parsed.problems,
  });
}
