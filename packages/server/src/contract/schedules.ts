import { z } from "zod";

/** What a schedule starts: a clone, a look how far the copy has drifted (nothing is changed), or a comparison of the copy with its source. */
export const scheduleKind = z.enum(["clone", "drift_check", "verify"]);

/** What somebody can be told of the runs of a schedule. */
export const scheduleEvent = z.enum([
  "run_failed",
  "run_completed",
  "run_cancelled",
  "drift_found",
  "schedule_missed",
]);

const retries = z.strictObject({
  max: z.int().min(0).max(5).describe("How often a run that failed for a passing reason is gone on with"),
  backoff_seconds: z
    .int()
    .min(1)
    .max(86_400)
    .describe("Before the first time; twice as long before each next"),
});

const notify = z.strictObject({
  channels: z.array(z.string()).describe("Names of notification channels"),
  events: z.array(scheduleEvent),
});

const given = {
  name: z.string().describe("Unique"),
  cron: z
    .string()
    .describe("Five fields: minute, hour, day of month, month, day of week; or @daily and the like"),
  time_zone: z.string().describe("IANA name, for instance Europe/Berlin; the server's when absent"),
  kind: scheduleKind,
  request: z
    .record(z.string(), z.unknown())
    .describe("As POST /api/clone takes it; other workspaces by the names of saved connections"),
  enabled: z.boolean(),
  retries,
  notify,
  overlap: z
    .enum(["skip", "queue"])
    .describe("When its time comes while an earlier run is not over: leave it out, or wait (one at most)"),
  missed: z
    .enum(["run_once", "skip"])
    .describe(
      "Times that passed while no server ran: make up for all of them with one run, or leave them out",
    ),
};

/** Body of `POST /api/schedules` and `PUT /api/schedules/{id}`, and a schedule file. */
export const newSchedule = z
  .strictObject(given)
  .partial()
  .required({ name: true, cron: true, request: true });

/** Body of `PATCH /api/schedules/{id}`: what changes. */
export const scheduleChange = z.strictObject(given).partial();

/** One time that a schedule came due, or was started by hand. */
export const firing = z.object({
  id: z.int(),
  /** Null: somebody asked for it. */
  scheduled_for: z.string().nullable(),
  fired_at: z.string(),
  /** `waiting`: its run is about to be submitted. `retrying`: it failed, and is gone on with at `retry_at`. `skipped`, `missed`: there was no run. */
  state: z.enum(["waiting", "running", "retrying", "completed", "failed", "cancelled", "skipped", "missed"]),
  job_id: z.string().nullable(),
  /** How often its run was gone on with. */
  retries: z.int(),
  retry_at: z.string().nullable(),
  /** Times that passed before it while no server ran. */
  missed: z.int(),
  /** Tables that had drifted, of a drift check. */
  drifted: z.int().nullable(),
  note: z.string().nullable(),
  completed_at: z.string().nullable(),
});

export const schedule = z.object({
  id: z.string(),
  ...given,
  source_catalog: z.string(),
  destination_catalog: z.string(),
  /** Other workspaces that it clones to, by the names of their connections. */
  targets: z.array(z.string()),
  next_run_at: z.string().nullable(),
  next_runs: z.array(z.string()).describe("The next five; none while it is paused"),
  last: firing.nullable(),
  /** The last ten, the newest first. */
  recent: z.array(firing),
  created_at: z.string(),
  updated_at: z.string(),
});

export const schedules = z.object({
  schedules: z.array(schedule),
  /** Of the server: for schedules that name none. */
  time_zone: z.string(),
});

/** One schedule with its last firings, the newest first. */
export const scheduleDetail = schedule.extend({ history: z.array(firing) });

export const schedulePreviewRequest = z.strictObject({ cron: z.string(), time_zone: z.string().optional() });
export const schedulePreview = z.object({ time_zone: z.string(), next_runs: z.array(z.string()) });

export const deletedSchedule = z.object({ id: z.string(), name: z.string(), message: z.string() });

/** Of a run that a schedule started. */
export const runSchedule = z.object({ id: z.string(), name: z.string(), kind: scheduleKind });

export type ScheduleKind = z.infer<typeof scheduleKind>;
export type ScheduleEvent = z.infer<typeof scheduleEvent>;
export type NewSchedule = z.input<typeof newSchedule>;
export type ScheduleChange = z.input<typeof scheduleChange>;
export type Firing = z.infer<typeof firing>;
export type Schedule = z.infer<typeof schedule>;
export type Schedules = z.infer<typeof schedules>;
export type ScheduleDetail = z.infer<typeof scheduleDetail>;
export type SchedulePreview = z.infer<typeof schedulePreview>;
