import type { RunEvent, RunProgress, RunSummary } from "@clone-xs/clone";
import type { RunState } from "../contract/index.ts";
import { durably, openDatabase, RUNS_LAYOUT } from "./database.ts";
import { isOver, next, type RunTrigger } from "./states.ts";

/** A run as it is kept. Times are epoch milliseconds. */
export interface StoredRun {
  readonly id: string;
  readonly state: RunState;
  /** The process that took it on, as `holder` of {@link openRunStore}; null when it is over. */
  readonly holder: string | null;
  /** The body as it was sent: what a later process needs to run it. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly facts: RunFacts;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly progress: RunProgress | null;
  readonly result: RunSummary | null;
  readonly error: string | null;
}

/** What lists show of a request. */
export interface RunFacts {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly cloneType: string;
  readonly loadType: string;
  readonly dryRun: boolean;
  /** Empty: the workspace that the server works on. */
  readonly targets: readonly RunTarget[];
}

/** A workspace that a run clones to. */
export interface RunTarget {
  readonly name: string;
  readonly destinationCatalog: string;
  /** Workspace and catalog: two runs with the same one would write to the same place. */
  readonly place: string;
}

interface StoredEvent {
  readonly seq: number;
  readonly event: RunEvent;
}

/** The durable memory of runs. Synchronous: a call that has returned is on disk. */
export interface RunStore {
  insert(run: { id: string; request: Record<string, unknown>; facts: RunFacts; at: number }): void;
  /**
   * Moves a run along its states and returns the new state, or `undefined` when the trigger changes nothing there.
   * One transaction: of two processes that start the same run, one gets `undefined`.
   */
  move(id: string, trigger: RunTrigger, change: RunChange): RunState | undefined;
  /**
   * Takes over a run whose process is gone, to go on with it. One transaction: of two processes that try, one gets `true`.
   * `false` also when the run is over for good.
   */
  resume(id: string, isHolderAlive: (holder: string) => boolean): boolean;
  /** Puts a run that failed back among the waiting, as this process's; what came of it until now is forgotten. `false`: it has not failed. */
  requeue(id: string): boolean;
  /** Adds one event and returns its number, from 1 without gaps. Progress is kept as the newest one only and has none. */
  append(id: string, event: RunEvent): number | undefined;
  get(id: string): StoredRun | undefined;
  /** Newest first. */
  list(options: { limit: number; before?: string }): StoredRun[];
  inState(...states: RunState[]): StoredRun[];
  eventsAfter(id: string, seq: number, limit: number): StoredEvent[];
  /** Every log line of the run, in order. */
  logs(id: string): string[];
  close(): void;
}

interface RunChange {
  readonly at: number;
  readonly result?: RunSummary;
  readonly error?: string;
}

/**
 * Opens the run store of a directory (created when missing). Several processes may have it open at once.
 * `holder` names this process in the runs that it starts.
 */
export function openRunStore(directory: string, holder: string): RunStore {
  const database = openDatabase(directory, RUNS_LAYOUT);
  const prepared = {
    insert: database.prepare(
      "INSERT INTO runs (id, state, request, source_catalog, destination_catalog, clone_type, load_type, dry_run, targets, created_at, holder) VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    get: database.prepare("SELECT * FROM runs WHERE id = ?"),
    list: database.prepare(
      "SELECT * FROM runs WHERE ?1 IS NULL OR (created_at, id) < (SELECT created_at, id FROM runs WHERE id = ?1) ORDER BY created_at DESC, id DESC LIMIT ?2",
    ),
    move: database.prepare(
      "UPDATE runs SET state = ?, holder = ?, started_at = coalesce(started_at, ?), completed_at = coalesce(?, completed_at), result = coalesce(?, result), error = coalesce(?, error) WHERE id = ?",
    ),
    resume: database.prepare(
      "UPDATE runs SET state = ?, holder = ?, completed_at = NULL, result = NULL, error = NULL WHERE id = ?",
    ),
    progress: database.prepare("UPDATE runs SET progress = ? WHERE id = ?"),
    append: database.prepare(
      "INSERT INTO events (run_id, seq, type, body) SELECT ?, coalesce(max(seq), 0) + 1, ?, ? FROM events WHERE run_id = ? RETURNING seq",
    ),
    events: database.prepare(
      "SELECT seq, body FROM events WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?",
    ),
    logs: database.prepare("SELECT body FROM events WHERE run_id = ? AND type = 'log' ORDER BY seq"),
  };
  const get = (id: string) => (prepared.get.all(id) as RunRow[]).map(toRun)[0];

  return {
    insert({ id, request, facts, at }) {
      const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun, targets } = facts;
      const body = JSON.stringify(request);
      durably(database, () =>
        prepared.insert.run(
          id,
          body,
          sourceCatalog,
          destinationCatalog,
          cloneType,
          loadType,
          dryRun ? 1 : 0,
          targets.length === 0 ? null : JSON.stringify(targets),
          at,
          holder,
        ),
      );
    },
    move(id, trigger, { at, result, error }) {
      return durably(database, () => {
        const run = get(id);
        const state = run === undefined ? null : next(run.state, trigger);
        if (state === null) return undefined;
        const over = isOver(state);
        prepared.move.run(
          state,
          over ? null : holder,
          trigger === "start" ? at : null,
          over ? at : null,
          result === undefined ? null : JSON.stringify(result),
          error ?? null,
          id,
        );
        return state;
      });
    },
    resume(id, isHolderAlive) {
      return durably(database, () => {
        const run = get(id);
        const state = run === undefined ? null : next(run.state, "resume");
        if (run === undefined || state === null) return false;
        if (run.holder !== null && isHolderAlive(run.holder)) return false;
        prepared.resume.run(state, holder, id);
        return true;
      });
    },
    requeue(id) {
      return durably(database, () => {
        const run = get(id);
        const state = run === undefined ? null : next(run.state, "requeue");
        if (state === null) return false;
        prepared.resume.run(state, holder, id);
        return true;
      });
    },
    append(id, event) {
      if (event.type === "progress") {
        prepared.progress.run(JSON.stringify(event.progress), id);
        return undefined;
      }
      const [row] = prepared.append.all(id, event.type, JSON.stringify(plain(event)), id) as {
        seq: number;
      }[];
      return row?.seq;
    },
    get,
    list: ({ limit, before }) => (prepared.list.all(before ?? null, limit) as RunRow[]).map(toRun),
    inState: (...states) =>
      (
        database
          .prepare(
            `SELECT * FROM runs WHERE state IN (${states.map(() => "?").join(",")}) ORDER BY created_at, id`,
          )
          .all(...states) as RunRow[]
      ).map(toRun),
    eventsAfter: (id, seq, limit) =>
      (prepared.events.all(id, seq, limit) as { seq: number; body: string }[]).map((row) => ({
        seq: row.seq,
        event: JSON.parse(row.body) as RunEvent,
      })),
    logs: (id) =>
      (prepared.logs.all(id) as { body: string }[]).map(
        (row) => (JSON.parse(row.body) as { line: string }).line,
      ),
    close: () => {
      database.close();
    },
  };
}

interface RunRow {
  readonly id: string;
  readonly state: RunState;
  readonly holder: string | null;
  readonly request: string;
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly clone_type: string;
  readonly load_type: string;
  readonly dry_run: number;
  readonly targets: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly completed_at: number | null;
  readonly progress: string | null;
  readonly result: string | null;
  readonly error: string | null;
}

function toRun(row: RunRow): StoredRun {
  return {
    id: row.id,
    state: row.state,
    holder: row.holder,
    request: JSON.parse(row.request) as Record<string, unknown>,
    facts: {
      sourceCatalog: row.source_catalog,
      destinationCatalog: row.destination_catalog,
      cloneType: row.clone_type,
      loadType: row.load_type,
      dryRun: row.dry_run === 1,
      targets: row.targets === null ? [] : (JSON.parse(row.targets) as RunTarget[]),
    },
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    progress: row.progress === null ? null : (JSON.parse(row.progress) as RunProgress),
    result: row.result === null ? null : (JSON.parse(row.result) as RunSummary),
    error: row.error,
  };
}

// Colour codes inside a line would hide it from the scripts that search for it.
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "gu");

function plain(event: RunEvent): RunEvent {
  return event.type === "log" ? { ...event, line: event.line.replace(COLOUR, "") } : event;
}
