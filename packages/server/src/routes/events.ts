import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Beginning, LiveRuns } from "../live/live-runs.ts";
import type { RunStore } from "../runs/store.ts";
import { knownEntry } from "./clone.ts";
import { failures } from "./failures.ts";

export interface EventRoutesOptions {
  readonly store: RunStore;
  readonly live: LiveRuns;
}

const position = z.coerce.number().int().min(0);

const beginning = z.strictObject({
  /** The number of the last event that the reader has. */
  after: position.optional(),
  /** So many of the newest events, then what happens. */
  tail: position.optional(),
  /** The newest state, then what happens. */
  from: z.literal("now").optional(),
});

const stream = {
  200: { description: "Server-sent events", content: { "text/event-stream": { schema: z.string() } } },
};

/** Live events of a run and of all runs, as server-sent events; see `RunMessage` for what is promised. */
export const eventRoutes: FastifyPluginAsyncZod<EventRoutesOptions> = async (app, { store, live }) => {
  app.addHook("preClose", async () => live.close());

  app.get(
    "/api/clone/:id/events",
    {
      config: { role: "viewer", endless: true },
      schema: {
        operationId: "streamRunEvents",
        summary: "Live events of a run, from the event after Last-Event-ID, from its newest ones or from now",
        params: z.object({ id: z.string() }),
        querystring: beginning,
        response: { ...stream, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query, headers }, reply) => {
      knownEntry(store, id);
      live.watch(id, opened(reply), beginningOf(headers["last-event-id"], query));
    },
  );

  app.get(
    "/api/events",
    {
      config: { role: "viewer", endless: true },
      schema: {
        operationId: "streamRuns",
        summary: "The newest state of each run that changes, from now",
        response: { ...stream, ...failures(401, 403) },
      },
    },
    async (_, reply) => live.watchAll(opened(reply)),
  );
};

/** Who comes back goes on where it was, whatever it asked for first. */
function beginningOf(
  lastSeen: string | string[] | undefined,
  { after, tail, from }: z.infer<typeof beginning>,
): Beginning {
  const seen = Number(lastSeen ?? after ?? Number.NaN);
  if (Number.isSafeInteger(seen)) return { after: Math.max(0, seen) };
  if (tail !== undefined || from === "now") return { tail: tail ?? 0 };
  return { after: 0 };
}

/** The bare response, with its headers sent. */
function opened(reply: FastifyReply): ServerResponse {
  reply.hijack();
  reply.headers({ "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
  for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value ?? "");
  return reply.raw.writeHead(200);
}
