import { describe, expect, test } from "vitest";
import { ExecutionError, type ExecutionResult } from "../../execution/execution.ts";
import { openDatabase } from "../../metastore/database.ts";
import type { PrincipalRecord } from "../../metastore/metastore.ts";
import { migrate } from "../../metastore/migrations.ts";
import { statementHistory } from "../../metastore/statement-history.ts";
import { statementRegistry } from "./registry.ts";
import { chunksOf } from "./result-chunks.ts";
import { statementIds } from "./statement-id.ts";

const ada: PrincipalRecord = { name: "ada", kind: "user", groups: [], admin: true };
const oneRow: ExecutionResult = {
  columns: [{ name: "n", typeText: "BIGINT", typeName: "LONG" }],
  rows: [["1"]],
};

type Run = (text: string, signal: AbortSignal) => Promise<ExecutionResult>;

function registry(run: Run, { now = (): number => 0, database = migrated() } = {}) {
  let ids = 0;
  return statementRegistry({
    run(_principal, { text }, { signal, started }) {
      started();
      return run(text, signal);
    },
    history: statementHistory(database, { now }),
    now,
    newId: () => `s${String(++ids).padStart(3, "0")}`,
  });
}

function migrated() {
  const database = openDatabase(":memory:");
  migrate(database);
  return database;
}

const statement = (text: string) => ({ text, parameters: [], warehouseId: "w" });

/** Runs until it is told to stop. */
const untilAborted: Run = (_text, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));

test("statement ids sort by time, are unique within a millisecond and look like the service's", () => {
  let time = Date.UTC(2026, 10, 22);
  const newId = statementIds({ now: () => time, uuid: () => "ffffffff-ffff-4fff-bfff-ffffffffffff" });
  const ids = [newId(), newId()];
  time += 1;
  ids.push(newId());
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids)
    expect(id).toMatch(/^01f[0-9a-f]{5}-[0-9a-f]{4}-1[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
});

describe("chunks", () => {
  test("cover all rows once, in order", () => {
    const rows = Array.from({ length: 10 }, () => ["x".repeat(95)]);
    expect(chunksOf(rows, 300)).toEqual([
      { index: 0, rowOffset: 0, rowCount: 3 },
      { index: 1, rowOffset: 3, rowCount: 3 },
      { index: 2, rowOffset: 6, rowCount: 3 },
      { index: 3, rowOffset: 9, rowCount: 1 },
    ]);
  });
  test("of no rows are none, and a row larger than a chunk is one of its own", () => {
    expect(chunksOf([])).toEqual([]);
    expect(chunksOf([["x".repeat(1000)], ["y"]], 300)).toHaveLength(2);
  });
});

describe("a statement", () => {
  test("is PENDING first, then SUCCEEDED with its rows", async () => {
    const statements = registry(async () => oneRow);
    const { id, state } = statements.submit(ada, statement("SELECT 1"));
    expect(state).toBe("PENDING");
    expect(await statements.settled(id)).toMatchObject({
      state: "SUCCEEDED",
      result: { rows: [["1"]], truncated: false },
    });
  });

  test("that fails keeps message, class and SQLSTATE", async () => {
    const statements = registry(() =>
      Promise.reject(new ExecutionError("X.Y", "42000", "[X.Y] no. SQLSTATE: 42000")),
    );
    const { id } = statements.submit(ada, statement("SELECT"));
    expect(await statements.settled(id)).toMatchObject({
      state: "FAILED",
      failure: { errorCode: "BAD_REQUEST", message: "[X.Y] no. SQLSTATE: 42000", sqlState: "42000" },
    });
  });

  test("that runs is cancelled by its id, by its warehouse and at the end of the workspace", async () => {
    const statements = registry(untilAborted);
    const [first, second, third] = ["w", "other", "third"].map((warehouseId) =>
      statements.submit(ada, { ...statement("…"), warehouseId }),
    );
    expect((await statements.settled(first?.id ?? "", 0))?.state).toBe("RUNNING");
    statements.cancel(first?.id ?? "");
    statements.cancelAll("other");
    expect((await statements.settled(first?.id ?? ""))?.state).toBe("CANCELED");
    expect((await statements.settled(second?.id ?? ""))?.state).toBe("CANCELED");
    expect((await statements.settled(third?.id ?? "", 0))?.state).toBe("RUNNING");
    await statements.close();
    expect(statements.find(third?.id ?? "")?.state).toBe("CANCELED");
  });

  test("that ended is told by the next process; of one that had not ended, only the history tells", async () => {
    const database = migrated();
    const first = registry(
      (text) => (text === "bad" ? Promise.reject(new Error("no")) : Promise.resolve(oneRow)),
      {
        database,
      },
    );
    const good = first.submit(ada, statement("good"));
    const bad = first.submit(ada, statement("bad"));
    await Promise.all([first.settled(good.id), first.settled(bad.id)]);
    const lost = first.submit(ada, { ...statement("lost"), tags: { run: "1" } });
    const second = registry(async () => oneRow, { database });
    expect(second.find(good.id)).toMatchObject({ state: "CLOSED", rowCount: 1 });
    expect(second.find(bad.id)).toMatchObject({ state: "FAILED", failure: { message: "no" } });
    expect(second.find(lost.id)).toBeUndefined();
    expect(second.history({ limit: 10 }).map(({ id, state }) => [id, state])).toEqual([
      [lost.id, "FAILED"],
      [bad.id, "FAILED"],
      [good.id, "SUCCEEDED"],
    ]);
    expect(second.history({ limit: 1 })).toMatchObject([
      { tags: { run: "1" }, failure: { errorCode: "UNKNOWN" } },
    ]);
  });

  test("that was quicker than its cancellation has succeeded", async () => {
    let finish = (_result: ExecutionResult) => {};
    const statements = registry(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const { id } = statements.submit(ada, statement("CREATE TABLE …"));
    await statements.settled(id, 0);
    statements.cancel(id);
    finish(oneRow);
    expect((await statements.settled(id))?.state).toBe("SUCCEEDED");
  });

  test("keeps its result for an hour, and is forgotten after twelve", async () => {
    let time = 0;
    const statements = registry(async () => oneRow, { now: () => time });
    const { id } = statements.submit(ada, statement("SELECT 1"));
    await statements.settled(id);
    time = 3_600_000;
    expect(statements.find(id)?.state).toBe("SUCCEEDED");
    time += 1;
    expect(statements.find(id)).toMatchObject({ state: "CLOSED" });
    expect(statements.find(id)?.result).toBeUndefined();
    time = 13 * 3_600_000;
    expect(statements.find(id)).toBeUndefined();
  });

  test("loses its result when newer ones need the room", async () => {
    const rows = Array.from({ length: 24 }, () => ["x".repeat(1 << 20)]);
    const statements = registry(async () => ({ ...oneRow, rows }));
    const ids: string[] = [];
    for (let index = 0; index < 12; index++) {
      const { id } = statements.submit(ada, statement("SELECT …"));
      await statements.settled(id);
      ids.push(id);
    }
    expect(ids.map((id) => statements.find(id)?.state)).toEqual([
      ...Array.from({ length: 2 }, () => "CLOSED"),
      ...Array.from({ length: 10 }, () => "SUCCEEDED"),
    ]);
  });

  test("with more rows than its limit is truncated", async () => {
    const statements = registry(async () => ({ ...oneRow, rows: [["1"], ["2"], ["3"]] }));
    const { id } = statements.submit(ada, { ...statement("SELECT …"), rowLimit: 2 });
    expect((await statements.settled(id))?.result).toMatchObject({ rows: [["1"], ["2"]], truncated: true });
  });

  test.for([
    [5, [], true],
    [6, [["1"]], true],
    [17, [["1"], ["2"]], true],
    [18, [["1"], ["2"], ["3"]], false],
  ] as const)("with a byte limit of %i keeps whole rows", async ([byteLimit, rows, truncated]) => {
    const statements = registry(async () => ({ ...oneRow, rows: [["1"], ["2"], ["3"]] }));
    const { id } = statements.submit(ada, { ...statement("SELECT …"), byteLimit });
    expect((await statements.settled(id))?.result).toMatchObject({ rows, truncated });
  });

  test("with more than 25 MiB of text fails", async () => {
    const statements = registry(async () => ({
      ...oneRow,
      rows: Array.from({ length: 26 }, () => ["x".repeat(1 << 20)]),
    }));
    const { id } = statements.submit(ada, statement("SELECT …"));
    expect(await statements.settled(id)).toMatchObject({
      state: "FAILED",
      failure: { errorCode: "BAD_REQUEST" },
    });
  });
});
