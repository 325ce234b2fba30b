import type { RunEvent, RunSummary } from "@clone-xs/clone";
import type { RunState } from "../contract/index.ts";
import { durably, openDatabase, RUNS_LAYOUT } from "./database.ts";
import {
  type EntryRow,
  ENTRY_COLUMNS,
  outcomeOf,
  plain,
  type RunEntry,
  type RunFacts,
  type StoredRun,
  toEntry,
} from "./rows.ts";
import { type RunParts, runParts } from "./parts.ts";
import { isOver, next, type RunTrigger } from "./states.ts";

export type { RunEntry, RunFacts, RunTarget, StoredRun } from "./rows.ts";

interface StoredEvent {
  readonly seq: number;
  readonly event: RunEvent;
}

export interface LogLine {
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly level: "info" | "warn" | "error";
  readonly line: string;
}

/** The durable memory of runs. Synchronous: a call that has returned is on disk. */
export interface RunStore {
  insert(run: { id: string; request: Record<string, unknown>; facts: RunFacts; at: number }): void;
  /**
   * Moves a run along its states and returns the new state, or `undefined` when the trigger changes nothing there. Any process may ask
   * for a cancel: the one that holds the run sees it. One transaction: of two processes that start the same run, one gets `undefined`.
   */
  move(id: string, trigger: RunTrigger, change: RunChange): RunState | undefined;
  /**
   * Takes over a run whose process is gone, to go on with it. One transaction: of two processes that try, one gets `true`.
   * `false` also when the run is over for good.
   */
  resume(id: string, isHolderAlive: (holder: string) => boolean): boolean;
  /** Puts a run that failed back among the waiting, as this process's; what came of it until now is forgotten. `false`: it has not failed. */
  requeue(id: string, at: number): boolean;
  /** Puts a run of this process back among the waiting until `notBefore`, and counts it. `false`: it does not run, or is being cancelled. */
  retry(id: string, change: { readonly at: number; readonly notBefore: number }): boolean;
  /** Adds one event and returns its number, from 1 without gaps. Progress is kept as the newest one only and has none. */
  append(id: string, event: RunEvent): number | undefined;
  get(id: string): StoredRun | undefined;
  /** The run without its summary: what to ask wherever the summary is not needed. */
  entry(id: string): RunEntry | undefined;
  /** Newest first. */
  list(options: { limit: number; before?: string }): RunEntry[];
  /** In the order in which they were queued. */
  inState(...states: RunState[]): RunEntry[];
  /** How many there are in each state; states without runs are absent. */
  counts(): ReadonlyMap<RunState, number>;
  /** Runs that any process changed after that revision, in order of their change. */
  changedSince(revision: number, limit: number): RunEntry[];
  /** The newest revision; 0 when there is no run. */
  revision(): number;
  eventsAfter(id: string, seq: number, limit: number): StoredEvent[];
  /** As `eventsAfter`, each event as the JSON that is stored. */
  bodiesAfter(id: string, seq: number, limit: number): { readonly seq: number; readonly body: string }[];
  /** Number of the newest event; 0 when there is none. */
  lastEvent(id: string): number;
  /** Every log line of the run, in order. */
  logs(id: string): string[];
  /** Lines of the log after an event, with when and how grave. */
  logsAfter(id: string, seq: number, limit: number): LogLine[];
  /** Parts of runs, to be shown without the rest. */
  readonly parts: RunParts;
  /** Runs that ended before that time, and of the others those beyond so many of the newest; the oldest first. */
  overBefore(time: number, beyond: number): { readonly id: string; readonly state: RunState }[];
  /** Forgets a run that is over, with its events. `false`: it is not over (any more), or it is the newest change of all. */
  remove(id: string): boolean;
  /** Calls `changed` after each change of a run through this store. Returns the unsubscribe. */
  watch(changed: (id: string) => void): () => void;
  /** Whether another process, or another connection, has changed anything since this was asked last. */
  changedElsewhere(): boolean;
  /** Throws when nothing can be written. */
  check(): void;
  close(): void;
}

interface RunChange {
  readonly at: number;
  readonly result?: RunSummary;
  readonly error?: string;
}

const NEXT_REVISION = "(SELECT coalesce(max(revision), 0) + 1 FROM runs)";

/**
 * Opens the run store of a directory (created when missing). Several processes may have it open at once.
 * `holder` names this process in the runs that it starts.
 */
export function openRunStore(directory: string, holder: string): RunStore {
  const database = openDatabase(directory, RUNS_LAYOUT);
  const prepared = {
    insert: database.prepare(
      `INSERT INTO runs (id, state, request, source_catalog, destination_catalog, clone_type, load_type, dry_run, targets, created_at, queued_at, holder, schedule, revision) VALUES (?1, 'queued', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ${NEXT_REVISION})`,
    ),
    entry: database.prepare(`SELECT ${ENTRY_COLUMNS} FROM runs WHERE id = ?`),
    result: database.prepare("SELECT body FROM results WHERE run_id = ?"),
    list: database.prepare(
      `SELECT ${ENTRY_COLUMNS} FROM runs WHERE ?1 IS NULL OR (created_at, id) < (SELECT created_at, id FROM runs WHERE id = ?1) ORDER BY created_at DESC, id DESC LIMIT ?2`,
    ),
    changed: database.prepare(
      `SELECT ${ENTRY_COLUMNS} FROM runs WHERE revision > ? ORDER BY revision LIMIT ?`,
    ),
    revision: database.prepare("SELECT coalesce(max(revision), 0) AS revision FROM runs"),
    queued: database.prepare("SELECT id FROM runs WHERE state = 'queued' ORDER BY queued_at, id"),
    counts: database.prepare("SELECT state, count(*) AS runs FROM runs GROUP BY state"),
    move: database.prepare(
      `UPDATE runs SET state = ?, holder = ?, started_at = coalesce(started_at, ?), completed_at = coalesce(?, completed_at), outcome = coalesce(?, outcome), error = coalesce(?, error), revision = ${NEXT_REVISION} WHERE id = ?`,
    ),
    again: database.prepare(
      `UPDATE runs SET state = ?, holder = ?, completed_at = NULL, outcome = NULL, error = NULL, queued_at = coalesce(?, queued_at), not_before = ?, retries = retries + ?, revision = ${NEXT_REVISION} WHERE id = ?`,
    ),
    moveUp: database.prepare(`UPDATE runs SET revision = ${NEXT_REVISION} WHERE id = ?`),
    putResult: database.prepare("INSERT OR REPLACE INTO results VALUES (?, ?)"),
    dropResult: database.prepare("DELETE FROM results WHERE run_id = ?"),
    dropEvents: database.prepare("DELETE FROM events WHERE run_id = ?"),
    over: database.prepare(
      "SELECT id, state FROM runs WHERE state IN ('completed', 'failed', 'cancelled') AND (completed_at < ?1 OR id NOT IN (SELECT id FROM runs ORDER BY created_at DESC, id DESC LIMIT ?2)) ORDER BY completed_at, id",
    ),
    drop: database.prepare("DELETE FROM runs WHERE id = ?"),
    progress: database.prepare(`UPDATE runs SET progress = ?, revision = ${NEXT_REVISION} WHERE id = ?`),
    append: database.prepare(
      "INSERT INTO events (run_id, seq, type, body) SELECT ?, coalesce(max(seq), 0) + 1, ?, ? FROM events WHERE run_id = ? RETURNING seq",
    ),
    events: database.prepare(
      "SELECT seq, body FROM events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?",
    ),
    last: database.prepare("SELECT coalesce(max(seq), 0) AS seq FROM events WHERE run_id = ?"),
    logsAfter: database.prepare(
      "SELECT seq, body ->> '$.at' AS at, body ->> '$.level' AS level, body ->> '$.line' AS line FROM events WHERE run_id = ? AND type = 'log' AND seq > ? ORDER BY seq LIMIT ?",
    ),
    logs: database.prepare(
      "SELECT json_extract(body, '$.line') AS line FROM events WHERE run_id = ? AND type = 'log' ORDER BY seq",
    ),
  };
  const watchers = new Set<(id: string) => void>();
  let seenVersion = dataVersion();

  function dataVersion(): number {
    const [row] = database.prepare("PRAGMA data_version").all() as { data_version: number }[];
    return row?.data_version ?? 0;
  }

  const queued = () => (prepared.queued.all() as { id: string }[]).map(({ id }) => id);
  const entries = (rows: readonly EntryRow[]): RunEntry[] => {
    const waiting = rows.some(({ state }) => state === "queued") ? queued() : [];
    const places = new Map(waiting.map((id, place) => [id, place + 1]));
    return rows.map((row) => toEntry(row, places.get(row.id) ?? null));
  };
  const entry = (id: string) => entries(prepared.entry.all(id) as EntryRow[])[0];
  const changed = (...ids: readonly string[]) => {
    for (const id of ids) for (const each of watchers) each(id);
  };

  /** Changes one run in a transaction of its own; those that wait behind it move up when it leaves their line. */
  function change<Result>(id: string, work: (run: RunEntry) => Result | undefined): Result | undefined {
    const moved: string[] = [];
    const result = durably(database, () => {
      const before = entry(id);
      const done = before === undefined ? undefined : work(before);
      if (done === undefined || before?.state !== "queued") return done;
      moved.push(...queued().filter((each) => each !== id));
      for (const each of moved) prepared.moveUp.run(each);
      return done;
    });
    if (result !== undefined) changed(id, ...moved);
    return result;
  }

  function beginAgain(
    id: string,
    state: RunState,
    { at, notBefore }: { readonly at?: number; readonly notBefore?: number } = {},
  ): true {
    const retries = notBefore === undefined ? 0 : 1;
    prepared.again.run(state, holder, at ?? null, notBefore ?? null, retries, id);
    prepared.dropResult.run(id);
    return true;
  }

  return {
    insert({ id, request, facts, at }) {
      const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun, targets } = facts;
      const body = JSON.stringify(request);
      const kept = targets.length === 0 ? null : JSON.stringify(targets);
      const by = facts.schedule === undefined ? null : JSON.stringify(facts.schedule);
      const kinds = [cloneType, loadType, dryRun ? 1 : 0] as const;
      durably(database, () =>
        prepared.insert.run(id, body, sourceCatalog, destinationCatalog, ...kinds, kept, at, holder, by),
      );
      changed(id);
    },
    move: (id, trigger, { at, result, error }) =>
      change(id, (run) => {
        const state = next(run.state, trigger);
        if (state === null) return undefined;
        const over = isOver(state);
        const held = over ? null : trigger === "start" ? holder : run.holder;
        const times = [trigger === "start" ? at : null, over ? at : null] as const;
        const outcome = result === undefined ? null : JSON.stringify(outcomeOf(result));
        prepared.move.run(state, held, ...times, outcome, error ?? null, id);
        if (result !== undefined) prepared.putResult.run(id, JSON.stringify(result));
        return state;
      }),
    resume: (id, isHolderAlive) =>
      change(id, (run) => {
        const state = next(run.state, "resume");
        if (state === null || (run.holder !== null && isHolderAlive(run.holder))) return undefined;
        return beginAgain(id, state);
      }) ?? false,
    requeue: (id, at) =>
      change(id, (run) => {
        const state = next(run.state, "requeue");
        return state === null ? undefined : beginAgain(id, state, { at });
      }) ?? false,
    retry: (id, when) =>
      change(id, (run) => {
        const state = next(run.state, "retry");
        return state === null ? undefined : beginAgain(id, state, when);
      }) ?? false,
    append(id, event) {
      if (event.type === "progress") {
        prepared.progress.run(JSON.stringify(event.progress), id);
        changed(id);
        return undefined;
      }
      const [row] = prepared.append.all(id, event.type, JSON.stringify(plain(event)), id) as {
        seq: number;
      }[];
      changed(id);
      return row?.seq;
    },
    get(id) {
      const run = entry(id);
      if (run === undefined) return undefined;
      const [row] = prepared.result.all(id) as { body: string }[];
      return { ...run, result: row === undefined ? null : (JSON.parse(row.body) as RunSummary) };
    },
    entry,
    list: ({ limit, before }) => entries(prepared.list.all(before ?? null, limit) as EntryRow[]),
    inState: (...states) =>
      entries(
        database
          .prepare(
            `SELECT ${ENTRY_COLUMNS} FROM runs WHERE state IN (${states.map(() => "?").join(",")}) ORDER BY queued_at, id`,
          )
          .all(...states) as EntryRow[],
      ),
    counts: () =>
      new Map(
        (prepared.counts.all() as { state: RunState; runs: number }[]).map(({ state, runs }) => [
          state,
          runs,
        ]),
      ),
    changedSince: (revision, limit) => entries(prepared.changed.all(revision, limit) as EntryRow[]),
    revision: () => (prepared.revision.all() as { revision: number }[])[0]?.revision ?? 0,
    eventsAfter: (id, seq, limit) =>
      (prepared.events.all(id, seq, limit) as { seq: number; body: string }[]).map((row) => ({
        seq: row.seq,
        event: JSON.parse(row.body) as RunEvent,
      })),
    bodiesAfter: (id, seq, limit) => prepared.events.all(id, seq, limit) as { seq: number; body: string }[],
    lastEvent: (id) => (prepared.last.all(id) as { seq: number }[])[0]?.seq ?? 0,
    logsAfter: (id, seq, limit) => prepared.logsAfter.all(id, seq, limit) as LogLine[],
    logs: (id) => (prepared.logs.all(id) as { line: string }[]).map(({ line }) => line),
    overBefore: (time, beyond) => prepared.over.all(time, beyond) as { id: string; state: RunState }[],
    remove: (id) =>
      change(id, (run) => {
        // A revision must not be given twice: who follows all runs would miss the second.
        const newest = (prepared.revision.all() as { revision: number }[])[0]?.revision;
        if (!isOver(run.state) || run.revision === newest) return undefined;
        for (const drop of [prepared.dropEvents, prepared.dropResult, prepared.drop]) drop.run(id);
        return true;
      }) ?? false,
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    changedElsewhere() {
      const version = dataVersion();
      const other = version !== seenVersion;
      seenVersion = version;
      return other;
    },
    check() {
      database.exec("BEGIN IMMEDIATE");
      database.exec("ROLLBACK");
    },
    parts: runParts(database),
    close: () => {
      database.close();
    },
  };
}
