import { randomUUID } from "node:crypto";
import type { Read } from "../connections/details.ts";
import type {
  NewNotificationChannel,
  NotificationChannel,
  NotificationChannelChange,
  NotificationDelivery,
  NotificationTest,
} from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { invalidRequest } from "../validation.ts";
import { readChannel, readChannelChange } from "./channel.ts";
import { testNews } from "./news.ts";
import { type PostOptions, sendNow } from "./post.ts";
import type { StoredChannel } from "./store.ts";
import { toChannel, toDelivery } from "./views.ts";

/** Notification channels as API and command line change them. */
export interface NotificationBook {
  list(): readonly NotificationChannel[];
  /** Throws INVALID_REQUEST and ALREADY_EXISTS. */
  add(body: NewNotificationChannel): NotificationChannel;
  /** Throws NOT_FOUND, INVALID_REQUEST and SECRET_UNREADABLE. */
  change(name: string, change: NotificationChannelChange): NotificationChannel;
  /** With what is on its way to it. Throws NOT_FOUND. */
  remove(name: string): void;
  /** Sends a test once, also to a channel that is switched off. Throws NOT_FOUND. */
  test(name: string): Promise<NotificationTest>;
  /** The last ones, the newest first. Throws NOT_FOUND. */
  deliveries(name: string): readonly NotificationDelivery[];
}

export interface NotificationBookOptions extends PostOptions {
  readonly publicUrl: string | undefined;
}

const SHOWN = 50;

export function notificationBook(options: NotificationBookOptions): NotificationBook {
  const { store, clock, publicUrl } = options;
  const known = (name: string): StoredChannel => {
    const found = store.channel(name);
    if (found === undefined) throw new ServerError("NOT_FOUND", `There is no notification channel ${name}.`);
    return found;
  };
  const shown = (channel: StoredChannel) => toChannel(channel, store.deliveries(channel.name, 1)[0]);
  return {
    list: () => store.channels().map(shown),
    add(body) {
      const { channel, secrets } = usable(readChannel(body));
      store.add(channel, secrets, clock.now());
      return shown(known(channel.name));
    },
    change(name, change) {
      const { channel, secrets } = usable(readChannelChange(known(name), () => store.secrets(name), change));
      store.change(channel, secrets, clock.now());
      return shown(known(name));
    },
    remove(name) {
      known(name);
      store.remove(name);
    },
    async test(name) {
      const channel = known(name);
      const at = clock.now();
      const id = `test ${randomUUID()}`;
      const notification = { id, ...testNews(name, at, publicUrl) };
      const { ok, status, detail } = await sendNow(channel, notification, options);
      store.record({
        id,
        channel: name,
        notification,
        state: ok ? "delivered" : "failed",
        attempts: 1,
        createdAt: at,
        lastAttemptAt: clock.now(),
        nextAttemptAt: null,
        status,
        detail,
      });
      return { ok, status, message: detail ?? `Delivered to ${channel.host}: it answered ${status ?? ""}.` };
    },
    deliveries: (name) => store.deliveries(known(name).name, SHOWN).map(toDelivery),
  };
}

function usable<T>(read: Read<T>): T {
  if (read.ok) return read.value;
  throw invalidRequest(read.problems);
}
