import type { StreamRecord } from "@clone-xs/clone";
import { durably, openDatabase, RUNS_LAYOUT } from "../runs/database.ts";

/** What is known of streams between two looks at the workspace, in the database of the runs. All of it can be found again in the workspace. */
export interface StreamStore {
  /** The one that was submitted last comes first. */
  list(): readonly StreamRecord[];
  get(streamId: string): StreamRecord | undefined;
  put(records: readonly StreamRecord[]): void;
  close(): void;
}

const TABLE = `
CREATE TABLE IF NOT EXISTS streams (
  stream_id TEXT PRIMARY KEY, submitted_at TEXT NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID`;

export function openStreamStore(directory: string): StreamStore {
  const database = openDatabase(directory, RUNS_LAYOUT);
  database.exec(TABLE);
  const prepared = {
    list: database.prepare("SELECT record FROM streams ORDER BY submitted_at DESC, stream_id"),
    get: database.prepare("SELECT record FROM streams WHERE stream_id = ?"),
    put: database.prepare(
      "INSERT OR REPLACE INTO streams (stream_id, submitted_at, record) VALUES (?, ?, ?)",
    ),
  };
  return {
    list: () => (prepared.list.all() as Row[]).map(toRecord),
    get: (streamId) => (prepared.get.all(streamId) as Row[]).map(toRecord)[0],
    put: (records) =>
      durably(database, () => {
        for (const record of records)
          prepared.put.run(record.stream_id, record.submitted_at, JSON.stringify(record));
      }),
    close: () => {
      database.close();
    },
  };
}

interface Row {
  readonly record: string;
}

function toRecord({ record }: Row): StreamRecord {
  return JSON.parse(record) as StreamRecord;
}
