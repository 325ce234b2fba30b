import type { StreamRecord } from "@clone-xs/clone";
import { durably, openDatabase, RUNS_LAYOUT } from "../runs/database.ts";

export interface LagPoint {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the table that is furthest behind; null when none could be told. */
  readonly seconds: number | null;
}

/** How far streams were behind whenever somebody looked, one point a minute and for a week. */
export interface LagStore {
  note(records: readonly StreamRecord[], at: number): void;
  /** Of one stream since then, oldest first, at most `limit` points: of spans with several the worst. */
  series(streamId: string, options: { readonly since: number; readonly limit: number }): readonly LagPoint[];
  /** The newest point of each stream. */
  newest(): ReadonlyMap<string, LagPoint>;
  close(): void;
}

const TABLE = `
CREATE TABLE IF NOT EXISTS stream_lags (
  stream_id TEXT NOT NULL, minute INTEGER NOT NULL, at INTEGER NOT NULL, seconds REAL,
  PRIMARY KEY (stream_id, minute)
) WITHOUT ROWID`;

const MINUTE_MS = 60_000;
const KEPT_MS = 7 * 86_400_000;

export function openLagStore(directory: string): LagStore {
  const database = openDatabase(directory, RUNS_LAYOUT);
  database.exec(TABLE);
  const prepared = {
    // The worst of a minute stays: what nobody could tell counts for less than what somebody saw.
    note: database.prepare(
      `INSERT INTO stream_lags VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET
       at = excluded.at, seconds = CASE WHEN seconds IS NULL OR excluded.seconds > seconds THEN excluded.seconds ELSE seconds END`,
    ),
    prune: database.prepare("DELETE FROM stream_lags WHERE stream_id = ? AND minute < ?"),
    series: database.prepare(
      `SELECT max(at) AS at, max(seconds) AS seconds FROM stream_lags WHERE stream_id = ?1 AND at >= ?2
       GROUP BY CAST((at - ?2) / ?3 AS INTEGER) ORDER BY 1`,
    ),
    // With max() alone the other columns are those of the row that has it: https://sqlite.org/lang_select.html#bareagg
    newest: database.prepare("SELECT stream_id, max(at) AS at, seconds FROM stream_lags GROUP BY stream_id"),
    ends: database.prepare(
      "SELECT min(at) AS first, max(at) AS last FROM stream_lags WHERE stream_id = ? AND at >= ?",
    ),
  };
  return {
    note: (records, at) =>
      durably(database, () => {
        for (const { stream_id, progress } of records) {
          if (Object.keys(progress).length === 0) continue;
          prepared.note.run(stream_id, Math.floor(at / MINUTE_MS), at, worstLag(progress));
          prepared.prune.run(stream_id, Math.floor((at - KEPT_MS) / MINUTE_MS));
        }
      }),
    series(streamId, { since, limit }) {
      const [ends] = prepared.ends.all(streamId, since) as { first: number | null; last: number | null }[];
      if (ends?.first == null || ends.last === null) return [];
      const span = Math.ceil((ends.last - ends.first + 1) / limit);
      return prepared.series.all(streamId, ends.first, span) as LagPoint[];
    },
    newest: () =>
      new Map(
        (prepared.newest.all() as (LagPoint & { stream_id: string })[]).map(({ stream_id, ...point }) => [
          stream_id,
          point,
        ]),
      ),
    close: () => {
      database.close();
    },
  };
}

/** Of the table that is furthest behind; null when none can be told. */
export function worstLag(progress: StreamRecord["progress"]): number | null {
  const known = Object.values(progress).flatMap(({ lag_seconds }) => lag_seconds ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

/** A point as the API shows it. */
export function toLagPoint({ at, seconds }: LagPoint) {
  return { at: new Date(at).toISOString(), lag_seconds: seconds };
}
