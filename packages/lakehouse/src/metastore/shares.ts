import type { SharedObject } from "@clone-xs/unity";
import { type Database, text } from "./database.ts";
import type { Stamped } from "./metastore.ts";

/** Shares and recipients of a metastore. Names are matched in lower case; calls are durable when they return. */
export interface ShareStore {
  /** By name. */
  shares(): readonly ShareRecord[];
  share(name: string): ShareRecord | undefined;
  putShare(record: ShareRecord): void;
  removeShare(name: string): void;
  /** By name. */
  recipients(): readonly RecipientRecord[];
  recipient(name: string): RecipientRecord | undefined;
  /** The one recipient that stands for a metastore. */
  recipientFor(globalMetastoreId: string): RecipientRecord | undefined;
  putRecipient(record: RecipientRecord): void;
  removeRecipient(name: string): void;
}

export interface ShareRecord extends Stamped {
  readonly id: string;
  readonly name: string;
  /** What it was and is, oldest first and never empty: recipients see a change a while after it was made. */
  readonly states: readonly ShareState[];
}

/** What a share holds, and who may read it, from a moment on. */
export interface ShareState {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly objects: readonly ShareObject[];
  /** Names of recipients, sorted. */
  readonly recipients: readonly string[];
}

export interface ShareObject extends SharedObject {
  /** Epoch milliseconds. */
  readonly addedAt: number;
  readonly addedBy: string;
}

export interface RecipientRecord extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly globalMetastoreId: string;
}

export function shareStore(database: Database): ShareStore {
  const shares = recordsOf<ShareRecord>(database, "shares");
  const recipients = recordsOf<RecipientRecord>(database, "recipients");
  return {
    shares: () => shares.all(""),
    share: (name) => shares.all("WHERE name = ?", name.toLowerCase())[0],
    putShare: (record) =>
      void database.run("INSERT OR REPLACE INTO shares (name, record) VALUES (?, ?)", [
        record.name.toLowerCase(),
        JSON.stringify(record),
      ]),
    removeShare: (name) => shares.remove(name),
    recipients: () => recipients.all(""),
    recipient: (name) => recipients.all("WHERE name = ?", name.toLowerCase())[0],
    recipientFor: (globalMetastoreId) => recipients.all("WHERE metastore = ?", globalMetastoreId)[0],
    putRecipient: (record) =>
      void database.run("INSERT OR REPLACE INTO recipients (name, metastore, record) VALUES (?, ?, ?)", [
        record.name.toLowerCase(),
        record.globalMetastoreId,
        JSON.stringify(record),
      ]),
    removeRecipient: (name) => recipients.remove(name),
  };
}

/** Reads records of one table; a record whose text is as it was is not parsed again: a share of many tables is asked for all the time. */
function recordsOf<Record extends object>(database: Database, table: "shares" | "recipients") {
  const parsed = new Map<string, { readonly text: string; readonly record: Record }>();
  const parse = (name: string, written: string): Record => {
    const known = parsed.get(name);
    if (known?.text === written) return known.record;
    const record = JSON.parse(written) as Record;
    parsed.set(name, { text: written, record });
    return record;
  };
  return {
    all: (where: "" | "WHERE name = ?" | "WHERE metastore = ?", ...values: readonly string[]) =>
      database
        .all(`SELECT name, record FROM ${table} ${where} ORDER BY name`, values)
        .map((row) => parse(text(row, "name"), text(row, "record"))),
    remove(name: string) {
      parsed.delete(name.toLowerCase());
      database.run(`DELETE FROM ${table} WHERE name = ?`, [name.toLowerCase()]);
    },
  };
}
