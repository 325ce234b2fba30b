import type { Clock } from "@clone-xs/clone";
import { messageOf } from "./message.ts";
import { type Sent, send } from "./send.ts";
import type { NotificationStore, StoredChannel, StoredDelivery } from "./store.ts";

export interface PostOptions {
  readonly store: NotificationStore;
  readonly clock: Clock;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** How long a channel may take to answer. */
const TIMEOUT_MS = 10_000;
/** A delivery that a process took and did not settle by then is another's to send. */
const HELD_MS = 60_000;
const AT_ONCE = 8;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
/** After that nobody waits for the news any more. */
const GIVEN_UP_MS = 86_400_000;

/** Sends what is due, at most a few at once. What is cut short is sent again: the same news has the same id. */
export async function postDue(options: PostOptions): Promise<void> {
  const { store, clock } = options;
  const now = clock.now();
  const due = store.take(now, now + HELD_MS, AT_ONCE);
  await Promise.all(due.map((delivery) => post(delivery, options)));
}

async function post(delivery: StoredDelivery, options: PostOptions): Promise<void> {
  const { store, clock, signal } = options;
  const channel = store.channel(delivery.channel);
  if (channel === undefined) return;
  const sent = channel.enabled
    ? await sendNow(channel, delivery.notification, options)
    : { ok: false, status: null, detail: "The channel is switched off." };
  if (signal.aborted && !sent.ok) return;
  store.settle(delivery.id, outcomeOf(delivery, sent, clock.now()));
}

/** Sends one piece of news once. Never throws. */
export async function sendNow(
  { name, kind, readable }: StoredChannel,
  notification: StoredDelivery["notification"],
  { store, clock, signal }: PostOptions,
): Promise<Sent> {
  if (!readable)
    return {
      ok: false,
      status: null,
      detail: "Its address was sealed with a key that is not here: give it again.",
    };
  const { url, secret } = store.secrets(name);
  const timeout = new AbortController();
  const answered = new AbortController();
  const patience = clock.sleep(TIMEOUT_MS, answered.signal).then(
    () => timeout.abort(),
    () => undefined,
  );
  const sent = await send(url, messageOf(notification, { kind, secret, at: clock.now() }), {
    signal: AbortSignal.any([signal, timeout.signal]),
    timedOut: () => timeout.signal.aborted,
  });
  answered.abort();
  await patience;
  return sent;
}

/** What a try makes of a delivery that had `attempts` before it. Pure. */
export function outcomeOf(
  { attempts, createdAt }: Pick<StoredDelivery, "attempts" | "createdAt">,
  { ok, status, detail }: Sent,
  now: number,
) {
  const again = now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts);
  const state = ok ? "delivered" : again > createdAt + GIVEN_UP_MS ? "failed" : "pending";
  const nextAttemptAt = state === "pending" ? again : null;
  return { state, lastAttemptAt: now, nextAttemptAt, status, detail } as const;
}
