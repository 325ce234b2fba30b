import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { overview as overviewAnswer, overviewSeries } from "../contract/index.ts";
import type { OverviewDesk } from "../overview/overview.ts";
import { failures } from "./failures.ts";

export interface OverviewRoutesOptions {
  readonly overview: OverviewDesk;
}

const span = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(30),
  utc_offset_minutes: z.coerce
    .number()
    .int()
    .min(-14 * 60)
    .max(14 * 60)
    .default(0)
    .describe("How far the reader's clock is ahead of UTC: where days begin"),
});

/** What is going on: for the first page, and for whoever watches from elsewhere. No workspace is asked. */
export const overviewRoutes: FastifyPluginAsyncZod<OverviewRoutesOptions> = async (app, { overview }) => {
  app.get(
    "/api/overview",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getOverview",
        summary: "What needs attention, what runs, and how every copy is, as far as the server knows",
        response: { 200: overviewAnswer, ...failures(401, 403) },
      },
    },
    () => overview.read(),
  );

  app.get(
    "/api/overview/series",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "getOverviewSeries",
        summary: "Runs and bytes by day, drift by copy and lag by stream, over time",
        querystring: span,
        response: { 200: overviewSeries, ...failures(401, 403, 422) },
      },
    },
    async ({ query: { days, utc_offset_minutes } }) =>
      overview.series({ days, offset: utc_offset_minutes * 60_000 }),
  );
};
