import { z } from "zod";
import * as activity from "./activity.ts";
import * as compare from "./compare.ts";
import * as connections from "./connections.ts";
import * as estimate from "./estimate.ts";
import * as explorer from "./explorer.ts";
import * as overview from "./overview.ts";
import * as notifications from "./notifications.ts";
import * as plan from "./plan.ts";
import * as plans from "./plans.ts";
import * as preflight from "./preflight.ts";
import * as problem from "./problem.ts";
import * as rollback from "./rollback.ts";
import * as runParts from "./run-parts.ts";
import * as runs from "./runs.ts";
import * as session from "./session.ts";
import * as schedules from "./schedules.ts";
import * as streams from "./streams.ts";
import * as tokens from "./tokens.ts";
import * as verification from "./verification.ts";
import * as workspace from "./workspace.ts";

/** Schemas by the names that they have in the API's document: said once there, however many routes use them. */
export function nameSchemas(): void {
  for (const schemas of [
    activity,
    compare,
    connections,
    estimate,
    explorer,
    overview,
    notifications,
    plan,
    plans,
    preflight,
    problem,
    rollback,
    runs,
    runParts,
    session,
    schedules,
    streams,
    tokens,
    verification,
    workspace,
  ])
    for (const [name, schema] of Object.entries(schemas)) named(name, schema);
}

function named(name: string, schema: z.ZodType): void {
  if (!z.globalRegistry.has(schema))
    z.globalRegistry.add(schema, { id: `${name[0]?.toUpperCase()}${name.slice(1)}` });
}
