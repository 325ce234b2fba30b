import { randomBytes } from "node:crypto";
import type { Clock, StreamRecord } from "@clone-xs/clone";
import { secretKeys } from "../connections/secret-keys.ts";
import type { TargetBook } from "../connections/target-book.ts";
import { type NotificationBook, notificationBook } from "../notifications/book.ts";
import { notifier } from "../notifications/notifier.ts";
import { postDue } from "../notifications/post.ts";
import { type NotificationStore, openNotificationStore } from "../notifications/store.ts";
import type { RunQueue } from "../runs/queue.ts";
import type { RunStore } from "../runs/store.ts";
import { type ScheduleBook, scheduleBook } from "./book.ts";
import { scheduler } from "./scheduler.ts";
import type { StoredFiring } from "./schedule.ts";
import { openScheduleStore } from "./store.ts";
import { scheduledRuns } from "./submit.ts";

export interface SchedulingOptions {
  readonly storeDirectory: string;
  readonly secretKey?: string;
  readonly publicUrl?: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly runs: RunStore;
  readonly queue: Pick<RunQueue, "submit" | "newId">;
  readonly targetBook: TargetBook;
  readonly streams: () => readonly StreamRecord[];
}

/** What starts by itself, and whom it tells. */
export interface Scheduling {
  readonly schedules: ScheduleBook;
  readonly notifications: NotificationBook;
  /** Begins to look for what is due. */
  begin(): void;
  /** How many wait for their time to be looked at, and whose last run failed. */
  figures(): { readonly due: number; readonly failed: number };
  /** Looks no more, and gives up what is on its way; the next server sends it again. */
  stop(): Promise<void>;
  /** Lets go of the stores. After `stop`. */
  close(): void;
}

const LOOK_MS = 1_000;

export function openScheduling(options: SchedulingOptions): Scheduling {
  const { storeDirectory, clock, log, runs, queue, targetBook } = options;
  const store = openScheduleStore(storeDirectory);
  const channels = openNotifications(storeDirectory, options.secretKey);
  const closing = new AbortController();
  const { signal } = closing;
  const now = () => clock.now();
  const publicUrl = options.publicUrl;
  const posting = { store: channels, clock, signal };
  const due = scheduler({ store, runs: scheduledRuns({ store: runs, queue, targetBook }), now, log });
  const news = notifier({
    store: channels,
    runs,
    schedules: store,
    streams: options.streams,
    clock,
    publicUrl,
  });

  /** A store that cannot be read for a moment, or a workspace that fails, must not end what looks. */
  const look = async (what: string, work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) log(`${what} could not be looked at: ${String(error)}`);
    }
  };
  const again = async (every: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await every();
      await clock.sleep(LOOK_MS, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  };
  let looking: Promise<unknown> = Promise.resolve();
  return {
    schedules: scheduleBook({
      store,
      targetBook,
      channels: () => channels.channels().map(({ name }) => name),
      newRunId: queue.newId,
      timeZone: serverTimeZone(),
      now,
    }),
    notifications: notificationBook({ ...posting, publicUrl }),
    begin() {
      // Who is slow to take news must not keep a clone from its time.
      looking = Promise.all([
        again(async () => {
          await look("Schedules", () => due.look());
          await look("What there is to tell", () => news.look());
        }),
        again(() => look("Notifications", () => postDue(posting))),
      ]);
    },
    figures: () => ({
      due: store.dueAt(now()).length,
      failed: store.list().filter(({ id }) => store.firings(id, 1)[0]?.state === "failed").length,
    }),
    async stop() {
      closing.abort();
      await looking;
    },
    close() {
      store.close();
      channels.close();
    },
  };
}

/** The schedules of a home directory without a server: what is changed here, the servers that run there carry out. */
export interface ScheduleDesk {
  readonly schedules: ScheduleBook;
  /** What became of a firing; undefined: there is none. */
  firing(id: number): StoredFiring | undefined;
  close(): void;
}

export function openScheduleDesk(
  options: Pick<SchedulingOptions, "storeDirectory" | "secretKey" | "clock"> & {
    readonly targetBook: Pick<TargetBook, "read">;
    readonly random: () => number;
  },
): ScheduleDesk {
  const { storeDirectory, targetBook, clock, random } = options;
  const store = openScheduleStore(storeDirectory);
  const channels = openNotifications(storeDirectory, options.secretKey);
  const schedules = scheduleBook({
    store,
    targetBook,
    channels: () => channels.channels().map(({ name }) => name),
    // Whoever submits it looks whether it is free.
    newRunId: () =>
      Math.floor(random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, "0"),
    timeZone: serverTimeZone(),
    now: () => clock.now(),
  });
  return {
    schedules,
    firing: (id) => store.firing(id),
    close() {
      store.close();
      channels.close();
    },
  };
}

/** The notification channels of a home directory, with its keys. `secretKey`: as `CLXS_SECRET_KEY` gives it. */
export function openNotifications(home: string, secretKey: string | undefined): NotificationStore {
  const given = secretKey === undefined ? {} : { given: secretKey };
  const store = openNotificationStore(home, {
    keys: secretKeys(home, { randomBytes, ...given }),
    randomBytes,
  });
  store.sealAnew();
  return store;
}

/** Of the machine that it runs on. */
function serverTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
