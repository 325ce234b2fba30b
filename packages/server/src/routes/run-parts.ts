import { type ReportFormat, reportText } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  logLines,
  objectState,
  runObjectDetail,
  runObjects,
  runStanding,
  runStatements,
  runTimeline,
} from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { afterwardsOf } from "../runs/afterwards.ts";
import { parallelOver } from "../runs/parallel.ts";
import { OBJECT_ORDERS, type StoredObject } from "../runs/parts.ts";
import { isOver } from "../runs/states.ts";
import { cloneIn } from "../runs/clone-line.ts";
import type { RunStore } from "../runs/store.ts";
import { toRun } from "../views.ts";
import { known, knownEntry } from "./clone.ts";
import { failures } from "./failures.ts";

export interface RunPartsRoutesOptions {
  readonly store: RunStore;
  /** Where runs leave their files. */
  readonly home: string;
}

const byId = z.object({ id: z.string() });
const pages = {
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
};
const several = <Each extends z.ZodType>(each: Each) =>
  z.union([each, z.array(each)]).transform((value) => (Array.isArray(value) ? value : [value]));

/** Into how many parts the time of a run is divided to count what went on at once. */
const PARTS = 120;

/** A run in parts, each of which costs the same however long the run is. */
export const runPartsRoutes: FastifyPluginAsyncZod<RunPartsRoutesOptions> = async (app, { store, home }) => {
  const { parts } = store;

  app.get(
    "/api/clone/:id/standing",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getRunStanding",
        summary: "How a run stands, without its objects and its log",
        params: byId,
        response: { 200: runStanding, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      // Read first: what comes later is heard of as an event.
      const last_event = parts.lastEvent(id);
      const run = known(store, id);
      const { logs: _, ...stands } = toRun(run, await afterwardsOf(run, home), []);
      const several = run.facts.targets.length > 1;
      return {
        ...stands,
        last_event,
        standing: several ? parts.targets(id).map((target) => ({ ...target })) : [],
        guard_lines: run.request["quiesce_source"] === true ? parts.guardLines(id) : [],
        objects: parts.counts(id).reduce((sum, { objects }) => sum + objects, 0),
        log_lines: parts.lines(id, {}, { offset: 0, limit: 0 }).total,
      };
    },
  );

  app.get(
    "/api/clone/:id/objects",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listRunObjects",
        summary: "What became of each object of a run",
        params: byId,
        querystring: z.strictObject({
          ...pages,
          state: several(objectState).optional(),
          kind: z.string().optional(),
          target: z.string().optional(),
          q: z.string().max(500).optional(),
          sort: z.enum(OBJECT_ORDERS).default("outcome"),
          descending: z.stringbool().default(false),
        }),
        response: { 200: runObjects, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query: { offset, limit, state = [], kind, target, q, sort, descending } }) => {
      knownEntry(store, id);
      const filter = {
        states: state,
        order: sort,
        descending,
        ...(kind === undefined ? {} : { kind }),
        ...(target === undefined ? {} : { target }),
        ...(q === undefined ? {} : { q }),
      };
      const { total, rows } = parts.objects(id, filter, { offset, limit });
      return { total, counts: parts.counts(id), objects: rows.map(toObject) };
    },
  );

  app.get(
    "/api/clone/:id/object",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getRunObject",
        summary: "One object of a run, with what was done around it",
        params: byId,
        querystring: z.strictObject({ object: z.string(), target: z.string().default("") }),
        response: { 200: runObjectDetail, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query: { object, target } }) => {
      knownEntry(store, id);
      const rows = parts.around(id, target, object);
      if (rows.length === 0) throw new ServerError("NOT_FOUND", `Run ${id} knows nothing of ${object}.`);
      return { objects: rows.map(toObject), statements: parts.clonesOf(id, target, object) };
    },
  );

  app.get(
    "/api/clone/:id/timeline",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getRunTimeline",
        summary: "What a run did when",
        params: byId,
        querystring: z.strictObject(pages),
        response: { 200: runTimeline, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query }) => {
      const { startedAt, completedAt, state } = knownEntry(store, id);
      const spans = parts.spans(id);
      const ends = spans.map(({ from, to: end }) => end ?? from);
      const from = startedAt ?? Math.min(...spans.map((span) => span.from));
      const to = ends.reduce((latest, end) => Math.max(latest, end), completedAt ?? from);
      const began = Number.isFinite(from);
      const told = isOver(state) ? spans.map((span) => ({ ...span, to: span.to ?? to })) : spans;
      const parallel = began ? parallelOver(told, { from, to, parts: PARTS }) : [];
      return {
        from: began ? iso(from) : null,
        to: began ? iso(to) : null,
        phases: parts.phases(id).map(({ phase, at }) => ({ phase, at: iso(at) })),
        parallel: parallel.map((value) => Math.round(100 * value) / 100),
        total: spans.length,
        steps: parts.begun(id, query).map(toObject),
      };
    },
  );

  app.get(
    "/api/clone/:id/lines",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listRunLines",
        summary: "Lines of a run's log",
        params: byId,
        querystring: z.strictObject({
          ...pages,
          level: z.enum(["info", "warn", "error"]).default("info"),
          q: z.string().max(500).optional(),
        }),
        response: { 200: logLines, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query: { offset, limit, level, q } }) => {
      knownEntry(store, id);
      const filter = { level, ...(q === undefined ? {} : { q }) };
      const { total, lines } = parts.lines(id, filter, { offset, limit });
      return { total, lines: lines.map(({ at, ...line }) => ({ ...line, at: iso(at) })) };
    },
  );

  app.get(
    "/api/clone/:id/statements",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listRunStatements",
        summary: "CLONE statements that a run sent",
        params: byId,
        querystring: z.strictObject({ ...pages, q: z.string().max(500).optional() }),
        response: { 200: runStatements, ...failures(401, 403, 404, 422) },
      },
    },
    async ({ params: { id }, query: { offset, limit, q } }) => {
      const { facts } = knownEntry(store, id);
      const several = facts.targets.length > 1;
      const filter = { clones: true, ...(q === undefined ? {} : { q }) };
      const { total, lines } = parts.lines(id, filter, { offset, limit });
      const statements = lines.map(({ id: line, at, line: text }) => {
        const { target, ...clone } = cloneIn(text, several);
        const table = parts.table(id, target, clone.object);
        const { state = null, statement_id = null } = table ?? {};
        return {
          id: line,
          at: iso(at),
          ...clone,
          target: target === "" ? null : target,
          state,
          statement_id,
        };
      });
      return { total, statements };
    },
  );

  app.get(
    "/api/clone/:id/report",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getRunReport",
        summary: "The report of a run that is over, to keep or to send",
        params: byId,
        querystring: z.strictObject({ format: z.enum(["html", "json", "md"]).default("html") }),
        response: {
          200: {
            description: "The report as a file",
            content: {
              "text/html": { schema: z.string() },
              "text/markdown": { schema: z.string() },
              "application/json": { schema: z.string() },
            },
          },
          ...failures(401, 403, 404, 422),
        },
      },
    },
    async ({ params: { id }, query: { format } }, reply) => {
      const { result, state } = known(store, id);
      if (result === null || !isOver(state))
        throw new ServerError("NOT_FOUND", `Run ${id} has no report: it is not over, or ended without one.`);
      const { type, as } = REPORTS[format];
      reply.header("content-disposition", `attachment; filename="clone-xs-${id}.${format}"`);
      // It is a file, and no answer that a schema shapes.
      reply.serializer((text: unknown) => String(text));
      return reply.type(`${type}; charset=utf-8`).send(reportText(result, as));
    },
  );
};

const REPORTS: Readonly<
  Record<
    "html" | "json" | "md",
    { readonly type: "text/html" | "text/markdown" | "application/json"; readonly as: ReportFormat }
  >
> = {
  html: { type: "text/html", as: "html" },
  json: { type: "application/json", as: "json" },
  md: { type: "text/markdown", as: "markdown" },
};

function toObject({ target, started_at: from, ended_at: to, code, message, ...stored }: StoredObject) {
  const { object, kind, step, state, operation, reason, detail } = stored;
  const { source_version, cloned_version, format, bytes, files, statement_id } = stored;
  return {
    target: target === "" ? null : target,
    object,
    kind,
    step,
    state,
    operation,
    reason,
    detail,
    source_version,
    cloned_version,
    format,
    started_at: from === null ? null : iso(from),
    seconds: from === null || to === null ? null : (to - from) / 1000,
    bytes,
    files,
    statement_id,
    error: code === null ? null : { code, message: message ?? "" },
  };
}

const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
