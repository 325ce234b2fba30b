import { type DatabaseLayout, openDatabase } from "../runs/database.ts";
import type { Role } from "./roles.ts";

/** Something that somebody did, or tried to do. */
interface Activity {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly who: string;
  /** Absent: nobody known. */
  readonly role?: Role;
  /** What the API's document calls it. */
  readonly action: string;
  /** What it was about, by name; empty when there is nothing to name. */
  readonly object: string;
  /** Of HTTP. */
  readonly status: number;
  readonly address: string;
}

interface ActivityEntry extends Activity {
  /** Grows with time. */
  readonly id: number;
}

/** The durable record of who did what. It holds names, never bodies. */
export interface ActivityStore {
  note(activity: Activity): void;
  /** The newest first; `before`: those older than that id. */
  list(page: { readonly limit: number; readonly before?: number }): readonly ActivityEntry[];
  close(): void;
}

const LAYOUT: DatabaseLayout = {
  file: "activity.db",
  versions: [
    `CREATE TABLE activity (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      who TEXT NOT NULL,
      role TEXT,
      action TEXT NOT NULL,
      object TEXT NOT NULL,
      status INTEGER NOT NULL,
      address TEXT NOT NULL
    );
    CREATE INDEX activity_by_time ON activity (at)`,
  ],
};

interface Row extends Omit<ActivityEntry, "role"> {
  readonly role: Role | null;
}

const KEPT_MS = 90 * 24 * 60 * 60_000;
/** Whoever knocks without end must not fill the disk. */
const KEPT_ROWS = 200_000;
/** What is too old is looked for after so many entries, and when the store is opened. */
const SWEEP_EVERY = 500;

/** Opens the record of a home directory (created when missing). `now`: epoch milliseconds. */
export function openActivityStore(directory: string, now: number): ActivityStore {
  const database = openDatabase(directory, LAYOUT);
  const prepared = {
    add: database.prepare(
      "INSERT INTO activity (at, who, role, action, object, status, address) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ),
    list: database.prepare("SELECT * FROM activity WHERE id < ? ORDER BY id DESC LIMIT ?"),
    sweep: database.prepare("DELETE FROM activity WHERE at < ? OR id <= (SELECT max(id) FROM activity) - ?"),
  };
  const sweep = (at: number) => void prepared.sweep.run(at - KEPT_MS, KEPT_ROWS);
  let noted = 0;
  sweep(now);
  return {
    note({ at, who, role, action, object, status, address }) {
      prepared.add.run(at, who, role ?? null, action, object, status, address);
      noted += 1;
      if (noted % SWEEP_EVERY === 0) sweep(at);
    },
    list: ({ limit, before = Number.MAX_SAFE_INTEGER }) =>
      (prepared.list.all(before, limit) as Row[]).map(({ role, ...row }) => ({
        ...row,
        ...(role === null ? {} : { role }),
      })),
    close: () => {
      database.close();
    },
  };
}
