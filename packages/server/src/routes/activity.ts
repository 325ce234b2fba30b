import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { activities } from "../contract/index.ts";
import { failures } from "./failures.ts";
import type { AccessRoutesOptions } from "./session.ts";

const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: z.coerce.number().int().min(1).optional().describe("Those older than the one of this id"),
});

/** Who did what. */
export const activityRoutes: FastifyPluginAsyncZod<Pick<AccessRoutesOptions, "access">> = async (
  app,
  { access: { activity } },
) => {
  app.get(
    "/api/activity",
    {
      config: { role: "admin" },
      schema: {
        operationId: "listActivity",
        summary: "Who did what, the newest first; kept for 90 days",
        querystring: page,
        response: { 200: activities, ...failures(401, 403, 422) },
      },
    },
    async ({ query: { limit, before } }) => ({
      activities: activity
        .list({ limit, ...(before === undefined ? {} : { before }) })
        .map(({ at, role, ...entry }) => ({ ...entry, at: new Date(at).toISOString(), role: role ?? null })),
    }),
  );
};
