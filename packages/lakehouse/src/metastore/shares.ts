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
  const shares = longRecords(database);
  const recipients = (where: string, ...values: readonly string[]) =>
    database
      .all(`SELECT record FROM recipients ${where} ORDER BY name`, values)
      .map((row) => JSON.parse(text(row, "record")) as RecipientRecord);
  return {
    shares: () => shares.all(""),
    share: (name) => shares.all("WHERE name = ?", name.toLowerCase())[0],
    putShare: (record) => shares.put(record),
    removeShare: (name) => void database.run("DELETE FROM shares WHERE name = ?", [name.toLowerCase()]),
    recipients: () => recipients(""),
    recipient: (name) => recipients("WHERE name = ?", name.toLowerCase())[0],
    recipientFor: (globalMetastoreId) => recipients("WHERE metastore = ?", globalMetastoreId)[0],
    putRecipient: (record) =>
      void database.run("INSERT OR REPLACE INTO recipients (name, metastore, record) VALUES (?, ?, ?)", [
        record.name.toLowerCase(),
        record.globalMetastoreId,
        JSON.stringify(record),
      ]),
    removeRecipient: (name) =>
      void database.run("DELETE FROM recipients WHERE name = ?", [name.toLowerCase()]),
  };
}

/**
 * A share of many tables is asked for at every look at one of them: a record is read and parsed again only when its revision is another, and is
 * the same object until then. No revision is given twice while the process lives, a transaction that was rolled back included.
 */
function longRecords(database: Database) {
  const parsed = new Map<string, { readonly revision: number; readonly record: ShareRecord }>();
  let last = Number(database.first("SELECT max(revision) AS last FROM shares")?.["last"] ?? 0);
  const read = (name: string, revision: number): ShareRecord => {
    const known = parsed.get(name);
    if (known?.revision === revision) return known.record;
    const [row] = database.all("SELECT record FROM shares WHERE name = ?", [name]);
    if (row === undefined) throw new RangeError(`share ${name} vanished while it was read`);
    const record = JSON.parse(text(row, "record")) as ShareRecord;
    parsed.set(name, { revision, record });
    return record;
  };
  return {
    all: (where: "" | "WHERE name = ?", ...values: readonly string[]) =>
      database
        .all(`SELECT name, revision FROM shares ${where} ORDER BY name`, values)
        .map((row) => read(text(row, "name"), Number(row["revision"]))),
    put(record: ShareRecord) {
      last++;
      database.run("INSERT OR REPLACE INTO shares (name, record, revision) VALUES (?, ?, ?)", [
        record.name.toLowerCase(),
        JSON.stringify(record),
        last,
      ]);
    },
  };
}
