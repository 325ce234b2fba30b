import { describe, expect, test } from "vitest";
import { ExecutionError, type ExecutionResult } from "../../execution/execution.ts";
import type { PrincipalRecord } from "../../metastore/metastore.ts";
import { type RegistryOptions, statementRegistry } from "./registry.ts";
import { chunksOf } from "./result-chunks.ts";
import { statementIds } from "./statement-id.ts";

const ada: PrincipalRecord = { name: "ada", kind: "user", groups: [], admin: true };
const oneRow: ExecutionResult = {
  columns: [{ name: "n", typeText: "BIGINT", typeName: "LONG" }],
  rows: [["1"]],
};

function registry(run: RegistryOptions["run"], { now = (): number => 0, concurrency = 2 } = {}) {
  let ids = 0;
  return statementRegistry({ run, now, concurrency, newId: () => `s${++ids}` });
}

const statement = (text: string) => ({ text, parameters: [] });

/** Runs until it is told to stop. */
const untilAborted: RegistryOptions["run"] = (_principal, _input, signal) =>
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

  test("that waits for a slot is PENDING and can be cancelled without having run", async () => {
    const started: string[] = [];
    const run: RegistryOptions["run"] = (principal, input, signal) => {
      started.push(input.text);
      return untilAborted(principal, input, signal);
    };
    const statements = registry(run, { concurrency: 1 });
    const first = statements.submit(ada, statement("first"));
    const second = statements.submit(ada, statement("second"));
    expect((await statements.settled(first.id, 0))?.state).toBe("RUNNING");
    expect(statements.find(second.id)?.state).toBe("PENDING");
    statements.cancel(second.id);
    expect((await statements.settled(second.id))?.state).toBe("CANCELED");
    await statements.close();
    expect(statements.find(first.id)?.state).toBe("CANCELED");
    expect(started).toEqual(["first"]);
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
