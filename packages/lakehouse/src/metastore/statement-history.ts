import type { ServiceErrorCode, StatementState } from "@clone-xs/databricks/contract";
import { type Database, type Row, type SqlValue, text } from "./database.ts";

/** Why a statement did not succeed, as `status` of the Statement Execution API carries it. */
export interface StatementFailure {
  readonly errorCode: ServiceErrorCode;
  readonly message: string;
  readonly sqlState?: string;
  /** Class of the error, also in the message. */
  readonly errorClass?: string;
}

/** What is known of a statement, however long ago it ran. */
export interface StatementRecord {
  readonly id: string;
  readonly text: string;
  readonly principal: string;
  readonly warehouseId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: StatementState;
  readonly failure?: StatementFailure;
  /** Rows of its result, when it succeeded. */
  readonly rowCount?: number;
  /** Epoch milliseconds. */
  readonly submittedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Which statements, newest first. What is absent does not restrict. */
export interface HistoryFilter {
  readonly principals?: readonly string[];
  readonly ids?: readonly string[];
  readonly warehouseIds?: readonly string[];
  /** Epoch milliseconds of the submission, both ends included. */
  readonly from?: number;
  readonly until?: number;
  /** Only what comes behind this statement. */
  readonly after?: Pick<StatementRecord, "id" | "submittedAt">;
  readonly limit: number;
}

/**
 * Every statement of a workspace, from its submission on. A row is handed to the operating system before the call returns, without waiting
 * for the disk: what was acknowledged survives the death of the process; when the machine loses power, the last moments may be missing.
 */
export interface StatementHistory {
  submitted(record: StatementRecord): void;
  ended(record: StatementRecord): void;
  find(id: string): StatementRecord | undefined;
  list(filter: HistoryFilter): readonly StatementRecord[];
}

/** As on the service. Source: query history, "retention". */
const KEPT_MS = 30 * 24 * 3_600_000;
const KEPT_STATEMENTS = 100_000;
/** A longer text is kept by its beginning. */
const KEPT_TEXT = 65_536;
const TIDY_EVERY = 1000;

/** Why a statement of a process that is gone has no end that anybody saw. */
const unknownEnd: StatementFailure = {
  errorCode: "UNKNOWN",
  message: "The workspace ended while this statement was under way. It may have taken effect.",
};

/** The history in a metastore's database (migrated before); ends what a killed predecessor left open. See `openUnsynced`. */
export function statementHistory(
  database: Database,
  { now }: { readonly now: () => number },
): StatementHistory {
  endAbandoned(database, now());
  let sinceTidy = TIDY_EVERY;
  return {
    submitted(record) {
      if (++sinceTidy > TIDY_EVERY) {
        sinceTidy = 0;
        tidy(database, now());
      }
      database.run(
        "INSERT INTO statements (id, text, principal, warehouse, tags, state, submitted_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
          record.id,
          record.text.slice(0, KEPT_TEXT),
          record.principal,
          record.warehouseId,
          JSON.stringify(record.tags),
          record.state,
          record.submittedAt,
        ],
      );
    },
    ended({ id, state, startedAt, endedAt, rowCount, failure }) {
      database.run(
        "UPDATE statements SET state = ?, started_at = ?, ended_at = ?, row_count = ?, failure = ? WHERE id = ?",
        [
          state,
          startedAt ?? null,
          endedAt ?? null,
          rowCount ?? null,
          failure === undefined ? null : JSON.stringify(failure),
          id,
        ],
      );
    },
    find: (id) => database.all("SELECT * FROM statements WHERE id = ?", [id]).map(parse)[0],
    list(filter) {
      const { where, values } = conditions(filter);
      const sql = `SELECT * FROM statements${where} ORDER BY submitted_at DESC, id DESC LIMIT ?`;
      return database.all(sql, [...values, filter.limit]).map(parse);
    },
  };
}

function conditions({ principals, ids, warehouseIds, from, until, after }: HistoryFilter): {
  readonly where: string;
  readonly values: readonly SqlValue[];
} {
  const among = (column: string, values: readonly string[] | undefined) =>
    values === undefined ? [] : [{ sql: `${column} IN (${values.map(() => "?").join(", ")})`, values }];
  const one = (sql: string, value: SqlValue | undefined) =>
    value === undefined ? [] : [{ sql, values: [value] }];
  const all: readonly { readonly sql: string; readonly values: readonly SqlValue[] }[] = [
    ...among("principal", principals),
    ...among("id", ids),
    ...among("warehouse", warehouseIds),
    ...one("submitted_at >= ?", from),
    ...one("submitted_at <= ?", until),
    ...(after === undefined
      ? []
      : [{ sql: "(submitted_at, id) < (?, ?)", values: [after.submittedAt, after.id] }]),
  ];
  return {
    where: all.length === 0 ? "" : ` WHERE ${all.map(({ sql }) => sql).join(" AND ")}`,
    values: all.flatMap(({ values }) => values),
  };
}

function endAbandoned(database: Database, at: number): void {
  database.run(
    "UPDATE statements SET state = 'FAILED', failure = ?, ended_at = ? WHERE state IN ('PENDING', 'RUNNING')",
    [JSON.stringify(unknownEnd), at],
  );
}

function tidy(database: Database, at: number): void {
  database.run("DELETE FROM statements WHERE submitted_at < ?", [at - KEPT_MS]);
  database.run(
    `DELETE FROM statements WHERE (submitted_at, id) <=
       (SELECT submitted_at, id FROM statements ORDER BY submitted_at DESC, id DESC LIMIT 1 OFFSET ?)`,
    [KEPT_STATEMENTS],
  );
}

function parse(row: Row): StatementRecord {
  const { submitted_at, started_at, ended_at, row_count, failure } = row;
  return {
    id: text(row, "id"),
    text: text(row, "text"),
    principal: text(row, "principal"),
    warehouseId: text(row, "warehouse"),
    tags: JSON.parse(text(row, "tags")) as Record<string, string>,
    state: text(row, "state") as StatementState,
    submittedAt: Number(submitted_at),
    ...(started_at === null ? {} : { startedAt: Number(started_at) }),
    ...(ended_at === null ? {} : { endedAt: Number(ended_at) }),
    ...(row_count === null ? {} : { rowCount: Number(row_count) }),
    ...(failure === null ? {} : { failure: JSON.parse(String(failure)) as StatementFailure }),
  };
}
