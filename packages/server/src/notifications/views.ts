import type { NotificationChannel, NotificationDelivery } from "../contract/index.ts";
import type { StoredChannel, StoredDelivery } from "./store.ts";

/** A channel without what is secret of it. */
export function toChannel(channel: StoredChannel, last: StoredDelivery | undefined): NotificationChannel {
  const { name, kind, host, endsWith, signed, readable, enabled, events } = channel;
  return {
    name,
    kind,
    host,
    ends_with: endsWith,
    signed,
    readable,
    enabled,
    events: [...events],
    last_delivery:
      last === undefined
        ? null
        : { state: last.state, at: iso(last.lastAttemptAt ?? last.createdAt), detail: last.detail },
    created_at: iso(channel.createdAt),
    updated_at: iso(channel.updatedAt),
  };
}

export function toDelivery(delivery: StoredDelivery): NotificationDelivery {
  const { id, notification, state, attempts, status, detail } = delivery;
  return {
    id,
    event: notification.event,
    state,
    attempts,
    created_at: iso(delivery.createdAt),
    last_attempt_at: orNull(delivery.lastAttemptAt),
    next_attempt_at: orNull(delivery.nextAttemptAt),
    status,
    detail,
    notification,
  };
}

const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
const orNull = (at: number | null) => (at === null ? null : iso(at));
