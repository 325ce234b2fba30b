import { z } from "zod";

/** What a channel can be told of. */
export const notificationEvent = z.enum([
  "run_failed",
  "run_completed",
  "run_cancelled",
  "drift_found",
  "stream_failed",
  "schedule_missed",
]);

const given = {
  name: z.string().describe("Unique"),
  kind: z.enum(["webhook", "slack"]),
  url: z.string().describe("https, or http on this machine; kept sealed and never sent back"),
  secret: z
    .string()
    .nullish()
    .describe("Of a webhook: signs what is sent. Kept sealed and never sent back; null takes it away"),
  enabled: z.boolean(),
  events: z
    .array(notificationEvent)
    .describe("Of all runs and streams; schedules may name the channel for more"),
};

/** Body of `POST /api/notifications`. */
export const newNotificationChannel = z
  .strictObject(given)
  .partial()
  .required({ name: true, kind: true, url: true });

const { name: _, ...changeable } = given;

/** Body of `PATCH /api/notifications/{name}`: what changes. */
export const notificationChannelChange = z.strictObject(changeable).partial();

/** A channel without its address and secret. */
export const notificationChannel = z.object({
  name: z.string(),
  kind: given.kind,
  host: z.string(),
  /** The last four characters of its address, to tell one from another. */
  ends_with: z.string(),
  signed: z.boolean(),
  /** `false`: the address was sealed with a key that is not here any more; give it again. */
  readable: z.boolean(),
  enabled: z.boolean(),
  events: given.events,
  /** How the last delivery went; null when there was none. */
  last_delivery: z
    .object({
      state: z.enum(["pending", "delivered", "failed"]),
      at: z.string(),
      detail: z.string().nullable(),
    })
    .nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const notificationChannels = z.object({ channels: z.array(notificationChannel) });

const runNews = z.object({
  job_id: z.string(),
  status: z.string(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  clone_type: z.string(),
  load_type: z.string(),
  dry_run: z.boolean(),
  targets: z.array(z.string()),
  schedule: z.string().nullable().describe("Name of the schedule that started it"),
  outcome: z.string().nullable().describe("Status of its summary"),
  tables: z.object({ success: z.int(), failed: z.int(), skipped: z.int() }).nullable(),
  bytes_copied: z.number().nullable(),
  total_drifted_tables: z.int().nullable(),
  duration_seconds: z.number().nullable(),
  error: z.string().nullable().describe("Its first error, with values of statements left out"),
  completed_at: z.string().nullable(),
});

const streamNews = z.object({
  stream_id: z.string(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  run_id: z.string(),
  error: z.string().nullable(),
});

const scheduleNews = z.object({
  id: z.string(),
  name: z.string(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  missed: z.int(),
  scheduled_for: z.string().nullable(),
  note: z.string().nullable(),
});

/**
 * What a webhook gets, as JSON by POST. With a secret there is a header `X-Clxs-Signature: t=<seconds>,v1=<hex>`, where `v1` is the
 * HMAC-SHA256 of `<seconds>.<body>`. `X-Clxs-Delivery` is the same when the same news is sent again. Answer with any 2xx.
 */
export const notification = z.object({
  id: z.string(),
  event: z.enum([...notificationEvent.options, "test"]),
  at: z.string(),
  title: z.string().describe("A sentence for people"),
  link: z.string().nullable().describe("To the page, when the server knows its public address"),
  run: runNews.nullable(),
  stream: streamNews.nullable(),
  schedule: scheduleNews.nullable(),
});

export const notificationDelivery = z.object({
  id: z.string(),
  event: notification.shape.event,
  state: z.enum(["pending", "delivered", "failed"]),
  attempts: z.int(),
  created_at: z.string(),
  last_attempt_at: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
  /** HTTP status of the last answer. */
  status: z.int().nullable(),
  detail: z.string().nullable(),
  notification,
});

/** The last fifty, the newest first. */
export const notificationDeliveries = z.object({ deliveries: z.array(notificationDelivery) });

export const notificationTest = z.object({
  ok: z.boolean(),
  status: z.int().nullable(),
  message: z.string(),
});

export const deletedNotificationChannel = z.object({ name: z.string(), message: z.string() });

export type NotificationEvent = z.infer<typeof notificationEvent>;
export type NewNotificationChannel = z.input<typeof newNotificationChannel>;
export type NotificationChannelChange = z.input<typeof notificationChannelChange>;
export type NotificationChannel = z.infer<typeof notificationChannel>;
export type Notification = z.infer<typeof notification>;
export type NotificationDelivery = z.infer<typeof notificationDelivery>;
export type NotificationTest = z.infer<typeof notificationTest>;
