import { cloneRequestSchema } from "@clone-xs/clone";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  deletedSchedule,
  newSchedule,
  schedule,
  scheduleChange,
  scheduleDetail,
  schedulePreview,
  schedulePreviewRequest,
  schedules as scheduleList,
  submitted,
} from "../contract/index.ts";
import type { ScheduleBook } from "../schedules/book.ts";
import { readAs } from "../validation.ts";
import { unjudged } from "./clone.ts";
import { failures } from "./failures.ts";

export interface ScheduleRoutesOptions {
  readonly schedules: ScheduleBook;
}

const byId = z.object({ id: z.string().describe("Id or name") });
const nothing = z.strictObject({});
/** In the document the request of a schedule is that of a clone; the engine judges it, in its own words. */
const documented = {
  whole: newSchedule.extend({ request: cloneRequestSchema }),
  change: scheduleChange.extend({ request: cloneRequestSchema.optional() }),
};

/** Clones, drift checks and verifications that start by themselves. */
export const scheduleRoutes: FastifyPluginAsyncZod<ScheduleRoutesOptions> = async (app, { schedules }) => {
  app.get(
    "/api/schedules",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listSchedules",
        summary: "Schedules by name",
        response: { 200: scheduleList, ...failures(401, 403) },
      },
    },
    async () => schedules.list(),
  );

  app.post(
    "/api/schedules",
    {
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "addSchedule",
        summary: "Save a schedule",
        body: documented.whole,
        response: { 201: schedule, ...failures(401, 403, 409, 413, 422) },
      },
    },
    async ({ body }, reply) => reply.code(201).send(await schedules.add(readAs(newSchedule, body))),
  );

  app.post(
    "/api/schedules/preview",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "previewSchedule",
        summary: "The next five times of a cron text in a time zone",
        body: schedulePreviewRequest,
        response: { 200: schedulePreview, ...failures(401, 403, 413, 422) },
      },
    },
    async ({ body }) => schedules.preview(body),
  );

  app.get(
    "/api/schedules/:id",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getSchedule",
        summary: "One schedule, with what became of its last times",
        params: byId,
        response: { 200: scheduleDetail, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => schedules.get(id),
  );

  app.put(
    "/api/schedules/:id",
    {
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "replaceSchedule",
        summary: "Put a whole schedule in the place of a saved one",
        params: byId,
        body: documented.whole,
        response: { 200: schedule, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { id }, body }) => schedules.replace(id, readAs(newSchedule, body)),
  );

  app.patch(
    "/api/schedules/:id",
    {
      validatorCompiler: unjudged,
      config: { role: "operator" },
      schema: {
        operationId: "changeSchedule",
        summary: "Change a schedule; enabled pauses it and lets it go on",
        params: byId,
        body: documented.change,
        response: { 200: schedule, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { id }, body }) => schedules.change(id, readAs(scheduleChange, body)),
  );

  app.delete(
    "/api/schedules/:id",
    {
      config: { role: "operator" },
      schema: {
        operationId: "deleteSchedule",
        summary: "Delete a schedule; its runs stay",
        params: byId,
        response: { 200: deletedSchedule, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { id } }) => {
      const { id: removed, name } = schedules.remove(id);
      return { id: removed, name, message: `Schedule ${name} was deleted. Its runs stay.` };
    },
  );

  app.post(
    "/api/schedules/:id/run",
    {
      config: { role: "operator" },
      schema: {
        operationId: "runSchedule",
        summary: "Start a run of a schedule now",
        params: byId,
        body: nothing,
        response: { 202: submitted, ...failures(401, 403, 404, 413, 422) },
      },
    },
    async ({ params: { id } }, reply) => {
      const { runId } = schedules.runNow(id);
      return reply
        .code(202)
        .send({ job_id: runId ?? "", status: "queued", message: "The schedule's run begins in a moment" });
    },
  );
};
