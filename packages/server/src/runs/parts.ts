import type { TargetProgress } from "@clone-xs/clone";
import type Database from "libsql";
import type { ObjectState, RunStatusFilter } from "../contract/index.ts";
import { like } from "./like.ts";

/** What became of one object, or of one step around it. Times are epoch milliseconds. */
export interface StoredObject {
  /** Empty: the run has no other targets. */
  readonly target: string;
  readonly object: string;
  readonly kind: string;
  readonly state: ObjectState;
  readonly reason: string;
  readonly operation: string | null;
  readonly step: string | null;
  readonly detail: string | null;
  readonly source_version: string | null;
  readonly cloned_version: string | null;
  readonly format: string | null;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly bytes: number | null;
  readonly files: number | null;
  readonly statement_id: string | null;
  readonly code: string | null;
  readonly message: string | null;
}

interface Page {
  readonly offset: number;
  readonly limit: number;
}

export const OBJECT_ORDERS = [
  "outcome",
  "object",
  "kind",
  "bytes",
  "files",
  "seconds",
  "started_at",
] as const;
type ObjectOrder = (typeof OBJECT_ORDERS)[number];

interface ObjectFilter {
  readonly states?: readonly ObjectState[];
  readonly kind?: string;
  readonly target?: string;
  /** In the name, the reason or the error. */
  readonly q?: string;
  readonly order?: ObjectOrder;
  readonly descending?: boolean;
}

interface StoredLine {
  readonly id: number;
  readonly at: number;
  readonly level: "info" | "warn" | "error";
  readonly line: string;
}

interface LineFilter {
  readonly level?: StoredLine["level"];
  /** CLONE statements only. */
  readonly clones?: boolean;
  readonly q?: string;
}

interface RunFilter {
  readonly limit: number;
  /** The run that those asked for are older than. */
  readonly before?: string;
  readonly status?: RunStatusFilter;
  readonly load?: string;
  /** In source, destination, the name of a target or the id. */
  readonly q?: string;
}

/** Parts of runs, read without the rest: how long a run is does not matter. */
export interface RunParts {
  objects(id: string, filter: ObjectFilter, page: Page): { total: number; rows: StoredObject[] };
  /** How many objects there are of each state and kind; what stands around them counts where it has failed. */
  counts(id: string): { state: ObjectState; kind: string; objects: number }[];
  /** An object and what was done around it. */
  around(id: string, target: string, object: string): StoredObject[];
  /** The table of that name that was cloned; `undefined`: the run knows of none. */
  table(id: string, target: string, object: string): StoredObject | undefined;
  /** Steps that were begun, in that order. */
  begun(id: string, page: Page): StoredObject[];
  /** When each of them began, and ended; not ended: it is under way, or nobody heard. */
  spans(id: string): { from: number; to: number | null }[];
  phases(id: string): { phase: string; at: number }[];
  lines(id: string, filter: LineFilter, page: Page): { total: number; lines: StoredLine[] };
  guardLines(id: string): string[];
  /** The CLONE statements of one object, as the log has them. */
  clonesOf(id: string, target: string, object: string): string[];
  /** How each of several targets stands, as was heard last. */
  targets(id: string): TargetProgress[];
  lastEvent(id: string): number;
  /** Ids of runs, newest first. */
  runs(filter: RunFilter): string[];
}

/** What stands around an object is no object: it is listed where it has failed, and with the object. */
const LISTED = "(kind <> 'governance' OR state = 'failed')";

const ORDERS: Readonly<Record<ObjectOrder, string>> = {
  outcome:
    "CASE state WHEN 'failed' THEN 0 WHEN 'started' THEN 1 WHEN 'waiting' THEN 2 WHEN 'impossible' THEN 3 WHEN 'skipped' THEN 4 WHEN 'succeeded' THEN 5 ELSE 6 END",
  object: "object COLLATE NOCASE",
  kind: "kind",
  bytes: "coalesce(bytes, -1)",
  files: "coalesce(files, -1)",
  seconds: "coalesce(ended_at - started_at, -1)",
  started_at: "coalesce(started_at, 9e15)",
};

const LEVELS = { info: ["info", "warn", "error"], warn: ["warn", "error"], error: ["error"] } as const;

/** Reads parts of the runs of a run store's database. */
export function runParts(database: Database.Database): RunParts {
  const all = <Row>(text: string, ...values: readonly unknown[]) =>
    database.prepare(text).all(...values) as Row[];
  const single = (text: string, ...values: readonly unknown[]) =>
    all<{ n: number }>(text, ...values)[0]?.n ?? 0;

  return {
    objects(id, { order = "outcome", descending = false, ...filter }, { offset, limit }) {
      const { where, values } = objectsWhere(id, filter);
      const direction = descending ? "DESC" : "ASC";
      return {
        total: single(`SELECT count(*) AS n FROM run_objects WHERE ${where}`, ...values),
        rows: all(
          `SELECT * FROM run_objects WHERE ${where} ORDER BY ${ORDERS[order]} ${direction}, target, object, kind, part LIMIT ? OFFSET ?`,
          ...values,
          limit,
          offset,
        ),
      };
    },
    counts: (id) =>
      all(
        `SELECT state, kind, count(*) AS objects FROM run_objects WHERE run_id = ? AND ${LISTED} GROUP BY state, kind`,
        id,
      ),
    // What is in an object sorts right behind its name and a dot; the sign after the dot ends it.
    around: (id, target, object) =>
      all(
        "SELECT * FROM run_objects WHERE run_id = ?1 AND target = ?2 AND (object = ?3 OR (object >= ?3 || '.' AND object < ?3 || '/' AND kind = 'governance')) ORDER BY coalesce(started_at, 9e15), part",
        id,
        target,
        object,
      ),
    table: (id, target, object) =>
      all<StoredObject>(
        "SELECT * FROM run_objects WHERE run_id = ? AND target = ? AND object = ? AND kind = 'table'",
        id,
        target,
        object,
      )[0],
    begun: (id, { offset, limit }) =>
      all(
        "SELECT * FROM run_objects WHERE run_id = ? AND started_at IS NOT NULL ORDER BY started_at, object, part LIMIT ? OFFSET ?",
        id,
        limit,
        offset,
      ),
    // One text for all: rows by themselves would take ten times as long to be handed over.
    spans: (id) => {
      const [row] = all<{ spans: string }>(
        "SELECT json_group_array(json_array(started_at, ended_at)) AS spans FROM run_objects WHERE run_id = ? AND started_at IS NOT NULL",
        id,
      );
      const spans = JSON.parse(row?.spans ?? "[]") as [number, number | null][];
      return spans.map(([from, to]) => ({ from, to }));
    },
    phases: (id) =>
      all(
        "SELECT body ->> '$.phase' AS phase, body ->> '$.at' AS at FROM events WHERE run_id = ? AND type = 'phase' ORDER BY seq",
        id,
      ),
    lines(id, filter, { offset, limit }) {
      const { where, values } = linesWhere(id, filter);
      return {
        total: single(`SELECT count(*) AS n FROM events WHERE ${where}`, ...values),
        lines: all(
          `SELECT seq AS id, body ->> '$.at' AS at, body ->> '$.level' AS level, body ->> '$.line' AS line FROM events WHERE ${where} ORDER BY seq LIMIT ? OFFSET ?`,
          ...values,
          limit,
          offset,
        ),
      };
    },
    guardLines: (id) =>
      all<{ line: string }>(
        "SELECT body ->> '$.line' AS line FROM events WHERE run_id = ? AND type = 'log' AND (body ->> '$.line' LIKE 'Quiesce%' OR body ->> '$.line' LIKE 'Restore: %') ORDER BY seq",
        id,
      ).map(({ line }) => line),
    clonesOf: (id, target, object) =>
      all<{ line: string }>(
        `SELECT body ->> '$.line' AS line FROM events WHERE run_id = ? AND type = 'log' AND ${CLONES} AND replace(body ->> '$.line', '\`', '') LIKE ? ESCAPE '\\' AND instr(body ->> '$.line', ?) = 1 ORDER BY seq`,
        id,
        like(`TABLE ${object} `),
        target === "" ? "CREATE" : `[${target}] `,
      ).map(({ line }) => line),
    targets: (id) =>
      all<{ body: string }>(
        "SELECT body ->> '$.target' AS body FROM events WHERE run_id = ?1 AND seq IN (SELECT max(seq) FROM events WHERE run_id = ?1 AND type = 'target' GROUP BY body ->> '$.target.name') ORDER BY seq",
        id,
      ).map(({ body }) => JSON.parse(body) as TargetProgress),
    lastEvent: (id) => single("SELECT max(seq) AS n FROM events WHERE run_id = ?", id),
    runs(filter) {
      const { where, values } = runsWhere(filter);
      const text = `SELECT id FROM runs WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT ?`;
      return all<{ id: string }>(text, ...values, filter.limit).map(({ id }) => id);
    },
  };
}

/** A run that ended `partial` has failed, and is looked for by what it came to. */
const STATUSES: Readonly<Record<RunStatusFilter, string>> = {
  live: "state IN ('queued', 'running', 'cancelling')",
  queued: "state = 'queued'",
  running: "state = 'running'",
  cancelling: "state = 'cancelling'",
  completed: "state = 'completed'",
  failed: "state = 'failed' AND outcome ->> '$.status' IS NOT 'partial'",
  partial: "state = 'failed' AND outcome ->> '$.status' = 'partial'",
  cancelled: "state = 'cancelled'",
};

/** The words that scripts look for; no other line has them. */
const CLONES = "(body ->> '$.line' LIKE '%TABLE % CLONE %')";

function linesWhere(id: string, { level = "info", clones = false, q = "" }: LineFilter): Condition {
  const levels = LEVELS[level].map((each) => `'${each}'`).join(", ");
  return allOf([
    ["run_id = ? AND type = 'log'", id],
    ...(level === "info" ? [] : [[`body ->> '$.level' IN (${levels})`] as const]),
    ...(clones ? [[CLONES] as const] : []),
    // Names are looked for as people write them, without their quotes.
    ...(q === ""
      ? []
      : [["replace(body ->> '$.line', '`', '') LIKE ? ESCAPE '\\'", like(q.replaceAll("`", ""))] as const]),
  ]);
}

function runsWhere({ before, status, load, q = "" }: RunFilter): Condition {
  return allOf([
    ...(before === undefined
      ? []
      : [["(created_at, id) < (SELECT created_at, id FROM runs WHERE id = ?)", before] as const]),
    ...(status === undefined ? [] : [[STATUSES[status]] as const]),
    ...(load === undefined ? [] : [["load_type = ?", load] as const]),
    ...(q === ""
      ? []
      : [
          [
            "(source_catalog LIKE ? ESCAPE '\\' OR destination_catalog LIKE ? ESCAPE '\\' OR targets LIKE ? ESCAPE '\\' OR id LIKE ? ESCAPE '\\')",
            ...Array.from({ length: 4 }, () => like(q)),
          ] as const,
        ]),
  ]);
}

interface Condition {
  readonly where: string;
  readonly values: readonly unknown[];
}

type ConditionPart = readonly [text: string, ...values: readonly unknown[]];

function allOf(parts: readonly ConditionPart[]): Condition {
  return {
    where: parts.length === 0 ? "true" : parts.map(([text]) => text).join(" AND "),
    values: parts.flatMap(([, ...values]) => values),
  };
}

function objectsWhere(id: string, { states = [], kind, target, q = "" }: ObjectFilter): Condition {
  return allOf([
    ["run_id = ?", id],
    kind === "governance" ? ["kind = 'governance'"] : [LISTED],
    ...(states.length === 0 ? [] : [[`state IN (${states.map(() => "?").join(", ")})`, ...states] as const]),
    ...(kind === undefined ? [] : [["kind = ?", kind] as const]),
    ...(target === undefined ? [] : [["target = ?", target] as const]),
    ...(q === ""
      ? []
      : [
          [
            "(object LIKE ? ESCAPE '\\' OR reason LIKE ? ESCAPE '\\' OR code LIKE ? ESCAPE '\\' OR message LIKE ? ESCAPE '\\')",
            ...Array.from({ length: 4 }, () => like(q)),
          ] as const,
        ]),
  ]);
}
