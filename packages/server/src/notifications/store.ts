import type Database from "libsql";
import { type Binding, keyIdOf, NONCE_BYTES, seal, unseal } from "../connections/seal.ts";
import type { SecretKeys } from "../connections/secret-keys.ts";
import type { Notification } from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { type DatabaseLayout, durably, openDatabase } from "../runs/database.ts";
import type { Channel, ChannelSecrets } from "./channel.ts";

/** A channel as it is kept. Times are epoch milliseconds. */
export interface StoredChannel extends Channel {
  readonly readable: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

type DeliveryState = "pending" | "delivered" | "failed";

/** One piece of news for one channel. */
export interface StoredDelivery {
  readonly id: string;
  readonly channel: string;
  readonly notification: Notification;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: number;
  readonly lastAttemptAt: number | null;
  /** Null: it is over. */
  readonly nextAttemptAt: number | null;
  readonly status: number | null;
  readonly detail: string | null;
}

type DeliveryOutcome = Pick<
  StoredDelivery,
  "state" | "lastAttemptAt" | "nextAttemptAt" | "status" | "detail"
>;

/** News that is worked out once: what it was about, and what came of it for whom. */
export interface News {
  /** The same for the same thing, whichever server works it out. */
  readonly key: string;
  readonly deliveries: readonly { readonly channel: string; readonly notification: Notification }[];
}

/**
 * The durable memory of channels and of what is on its way to them. Addresses and secrets are sealed. Synchronous: a call that has
 * returned is on disk. Several processes may have it open.
 */
export interface NotificationStore {
  /** By name. */
  channels(): readonly StoredChannel[];
  channel(name: string): StoredChannel | undefined;
  /** Throws ALREADY_EXISTS. */
  add(channel: Channel, secrets: ChannelSecrets, at: number): void;
  /** Without secrets the kept ones stay. Throws NOT_FOUND. */
  change(channel: Channel, secrets: ChannelSecrets | undefined, at: number): void;
  /** With its deliveries. `false`: there was none. */
  remove(name: string): boolean;
  /** Throws NOT_FOUND, and SECRET_UNREADABLE when no key here opens them. */
  secrets(name: string): ChannelSecrets;
  /** How far the runs were looked through; undefined: never. */
  cursor(): number | undefined;
  /** Keeps news that nobody has kept yet, and how far the runs were looked through, in one transaction. */
  tell(news: readonly News[], options: { readonly at: number; readonly cursor?: number }): void;
  /** Whether news of that key was kept. */
  isTold(key: string): boolean;
  /** Takes deliveries whose time has come, so that no other process sends them until `until`. */
  take(now: number, until: number, limit: number): readonly StoredDelivery[];
  settle(id: string, outcome: DeliveryOutcome): void;
  /** One that was made at once. */
  record(delivery: StoredDelivery): void;
  /** The newest first. */
  deliveries(channel: string, limit: number): readonly StoredDelivery[];
  /** Seals anew, with the current key, what an earlier one of the keys here sealed. */
  sealAnew(): void;
  close(): void;
}

/** In the home directory. */
export const NOTIFICATIONS_FILE = "notifications.db";

const LAYOUT: DatabaseLayout = {
  file: NOTIFICATIONS_FILE,
  versions: [
    `CREATE TABLE channels (
      name TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      host TEXT NOT NULL,
      ends_with TEXT NOT NULL,
      signed INTEGER NOT NULL,
      enabled INTEGER NOT NULL,
      events TEXT NOT NULL,
      sealed TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE deliveries (
      id TEXT PRIMARY KEY,
      channel TEXT NOT NULL,
      body TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      last_attempt_at INTEGER,
      next_attempt_at INTEGER,
      status INTEGER,
      detail TEXT
    );
    CREATE INDEX deliveries_by_channel ON deliveries (channel, created_at);
    CREATE INDEX deliveries_by_time ON deliveries (next_attempt_at);
    CREATE TABLE told (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE looked (what TEXT PRIMARY KEY, cursor INTEGER NOT NULL) WITHOUT ROWID;`,
  ],
};

/** Of each channel. */
const DELIVERIES_KEPT = 200;

/** Opens the notifications of a home directory (created when missing). */
export function openNotificationStore(
  directory: string,
  { keys, randomBytes }: { readonly keys: SecretKeys; readonly randomBytes: (size: number) => Buffer },
): NotificationStore {
  const database = openDatabase(directory, LAYOUT);
  // What is deleted is overwritten, though it is sealed.
  database.pragma("secure_delete = ON");
  const rows = rowsOf(database);
  const sealed = (name: string, { url, secret }: ChannelSecrets) =>
    seal(JSON.stringify([url, secret]), keys.current(), bindingOf(name), randomBytes(NONCE_BYTES));
  const shown = ({ sealed: text, ...row }: ChannelRow): StoredChannel => ({
    ...toChannel(row),
    readable: keys.all().some(({ id }) => id === keyIdOf(text)),
  });
  const secretsIn = ({ name, sealed: text }: ChannelRow): ChannelSecrets => {
    const plain = unseal(text, keys.all(), bindingOf(name));
    if (plain === undefined)
      throw new ServerError(
        "SECRET_UNREADABLE",
        `The address of channel ${name} cannot be opened: it was sealed with another key, or changed where it is kept. Give it again.`,
      );
    const [url, secret] = JSON.parse(plain) as [string, string | null];
    return { url, secret };
  };
  const known = (name: string): ChannelRow => {
    const row = rows.channel(name);
    if (row === undefined) throw new ServerError("NOT_FOUND", `There is no notification channel ${name}.`);
    return row;
  };
  return {
    channels: () => rows.channels().map(shown),
    channel(name) {
      const row = rows.channel(name);
      return row === undefined ? undefined : shown(row);
    },
    add: (channel, secrets, at) =>
      durably(database, () => {
        if (rows.channel(channel.name) !== undefined)
          throw new ServerError(
            "ALREADY_EXISTS",
            `There is a notification channel ${channel.name} already. Choose another name, or change that one.`,
          );
        rows.put(channel, { sealed: sealed(channel.name, secrets), createdAt: at, updatedAt: at });
      }),
    change: (channel, secrets, at) =>
      durably(database, () => {
        const before = known(channel.name);
        const kept = secrets === undefined ? before.sealed : sealed(channel.name, secrets);
        rows.put(channel, { sealed: kept, createdAt: before.created_at, updatedAt: at });
      }),
    remove: (name) => durably(database, () => rows.remove(name)),
    secrets: (name) => secretsIn(known(name)),
    cursor: rows.cursor,
    tell: (news, { at, cursor }) =>
      durably(database, () => {
        for (const { key, deliveries } of news.filter((each) => rows.keep(each.key, at)))
          for (const [index, { channel, notification }] of deliveries.entries())
            rows.insert(fresh(`${key}#${index}`, channel, notification, at));
        if (cursor !== undefined) rows.look(cursor);
        rows.forgetTold(at - TOLD_KEPT_MS);
      }),
    isTold: rows.isTold,
    take: (now, until, limit) =>
      durably(database, () => {
        const due = rows.due(now, limit);
        for (const { id } of due) rows.hold(id, until);
        return due;
      }),
    settle: (id, outcome) => rows.settle(id, outcome),
    record: (delivery) =>
      durably(database, () => {
        rows.insert(delivery);
        rows.forget(delivery.channel);
      }),
    deliveries: rows.deliveries,
    sealAnew() {
      const [current, ...older] = keys.all();
      const old = rows.channels().filter(({ sealed: text }) => older.some(({ id }) => id === keyIdOf(text)));
      if (current === undefined || old.length === 0) return;
      durably(database, () => {
        for (const row of old)
          rows.put(toChannel(row), {
            sealed: sealed(row.name, secretsIn(row)),
            createdAt: row.created_at,
            updatedAt: row.updated_at,
          });
      });
    },
    close: () => {
      database.close();
    },
  };
}

/** Runs that end are told of by then, or were told of so long ago that nobody looks at them again. */
const TOLD_KEPT_MS = 90 * 86_400_000;

function fresh(id: string, channel: string, notification: Notification, at: number): StoredDelivery {
  return {
    id,
    channel,
    notification: { ...notification, id },
    state: "pending",
    attempts: 0,
    createdAt: at,
    lastAttemptAt: null,
    nextAttemptAt: at,
    status: null,
    detail: null,
  };
}

/** What is sealed opens as the address of this channel only. */
function bindingOf(name: string): Binding {
  return ["notification channel", name];
}

function rowsOf(database: Database.Database) {
  const prepared = {
    channels: database.prepare("SELECT * FROM channels ORDER BY name"),
    channel: database.prepare("SELECT * FROM channels WHERE name = ?"),
    put: database.prepare("INSERT OR REPLACE INTO channels VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    remove: database.prepare("DELETE FROM channels WHERE name = ?"),
    removeDeliveries: database.prepare("DELETE FROM deliveries WHERE channel = ?"),
    told: database.prepare("SELECT 1 FROM told WHERE key = ?"),
    keep: database.prepare("INSERT OR IGNORE INTO told VALUES (?, ?)"),
    forgetTold: database.prepare("DELETE FROM told WHERE at < ?"),
    cursor: database.prepare("SELECT cursor FROM looked WHERE what = 'runs'"),
    look: database.prepare(
      "INSERT INTO looked VALUES ('runs', ?) ON CONFLICT (what) DO UPDATE SET cursor = max(cursor, excluded.cursor)",
    ),
    insert: database.prepare("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    forget: database.prepare(
      "DELETE FROM deliveries WHERE channel = ?1 AND state <> 'pending' AND created_at < (SELECT created_at FROM deliveries WHERE channel = ?1 ORDER BY created_at DESC LIMIT 1 OFFSET ?2)",
    ),
    due: database.prepare(
      "SELECT * FROM deliveries WHERE state = 'pending' AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ?",
    ),
    hold: database.prepare("UPDATE deliveries SET next_attempt_at = ?, attempts = attempts + 1 WHERE id = ?"),
    settle: database.prepare(
      "UPDATE deliveries SET state = ?, last_attempt_at = ?, next_attempt_at = ?, status = ?, detail = ? WHERE id = ?",
    ),
    deliveries: database.prepare(
      "SELECT * FROM deliveries WHERE channel = ? ORDER BY created_at DESC, id DESC LIMIT ?",
    ),
  };
  const deliveriesIn = (found: unknown) => (found as DeliveryRow[]).map(toDelivery);
  return {
    channels: () => prepared.channels.all() as ChannelRow[],
    channel: (name: string) => (prepared.channel.all(name) as ChannelRow[])[0],
    put(
      { name, kind, host, endsWith, signed, enabled, events }: Channel,
      kept: { readonly sealed: string; readonly createdAt: number; readonly updatedAt: number },
    ) {
      const flags = [signed ? 1 : 0, enabled ? 1 : 0, JSON.stringify(events)];
      prepared.put.run(name, kind, host, endsWith, ...flags, kept.sealed, kept.createdAt, kept.updatedAt);
    },
    remove(name: string) {
      prepared.removeDeliveries.run(name);
      return prepared.remove.run(name).changes > 0;
    },
    isTold: (key: string) => prepared.told.all(key).length > 0,
    keep: (key: string, at: number) => prepared.keep.run(key, at).changes > 0,
    forgetTold: (before: number) => void prepared.forgetTold.run(before),
    cursor: () => (prepared.cursor.all() as { cursor: number }[])[0]?.cursor,
    look: (cursor: number) => void prepared.look.run(cursor),
    insert(delivery: StoredDelivery) {
      const { id, channel, notification, state, attempts, createdAt } = delivery;
      const { lastAttemptAt, nextAttemptAt, status, detail } = delivery;
      const times = [createdAt, lastAttemptAt, nextAttemptAt];
      prepared.insert.run(
        id,
        channel,
        JSON.stringify(notification),
        state,
        attempts,
        ...times,
        status,
        detail,
      );
    },
    forget: (channel: string) => void prepared.forget.run(channel, DELIVERIES_KEPT),
    due: (now: number, limit: number) => deliveriesIn(prepared.due.all(now, limit)),
    hold: (id: string, until: number) => void prepared.hold.run(until, id),
    settle(id: string, { state, lastAttemptAt, nextAttemptAt, status, detail }: DeliveryOutcome) {
      prepared.settle.run(state, lastAttemptAt, nextAttemptAt, status, detail, id);
    },
    deliveries: (channel: string, limit: number) => deliveriesIn(prepared.deliveries.all(channel, limit)),
  };
}

interface ChannelRow {
  readonly name: string;
  readonly kind: Channel["kind"];
  readonly host: string;
  readonly ends_with: string;
  readonly signed: number;
  readonly enabled: number;
  readonly events: string;
  readonly sealed: string;
  readonly created_at: number;
  readonly updated_at: number;
}

interface DeliveryRow {
  readonly id: string;
  readonly channel: string;
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly created_at: number;
  readonly last_attempt_at: number | null;
  readonly next_attempt_at: number | null;
  readonly status: number | null;
  readonly detail: string | null;
}

function toChannel(row: Omit<ChannelRow, "sealed">): Omit<StoredChannel, "readable"> {
  return {
    name: row.name,
    kind: row.kind,
    host: row.host,
    endsWith: row.ends_with,
    signed: row.signed === 1,
    enabled: row.enabled === 1,
    events: JSON.parse(row.events) as Channel["events"],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toDelivery(row: DeliveryRow): StoredDelivery {
  return {
    id: row.id,
    channel: row.channel,
    notification: JSON.parse(row.body) as Notification,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
    status: row.status,
    detail: row.detail,
  };
}
