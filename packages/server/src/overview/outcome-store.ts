import type Database from "libsql";
import { durably, openDatabase, RUNS_LAYOUT } from "../runs/database.ts";
import type { RunStore } from "../runs/store.ts";
import { type Ended, type Outcome, outcomesOf } from "./outcome.ts";

/** A catalog and its copy. */
export interface PairKey {
  readonly source: string;
  readonly destination: string;
  /** Empty: the server's own workspace. */
  readonly target: string;
}

export interface PairSums extends PairKey {
  readonly runs: number;
  readonly bytes: number;
}

export interface Counted {
  readonly ended: Ended;
  readonly dryRun: boolean;
  readonly runs: number;
  readonly bytes: number;
}

export interface DriftFound extends PairKey {
  readonly at: number;
  readonly found: number;
}

/**
 * Facts of runs that are over, beside the runs and read out of them: sums are made by the database, over narrow rows. They stay when a run
 * is forgotten. Can be deleted: all that runs still tell is read again.
 */
export interface OutcomeStore {
  /** Reads what runs have become since the last call. */
  follow(runs: RunStore): void;
  /** How runs ended since then. */
  counts(since: number): readonly Counted[];
  /** The same for each day since then; `day` counts from 1970 where the clock is ahead of UTC by `offset` milliseconds. */
  days(since: number, offset: number): readonly (Counted & { readonly day: number })[];
  /** Copies that a run since then was about; the one with the newest run comes first. */
  pairs(since: number, limit: number): readonly PairSums[];
  /** For each copy the newest outcome of a kind. */
  newest(kind: keyof typeof KINDS, since: number): readonly Outcome[];
  /** What runs since then found, oldest first; of each copy the newest `limit`. */
  drift(since: number, limit: number): readonly DriftFound[];
  close(): void;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS outcomes (
  run_id TEXT NOT NULL, part INTEGER NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL,
  source TEXT NOT NULL, destination TEXT NOT NULL, target TEXT NOT NULL,
  load_type TEXT NOT NULL, dry_run INTEGER NOT NULL, ended TEXT NOT NULL, run_ended TEXT NOT NULL, error TEXT,
  bytes INTEGER NOT NULL, residue INTEGER NOT NULL, found INTEGER, remaining INTEGER, in_part INTEGER NOT NULL,
  PRIMARY KEY (run_id, part)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outcomes_by_time ON outcomes (at, run_ended, dry_run, part, bytes);
CREATE INDEX IF NOT EXISTS outcomes_by_pair ON outcomes (source, destination, target, at);
CREATE TABLE IF NOT EXISTS outcomes_followed (one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL);
INSERT OR IGNORE INTO outcomes_followed VALUES (1, 0)`;

/** What "newest" may ask for. */
const KINDS = {
  run: "TRUE",
  clone: "dry_run = 0",
  known: "remaining IS NOT NULL",
  inSync: "remaining = 0",
} as const;

const AT_ONCE = 500;

export function openOutcomeStore(directory: string): OutcomeStore {
  const database = openDatabase(directory, RUNS_LAYOUT);
  database.exec(TABLES);
  const prepared = preparing(database);
  const all = <Row>(text: string, ...values: (string | number)[]) => prepared(text).all(...values) as Row[];
  const followed = () =>
    all<{ revision: number }>("SELECT revision FROM outcomes_followed")[0]?.revision ?? 0;

  return {
    follow(runs) {
      for (;;) {
        const changed = runs.changedSince(followed(), AT_ONCE);
        const last = changed.at(-1);
        if (last === undefined) return;
        const outcomes = changed.flatMap(({ id, completedAt }) => {
          const run = completedAt === null ? undefined : runs.get(id);
          return run === undefined ? [] : outcomesOf(run);
        });
        durably(database, () => {
          for (const { id } of changed) prepared("DELETE FROM outcomes WHERE run_id = ?").run(id);
          for (const outcome of outcomes) prepared(INSERT).run(...cellsOf(outcome));
          prepared("UPDATE outcomes_followed SET revision = ?").run(last.revision);
        });
        if (changed.length < AT_ONCE) return;
      }
    },
    counts: (since) =>
      all<CountRow>(
        "SELECT run_ended AS ended, dry_run, sum(part = 0) AS runs, sum(bytes) AS bytes FROM outcomes WHERE at >= ? GROUP BY run_ended, dry_run",
        since,
      ).map(toCounted),
    days: (since, offset) =>
      all<CountRow & { day: number }>(
        "SELECT CAST(at + ?2 AS INTEGER) / 86400000 AS day, run_ended AS ended, dry_run, sum(part = 0) AS runs, sum(bytes) AS bytes FROM outcomes WHERE at >= ?1 GROUP BY day, run_ended, dry_run ORDER BY day",
        since,
        offset,
      ).map((row) => ({ ...toCounted(row), day: row.day })),
    pairs: (since, limit) =>
      all<PairSums>(
        "SELECT source, destination, target, count(*) AS runs, sum(bytes) AS bytes FROM outcomes WHERE at >= ? GROUP BY source, destination, target ORDER BY max(at) DESC LIMIT ?",
        since,
        limit,
      ),
    // With max() alone the other columns are those of the row that has it: https://sqlite.org/lang_select.html#bareagg
    newest: (kind, since) =>
      all<OutcomeRow>(
        `SELECT *, max(at) FROM outcomes WHERE at >= ? AND ${KINDS[kind]} GROUP BY source, destination, target`,
        since,
      ).map(toOutcome),
    drift: (since, limit) =>
      all<DriftFound>(
        `SELECT source, destination, target, at, found FROM (
           SELECT *, row_number() OVER (PARTITION BY source, destination, target ORDER BY at DESC) AS age
           FROM outcomes WHERE at >= ? AND found IS NOT NULL
         ) WHERE age <= ? ORDER BY at`,
        since,
        limit,
      ),
    close: () => {
      database.close();
    },
  };
}

/** Each text is prepared once. */
function preparing(database: Database.Database): (text: string) => Database.Statement {
  const known = new Map<string, Database.Statement>();
  return (text) => {
    const statement = known.get(text) ?? database.prepare(text);
    known.set(text, statement);
    return statement;
  };
}

const INSERT = `INSERT INTO outcomes VALUES (${"?, ".repeat(16)}?)`;

/** In the order of the columns. */
function cellsOf(outcome: Outcome): (string | number | null)[] {
  const { runId, part, revision, at, source, destination, target, loadType, dryRun, ended, runEnded } =
    outcome;
  const { error, bytes, residue, found, remaining, inPart } = outcome;
  const facts = [loadType, dryRun ? 1 : 0, ended, runEnded, error, bytes, residue, found, remaining];
  return [runId, part, revision, at, source, destination, target, ...facts, inPart ? 1 : 0];
}

interface CountRow {
  readonly ended: Ended;
  readonly dry_run: number;
  readonly runs: number;
  readonly bytes: number;
}

const toCounted = ({ ended, dry_run, runs, bytes }: CountRow): Counted => ({
  ended,
  dryRun: dry_run === 1,
  runs,
  bytes,
});

interface OutcomeRow extends Omit<Outcome, "runId" | "loadType" | "dryRun" | "runEnded" | "inPart"> {
  readonly run_id: string;
  readonly load_type: string;
  readonly run_ended: Ended;
  readonly dry_run: number;
  readonly in_part: number;
}

function toOutcome(row: OutcomeRow): Outcome {
  const { part, revision, at, source, destination, target, ended, error, bytes, residue, found, remaining } =
    row;
  return {
    runId: row.run_id,
    loadType: row.load_type,
    dryRun: row.dry_run === 1,
    runEnded: row.run_ended,
    inPart: row.in_part === 1,
    part,
    revision,
    at,
    source,
    destination,
    target,
    ended,
    error,
    bytes,
    residue,
    found,
    remaining,
  };
}
