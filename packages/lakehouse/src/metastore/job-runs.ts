import type { RunLifeCycleState, RunResultState, SubmittedTask } from "@clone-xs/databricks/contract";
import { type Database, type Row, text } from "./database.ts";

/** A submitted run of tasks and how far it is. */
export interface RunRecord {
  readonly id: number;
  readonly name: string;
  readonly principal: string;
  readonly tasks: readonly SubmittedTask[];
  readonly timeoutSeconds: number;
  readonly state: RunLifeCycleState;
  readonly result?: RunResultState;
  readonly message?: string;
  /** States of the tasks that have begun, by key. */
  readonly taskResults: Readonly<Record<string, RunResultState>>;
  /** From 0 on: how often the run was begun before. */
  readonly attempt: number;
  /** Epoch milliseconds: before that it is not tried again. */
  readonly retryAt?: number;
  /** Epoch milliseconds. */
  readonly submittedAt: number;
  readonly endedAt?: number;
}

/** Runs of jobs, newest first. Durable when a call returns. */
export interface RunStore {
  /** Makes a run, or gives the one that was made for the same token before. */
  insert(
    run: Omit<RunRecord, "id">,
    token: string | undefined,
  ): { readonly run: RunRecord; readonly made: boolean };
  put(run: RunRecord): void;
  find(id: number): RunRecord | undefined;
  list(filter: {
    readonly before: number;
    readonly active: boolean | undefined;
    readonly limit: number;
  }): readonly RunRecord[];
}

/** Source: Jobs API, "runs are kept for 60 days". */
const KEPT_MS = 60 * 24 * 3_600_000;

export function runStore(database: Database): RunStore {
  const find = (sql: string, values: readonly (string | number)[]) => database.all(sql, values).map(parse);
  const put = (run: RunRecord) => {
    database.run("UPDATE runs SET record = ?, active = ? WHERE id = ?", [
      JSON.stringify(run),
      run.endedAt === undefined ? 1 : 0,
      run.id,
    ]);
  };
  return {
    insert: (run, token) =>
      database.transaction(() => {
        const [known] = token === undefined ? [] : find("SELECT record FROM runs WHERE token = ?", [token]);
        if (known !== undefined) return { run: known, made: false };
        database.run("DELETE FROM runs WHERE active = 0 AND submitted_at < ?", [run.submittedAt - KEPT_MS]);
        database.run("INSERT INTO runs (token, submitted_at, active, record) VALUES (?, ?, 1, '{}')", [
          token ?? null,
          run.submittedAt,
        ]);
        const made = { ...run, id: Number(database.first("SELECT last_insert_rowid() AS id")?.["id"]) };
        put(made);
        return { run: made, made: true };
      }),
    put,
    find: (id) => find("SELECT record FROM runs WHERE id = ?", [id])[0],
    list({ before, active, limit }) {
      const which = active === undefined ? "" : ` AND active = ${active ? 1 : 0}`;
      return find(`SELECT record FROM runs WHERE id < ?${which} ORDER BY id DESC LIMIT ?`, [before, limit]);
    },
  };
}

function parse(row: Row): RunRecord {
  return JSON.parse(text(row, "record")) as RunRecord;
}
