import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  deletedNotificationChannel,
  newNotificationChannel,
  notificationChannel,
  notificationChannelChange,
  notificationChannels,
  notificationDeliveries,
  notificationTest,
} from "../contract/index.ts";
import type { NotificationBook } from "../notifications/book.ts";
import { failures } from "./failures.ts";

export interface NotificationRoutesOptions {
  readonly notifications: NotificationBook;
}

const byName = z.object({ name: z.string() });
const nothing = z.strictObject({});

/** Where news goes: webhooks and Slack. Their addresses are secret, and are never sent back. */
export const notificationRoutes: FastifyPluginAsyncZod<NotificationRoutesOptions> = async (
  app,
  { notifications },
) => {
  app.get(
    "/api/notifications",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listNotificationChannels",
        summary: "Notification channels, without their addresses",
        response: { 200: notificationChannels, ...failures(401, 403) },
      },
    },
    async () => ({ channels: [...notifications.list()] }),
  );

  app.post(
    "/api/notifications",
    {
      config: { role: "admin" },
      schema: {
        operationId: "addNotificationChannel",
        summary: "Save a notification channel",
        body: newNotificationChannel,
        response: { 201: notificationChannel, ...failures(401, 403, 409, 413, 422) },
      },
    },
    async ({ body }, reply) => reply.code(201).send(notifications.add(body)),
  );

  app.patch(
    "/api/notifications/:name",
    {
      config: { role: "admin" },
      schema: {
        operationId: "changeNotificationChannel",
        summary: "Change a notification channel; an address or secret that is not given stays",
        params: byName,
        body: notificationChannelChange,
        response: { 200: notificationChannel, ...failures(401, 403, 404, 409, 413, 422) },
      },
    },
    async ({ params: { name }, body }) => notifications.change(name, body),
  );

  app.delete(
    "/api/notifications/:name",
    {
      config: { role: "admin" },
      schema: {
        operationId: "deleteNotificationChannel",
        summary: "Delete a notification channel with what is on its way to it",
        params: byName,
        response: { 200: deletedNotificationChannel, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { name } }) => {
      notifications.remove(name);
      return { name, message: `Notification channel ${name} was deleted.` };
    },
  );

  app.post(
    "/api/notifications/:name/test",
    {
      config: { role: "admin" },
      schema: {
        operationId: "testNotificationChannel",
        summary: "Send a test, once",
        params: byName,
        body: nothing,
        response: { 200: notificationTest, ...failures(401, 403, 404, 413, 422) },
      },
    },
    async ({ params: { name } }) => notifications.test(name),
  );

  app.get(
    "/api/notifications/:name/deliveries",
    {
      config: { role: "viewer" },
      schema: {
        operationId: "listNotificationDeliveries",
        summary: "The last fifty deliveries to a channel, the newest first",
        params: byName,
        response: { 200: notificationDeliveries, ...failures(401, 403, 404) },
      },
    },
    async ({ params: { name } }) => ({ deliveries: [...notifications.deliveries(name)] }),
  );
};
