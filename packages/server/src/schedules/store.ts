import type Database from "libsql";
import { ServerError } from "../errors.ts";
import { type DatabaseLayout, durably, openDatabase } from "../runs/database.ts";
import type { Due, Standing } from "./decide.ts";
import {
  type FiringState,
  isLiveFiring,
  LIVE_STATES,
  type ScheduleSpec,
  type StoredFiring,
  type StoredSchedule,
} from "./schedule.ts";

/**
 * The durable memory of schedules and of what became of each of their times. Synchronous: a call that has returned is on disk. Several
 * processes may have it open.
 */
export interface ScheduleStore {
  /** By name. */
  list(): readonly StoredSchedule[];
  get(id: string): StoredSchedule | undefined;
  byName(name: string): StoredSchedule | undefined;
  /** Throws ALREADY_EXISTS for the name. */
  add(schedule: StoredSchedule): void;
  /** Puts it in the place of the one of its id. Throws NOT_FOUND, and ALREADY_EXISTS for the name. */
  replace(schedule: StoredSchedule): void;
  /** With its firings. `false`: there was none. */
  remove(id: string): boolean;
  /** The schedules whose time has come. */
  dueAt(now: number): readonly StoredSchedule[];
  /**
   * Moves a schedule on and keeps its firing, in one transaction that reads both anew: of two servers that find it due, one fires.
   * `runId`: of the run that the firing may get.
   */
  fire(
    id: string,
    decide: (schedule: StoredSchedule, standing: Standing) => Due | undefined,
    runId: string,
  ): void;
  /** A firing that somebody asked for. Throws NOT_FOUND. */
  fireNow(id: string, firing: { readonly at: number; readonly runId: string }): StoredFiring;
  firing(id: number): StoredFiring | undefined;
  /** The newest first. */
  firings(scheduleId: string, limit: number): readonly StoredFiring[];
  /** Firings whose run is not over, the oldest first. */
  live(): readonly StoredFiring[];
  /** Changes a firing that is still in the state `from`, and none otherwise. */
  move(id: number, from: FiringState, change: Partial<Omit<StoredFiring, "id" | "scheduleId">>): boolean;
  /** The firing that a run belongs to. */
  ofRun(runId: string): StoredFiring | undefined;
  /** Firings since then that stand for times at which no server ran. */
  missedSince(at: number): readonly StoredFiring[];
  close(): void;
}

/** In the home directory. */
export const SCHEDULES_FILE = "schedules.db";

const LAYOUT: DatabaseLayout = {
  file: SCHEDULES_FILE,
  versions: [
    `CREATE TABLE schedules (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      spec TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      next_run_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE firings (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      schedule_id TEXT NOT NULL,
      scheduled_for INTEGER,
      fired_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      run_id TEXT,
      retries INTEGER NOT NULL,
      retry_at INTEGER,
      missed INTEGER NOT NULL,
      drifted INTEGER,
      note TEXT,
      completed_at INTEGER
    );
    CREATE INDEX firings_by_schedule ON firings (schedule_id, id);
    CREATE INDEX firings_by_state ON firings (state);
    CREATE INDEX firings_by_run ON firings (run_id);
    CREATE INDEX firings_by_time ON firings (fired_at);`,
  ],
};

/** Of each schedule; older ones are forgotten. */
const FIRINGS_KEPT = 500;

/** Opens the schedules of a home directory (created when missing). */
export function openScheduleStore(directory: string): ScheduleStore {
  const database = openDatabase(directory, LAYOUT);
  const rows = rowsOf(database);
  const standingOf = (id: string): Standing => {
    const live = rows.firings(id, FIRINGS_KEPT).filter(isLiveFiring);
    const underWay = live.find(({ state }) => state !== "waiting");
    const waiting = live.some(({ state }) => state === "waiting");
    return { live: live.length > 0, waiting, runId: underWay?.runId ?? null };
  };
  const requireFree = ({ id, name }: StoredSchedule) => {
    const other = rows.byName(name);
    if (other !== undefined && other.id !== id)
      throw new ServerError(
        "ALREADY_EXISTS",
        `There is a schedule ${other.name} already. Choose another name, or change that one.`,
      );
  };
  return {
    list: rows.list,
    get: rows.get,
    byName: rows.byName,
    add(schedule) {
      durably(database, () => {
        requireFree(schedule);
        rows.put(schedule);
      });
    },
    replace(schedule) {
      durably(database, () => {
        if (rows.get(schedule.id) === undefined) throw unknown(schedule.id);
        requireFree(schedule);
        rows.put(schedule);
      });
    },
    remove: (id) => durably(database, () => rows.remove(id)),
    dueAt: rows.dueAt,
    fire(id, decide, runId) {
      durably(database, () => {
        const schedule = rows.get(id);
        const due = schedule === undefined ? undefined : decide(schedule, standingOf(id));
        if (schedule === undefined || due === undefined) return;
        rows.moveOn(id, due.nextRunAt);
        rows.insert({
          ...due.firing,
          scheduleId: id,
          runId: due.firing.state === "waiting" ? runId : null,
        });
        rows.forget(id);
      });
    },
    fireNow: (id, { at, runId }) =>
      durably(database, () => {
        if (rows.get(id) === undefined) throw unknown(id);
        const fresh = { scheduledFor: null, firedAt: at, missed: 0, note: null, completedAt: null } as const;
        return rows.insert({ ...fresh, state: "waiting", scheduleId: id, runId });
      }),
    firing: rows.firing,
    firings: rows.firings,
    live: rows.live,
    move: (id, from, change) =>
      durably(database, () => {
        const firing = rows.firing(id);
        if (firing?.state !== from) return false;
        rows.update({ ...firing, ...change });
        return true;
      }),
    ofRun: rows.ofRun,
    missedSince: rows.missedSince,
    close: () => {
      database.close();
    },
  };
}

type Inserted = Pick<
  StoredFiring,
  "scheduleId" | "scheduledFor" | "firedAt" | "state" | "runId" | "missed" | "note" | "completedAt"
>;

function rowsOf(database: Database.Database) {
  const prepared = {
    list: database.prepare("SELECT * FROM schedules ORDER BY name COLLATE NOCASE"),
    get: database.prepare("SELECT * FROM schedules WHERE id = ?"),
    byName: database.prepare("SELECT * FROM schedules WHERE name = ? COLLATE NOCASE"),
    due: database.prepare(
      "SELECT * FROM schedules WHERE enabled = 1 AND next_run_at <= ? ORDER BY next_run_at",
    ),
    put: database.prepare("INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?)"),
    moveOn: database.prepare("UPDATE schedules SET next_run_at = ? WHERE id = ?"),
    remove: database.prepare("DELETE FROM schedules WHERE id = ?"),
    removeFirings: database.prepare("DELETE FROM firings WHERE schedule_id = ?"),
    forget: database.prepare(
      "DELETE FROM firings WHERE schedule_id = ?1 AND id <= (SELECT id FROM firings WHERE schedule_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2) AND completed_at IS NOT NULL",
    ),
    insert: database.prepare(
      "INSERT INTO firings (schedule_id, scheduled_for, fired_at, state, run_id, retries, missed, note, completed_at) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?) RETURNING *",
    ),
    update: database.prepare(
      "UPDATE firings SET state = ?, run_id = ?, retries = ?, retry_at = ?, drifted = ?, note = ?, completed_at = ? WHERE id = ?",
    ),
    firing: database.prepare("SELECT * FROM firings WHERE id = ?"),
    firings: database.prepare("SELECT * FROM firings WHERE schedule_id = ? ORDER BY id DESC LIMIT ?"),
    live: database.prepare(
      `SELECT * FROM firings WHERE state IN (${LIVE_STATES.map((state) => `'${state}'`).join(", ")}) ORDER BY id`,
    ),
    ofRun: database.prepare("SELECT * FROM firings WHERE run_id = ?"),
    missed: database.prepare("SELECT * FROM firings WHERE fired_at >= ? AND missed > 0 ORDER BY id"),
  };
  const schedulesIn = (found: unknown) => (found as ScheduleRow[]).map(toSchedule);
  const firingsIn = (found: unknown) => (found as FiringRow[]).map(toFiring);
  return {
    list: () => schedulesIn(prepared.list.all()),
    get: (id: string) => schedulesIn(prepared.get.all(id))[0],
    byName: (name: string) => schedulesIn(prepared.byName.all(name))[0],
    dueAt: (now: number) => schedulesIn(prepared.due.all(now)),
    put({ id, name, enabled, nextRunAt, createdAt, updatedAt, ...spec }: StoredSchedule) {
      const rest = [enabled ? 1 : 0, nextRunAt, createdAt, updatedAt];
      prepared.put.run(id, name, JSON.stringify(spec), ...rest);
    },
    moveOn: (id: string, nextRunAt: number | null) => void prepared.moveOn.run(nextRunAt, id),
    remove(id: string) {
      prepared.removeFirings.run(id);
      return prepared.remove.run(id).changes > 0;
    },
    forget: (id: string) => void prepared.forget.run(id, FIRINGS_KEPT),
    insert(firing: Inserted): StoredFiring {
      const { scheduleId, scheduledFor, firedAt, state, runId, missed, note, completedAt } = firing;
      const [row] = firingsIn(
        prepared.insert.all(scheduleId, scheduledFor, firedAt, state, runId, missed, note, completedAt),
      );
      if (row === undefined) throw new ServerError("CONFIGURATION", "A firing was not kept.");
      return row;
    },
    update({ id, state, runId, retries, retryAt, drifted, note, completedAt }: StoredFiring) {
      prepared.update.run(state, runId, retries, retryAt, drifted, note, completedAt, id);
    },
    firing: (id: number) => firingsIn(prepared.firing.all(id))[0],
    firings: (scheduleId: string, limit: number) => firingsIn(prepared.firings.all(scheduleId, limit)),
    live: () => firingsIn(prepared.live.all()),
    ofRun: (runId: string) => firingsIn(prepared.ofRun.all(runId))[0],
    missedSince: (at: number) => firingsIn(prepared.missed.all(at)),
  };
}

interface ScheduleRow {
  readonly id: string;
  readonly name: string;
  readonly spec: string;
  readonly enabled: number;
  readonly next_run_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

interface FiringRow {
  readonly id: number;
  readonly schedule_id: string;
  readonly scheduled_for: number | null;
  readonly fired_at: number;
  readonly state: FiringState;
  readonly run_id: string | null;
  readonly retries: number;
  readonly retry_at: number | null;
  readonly missed: number;
  readonly drifted: number | null;
  readonly note: string | null;
  readonly completed_at: number | null;
}

function toSchedule(row: ScheduleRow): StoredSchedule {
  return {
    ...(JSON.parse(row.spec) as Omit<ScheduleSpec, "name">),
    id: row.id,
    name: row.name,
    enabled: row.enabled === 1,
    nextRunAt: row.next_run_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toFiring(row: FiringRow): StoredFiring {
  return {
    id: row.id,
    scheduleId: row.schedule_id,
    scheduledFor: row.scheduled_for,
    firedAt: row.fired_at,
    state: row.state,
    runId: row.run_id,
    retries: row.retries,
    retryAt: row.retry_at,
    missed: row.missed,
    drifted: row.drifted,
    note: row.note,
    completedAt: row.completed_at,
  };
}

function unknown(id: string): ServerError {
  return new ServerError("NOT_FOUND", `There is no schedule ${id}.`);
}
