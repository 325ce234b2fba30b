import type { ServerResponse } from "node:http";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { RunMessage } from "../contract/index.ts";
import { isOver } from "../runs/states.ts";
import type { RunStore } from "../runs/store.ts";
import { toListItem } from "../views.ts";
import { known } from "./clone.ts";
import { failures } from "./failures.ts";

export interface EventRoutesOptions {
  readonly store: RunStore;
}

/** Events of the store sent in one go; between two of them a slow reader is waited for. */
const BATCH = 200;
/** Proxies drop connections that are silent for a minute. */
const KEEP_ALIVE_MS = 15_000;
/** A run of another process (a command line on the same store) wakes nobody here. */
const LOOK_MS = 1_000;

/** Live events of a run, as server-sent events; see `RunMessage` for what is promised. */
export const eventRoutes: FastifyPluginAsyncZod<EventRoutesOptions> = async (app, { store }) => {
  const open = new Set<ServerResponse>();
  app.addHook("preClose", async () => {
    for (const response of open) response.end();
  });

  app.get(
    "/api/clone/:id/events",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "streamRunEvents",
        summary: "Live events of a run, from the event after Last-Event-ID",
        params: z.object({ id: z.string() }),
        querystring: z.object({ after: z.coerce.number().int().min(0).optional() }),
        response: {
          200: {
            description: "Server-sent events",
            content: { "text/event-stream": { schema: z.string() } },
          },
          ...failures(401, 403, 404, 422),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      known(store, id);
      const after = Number(request.headers["last-event-id"] ?? request.query.after ?? 0);
      reply.hijack();
      const response = reply.raw;
      open.add(response);
      response.on("close", () => open.delete(response));
      reply.headers({ "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
      for (const [name, value] of Object.entries(reply.getHeaders())) response.setHeader(name, value ?? "");
      response.writeHead(200);
      stream({ id, after: Number.isSafeInteger(after) ? after : 0, response, store });
    },
  );
};

interface StreamOptions extends EventRoutesOptions {
  readonly id: string;
  readonly after: number;
  readonly response: ServerResponse;
}

/**
 * Sends what the store has after the reader's position, then waits to be woken. The store is the only source, so a reader
 * that is slow, late or back again costs no memory and misses nothing.
 */
function stream({ id, after, response, store }: StreamOptions): void {
  let position = after;
  let shown = "";
  let scheduled = false;
  const wake = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(pump);
  };
  const send = (message: RunMessage) => response.write(format(message));
  const unwatch = store.watch((changed) => {
    if (changed === id) wake();
  });
  const keepAlive = setInterval(() => response.write(":\n\n"), KEEP_ALIVE_MS);
  const look = setInterval(wake, LOOK_MS);
  response.on("drain", wake);
  response.on("close", () => {
    unwatch();
    clearInterval(keepAlive);
    clearInterval(look);
  });
  wake();

  function pump(): void {
    scheduled = false;
    if (response.writableEnded || response.writableNeedDrain) return;
    const events = store.eventsAfter(id, position, BATCH);
    for (const { seq, event } of events) {
      position = seq;
      send({ event: "event", id: seq, data: event });
    }
    if (events.length === BATCH) return wake();
    const run = store.entry(id);
    if (run === undefined) return void response.end();
    const data = toListItem(run);
    if (shown !== JSON.stringify(data)) {
      shown = JSON.stringify(data);
      send({ event: "run", data });
    }
    if (isOver(run.state)) {
      send({ event: "end", data: { status: run.state } });
      response.end();
    }
  }
}

function format(message: RunMessage): string {
  const id = message.event === "event" ? `id: ${message.id}\n` : "";
  return `${id}event: ${message.event}\ndata: ${JSON.stringify(message.data)}\n\n`;
}
