import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Connection } from "../connection.ts";
import { health, type Readiness, readiness } from "../contract/index.ts";
import type { RunQueue } from "../runs/queue.ts";
import type { RunStore } from "../runs/store.ts";
import type { Metrics } from "../service/metrics.ts";
import { failures } from "./failures.ts";

export interface HealthRoutesOptions {
  readonly connection: Connection;
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly metrics: Metrics;
  readonly version: string;
}

/** What machines ask of the server itself. */
export const healthRoutes: FastifyPluginAsyncZod<HealthRoutesOptions> = async (
  app,
  { connection, store, queue, metrics, version },
) => {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  const runs = () => {
    const counts = store.counts();
    return {
      queued: counts.get("queued") ?? 0,
      running: (counts.get("running") ?? 0) + (counts.get("cancelling") ?? 0),
      max_parallel: queue.maxParallel,
    };
  };

  app.get(
    "/api/health",
    {
      config: { role: "anyone" },
      schema: {
        operationId: "getHealth",
        summary: "Whether the server lives",
        response: { 200: health, ...failures(403) },
      },
    },
    async () => ({ status: "ok" as const, version, runs: runs() }),
  );

  app.get(
    "/api/health/ready",
    {
      config: { role: "anyone" },
      schema: {
        operationId: "getReadiness",
        summary: "Whether the server can take runs and carry them out",
        response: { 200: readiness, 503: readiness, ...failures(403) },
      },
    },
    async (_, reply) => {
      const found = {
        store: closing
          ? ("closing" as const)
          : writable(store)
            ? ("writable" as const)
            : ("failing" as const),
        workspace: reachedIn(connection),
        queue: queue.accepts() ? ("open" as const) : ("closed" as const),
      };
      const ready = found.store === "writable" && found.queue === "open";
      // A workspace that is away for a while is no reason to hide the runs that were: requests are still taken, and wait.
      const status = !ready ? "unready" : found.workspace === "unreachable" ? "degraded" : "ready";
      return reply.code(ready ? 200 : 503).send({ status, ...found });
    },
  );

  app.get(
    "/metrics",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getMetrics",
        summary: "Figures of the server, as Prometheus reads them",
        response: {
          200: { description: "Prometheus text", content: { "text/plain": { schema: z.string() } } },
          ...failures(401, 403),
        },
      },
    },
    async (_, reply) => {
      const { type, body } = await metrics.text();
      return reply.type(type).header("cache-control", "no-store").serializer(String).send(body);
    },
  );
};

function reachedIn(connection: Connection): Readiness["workspace"] {
  const reached = connection.reached();
  if (reached === undefined) return "not tried";
  return reached ? "reachable" : "unreachable";
}

function writable(store: RunStore): boolean {
  try {
    store.check();
    return true;
  } catch {
    return false;
  }
}
