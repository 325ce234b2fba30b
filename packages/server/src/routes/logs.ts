import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { LogLine, RunStore } from "../runs/store.ts";
import { knownEntry } from "./clone.ts";
import { failures } from "./failures.ts";

export interface LogRoutesOptions {
  readonly store: RunStore;
}

/** Lines that are read and sent in one go. */
const AT_ONCE = 1000;

const formats = { text: lineText, ndjson: lineDocument } as const;
const types = { text: "text/plain; charset=utf-8", ndjson: "application/x-ndjson" } as const;
const extensions = { text: "log", ndjson: "ndjson" } as const;

/** The log of a run as a file. */
export const logRoutes: FastifyPluginAsyncZod<LogRoutesOptions> = async (app, { store }) => {
  app.get(
    "/api/clone/:id/logs",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "downloadRunLog",
        summary: "Every line of a run's log, as text or as one JSON object a line",
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({ format: z.enum(["text", "ndjson"]).default("text") }),
        response: {
          200: {
            description: "The log so far",
            content: { "text/plain": { schema: z.string() }, "application/x-ndjson": { schema: z.string() } },
          },
          ...failures(401, 403, 404, 422),
        },
      },
    },
    async ({ params: { id }, query: { format } }, reply) => {
      knownEntry(store, id);
      reply
        .type(types[format])
        .header("content-disposition", `attachment; filename="clxs-run-${id}.${extensions[format]}"`);
      const untyped: FastifyReply = reply;
      return untyped.send(Readable.from(pieces(store, id, formats[format])));
    },
  );
};

/** As far as the log goes now: one that grows faster than it is read has an end all the same. */
function* pieces(store: RunStore, id: string, textOf: (line: LogLine) => string): Generator<string> {
  const last = store.lastEvent(id);
  let after = 0;
  for (;;) {
    const lines = store.logsAfter(id, after, AT_ONCE).filter(({ seq }) => seq <= last);
    if (lines.length > 0) yield lines.map(textOf).join("");
    if (lines.length < AT_ONCE) return;
    after = lines.at(-1)?.seq ?? last;
  }
}

function lineText({ line }: LogLine): string {
  return `${line}\n`;
}

function lineDocument({ seq, at, level, line }: LogLine): string {
  return `${JSON.stringify({ id: seq, time: new Date(at).toISOString(), level, line })}\n`;
}
