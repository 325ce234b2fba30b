import type {
  NewNotificationChannel,
  NotificationChannel,
  NotificationChannelChange,
  NotificationTest,
} from "@clone-xs/server/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, got } from "./api.ts";
import { json } from "./client.ts";

/** The key that everything about notifications begins with. */
export const everyNotification = ["notifications"] as const;

export const channels = queryOptions({
  queryKey: [...everyNotification, "channels"],
  queryFn: async ({ signal }) => (await got(api.GET("/api/notifications", { signal }))).channels,
  refetchInterval: 10_000,
});

export const deliveriesOf = (name: string) =>
  queryOptions({
    queryKey: [...everyNotification, "deliveries", name],
    queryFn: async ({ signal }) =>
      (await got(api.GET("/api/notifications/{name}/deliveries", { params: { path: { name } }, signal })))
        .deliveries,
    refetchInterval: 5_000,
  });

const at = (name: string, rest = "") => `/api/notifications/${encodeURIComponent(name)}${rest}`;

export function addChannel(body: NewNotificationChannel): Promise<NotificationChannel> {
  return json<NotificationChannel>("/api/notifications", { method: "POST", body });
}

export interface ChannelChangeCall {
  readonly name: string;
  readonly change: NotificationChannelChange;
}

export function changeChannel({ name, change }: ChannelChangeCall): Promise<NotificationChannel> {
  return json<NotificationChannel>(at(name), { method: "PATCH", body: change });
}

export async function deleteChannel(name: string): Promise<void> {
  await json(at(name), { method: "DELETE" });
}

export function testChannel(name: string): Promise<NotificationTest> {
  return json<NotificationTest>(at(name, "/test"), { method: "POST" });
}
