import { setImmediate as turn } from "node:timers/promises";
import {
  type Statement,
  type StatementResult,
  type Statements,
  type Workspace,
  WorkspaceError,
  withExecute,
} from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let there: TestWorkspace;
beforeAll(async () => {
  there = await openTestWorkspace();
  await there.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "CREATE TABLE src.s.b AS SELECT id FROM range(10)",
  );
});
afterAll(() => there.close());

type Execute = Statements["execute"];

/** The workspace, with something that happens to the first CLONE of table `a`. */
function onFirstClone(
  happens: (send: () => Promise<StatementResult>, ...args: Parameters<Execute>) => Promise<StatementResult>,
) {
  let met = false;
  return withExecute(there.workspace, (statement, options) => {
    const send = () => there.workspace.statements.execute(statement, options);
    if (met || !isCloneOfA(statement)) return send();
    met = true;
    return happens(send, statement, options);
  });
}

function isCloneOfA({ kind, text }: Statement): boolean {
  return kind === "clone" && text.includes("`src`.`s`.`a`");
}

const lost = () => new WorkspaceError("UNKNOWN_RESULT", "the connection broke");
const request = (destination: string) => ({
  source_catalog: "src",
  destination_catalog: destination,
  max_parallel_queries: 1,
});

async function clonesOf(table: string): Promise<number> {
  const [row] = await there.sql(`SELECT count(*) FROM (DESCRIBE HISTORY ${table}) WHERE operation = 'CLONE'`);
  return Number(row?.[0]);
}

describe("a clone whose answer is lost", () => {
  it.each([
    {
      what: "before the statement arrived",
      happens: () => Promise.reject(lost()),
    },
    {
      what: "after it was done",
      happens: async (send: () => Promise<StatementResult>) => {
        await send();
        throw lost();
      },
    },
    {
      what: "while it still ran, known by its id",
      happens: async (_: unknown, statement: Statement, options: Parameters<Execute>[1]) => {
        await new Promise<void>((submitted) => {
          void there.workspace.statements.execute(statement, {
            onSubmitted: (id) => {
              options?.onSubmitted?.(id);
              submitted();
            },
          });
        });
        throw lost();
      },
    },
    {
      what: "while it still ran, known by its tags alone",
      happens: async (_: unknown, statement: Statement) => {
        await new Promise<void>((submitted) => {
          void there.workspace.statements.execute(statement, { onSubmitted: () => submitted() });
        });
        throw lost();
      },
    },
  ])("$what: is made once, and counted in full", async ({ what, happens }) => {
    const dest = `lost_${what.replaceAll(/\W/gu, "_")}`;
    const undisturbed = (await run(there.workspace, request(`${dest}_calm`))).summary;
    const { summary } = await run(onFirstClone(happens), request(dest));
    const { status, tables, bytes_copied, files_copied, errors } = summary;
    expect({ status, tables, bytes_copied, files_copied, errors }).toEqual({
      status: "success",
      tables: { success: 2, failed: 0, skipped: 0 },
      bytes_copied: undisturbed.bytes_copied,
      files_copied: undisturbed.files_copied,
      errors: [],
    });
    expect(await clonesOf(`${dest}.s.a`)).toBe(1);
    expect(await there.sql(`SELECT count(*) FROM ${dest}.s.a`)).toEqual([["100"]]);
  });
});

describe("no success but what the server said and the target shows", () => {
  it("pitfall 1: a clone that somebody cancelled at the warehouse fails, and the others go on", async () => {
    const cancelled = onFirstClone(() =>
      Promise.reject(new WorkspaceError("CANCELED", "Statement 01ef was cancelled.")),
    );
    const { summary } = await run(cancelled, request("canceled"));
    expect(summary).toMatchObject({ status: "partial", tables: { success: 1, failed: 1, skipped: 0 } });
    expect(summary.errors).toMatchObject([{ object: "canceled.s.a", code: "CANCELED" }]);
  });

  it("pitfall 1: a lost clone that was cancelled at the warehouse fails, and is not sent again", async () => {
    const happens = async (_: unknown, statement: Statement, options: Parameters<Execute>[1]) => {
      const cancelled = there.workspace.statements.execute(statement, {
        onSubmitted: (id) => {
          options?.onSubmitted?.(id);
          void there.workspace.statements.cancel(id);
        },
      });
      await expect(cancelled).rejects.toMatchObject({ code: "CANCELED" });
      throw lost();
    };
    const { summary } = await run(onFirstClone(happens), request("lost_canceled"));
    expect(summary.errors).toMatchObject([{ object: "lost_canceled.s.a", code: "CANCELED" }]);
  });

  const gone = (result: StatementResult) => ({ ...result, columns: [], rows: [], resultGone: true });

  it("CLOSED is success when the target shows the clone, with the counters of its history", async () => {
    const calm = (await run(there.workspace, request("closed_calm"))).summary;
    const closed = onFirstClone(async (send) => gone(await send()));
    const { summary } = await run(closed, request("closed"));
    expect(summary).toMatchObject({ status: "success", bytes_copied: calm.bytes_copied });
  });

  it("pitfall 1: CLOSED is none when the target does not show it", async () => {
    const nothing = { statementId: "01ef", columns: [], rows: [], truncated: false, resultGone: true };
    const { summary } = await run(
      onFirstClone(() => Promise.resolve(nothing)),
      request("closed_empty"),
    );
    expect(summary.errors).toMatchObject([{ object: "closed_empty.s.a", code: "UNKNOWN_RESULT" }]);
    expect(summary.tables).toEqual({ success: 1, failed: 1, skipped: 0 });
  });
});

it("pitfall 29: passing trouble costs that statement a pause and nothing a second time", async () => {
  let refusals = 3;
  const sent = new Map<string, number>();
  const busy = withExecute(there.workspace, (statement, options) => {
    if (statement.effect === "write") sent.set(statement.text, (sent.get(statement.text) ?? 0) + 1);
    if (isCloneOfA(statement) && refusals-- > 0)
      return Promise.reject(new WorkspaceError("RATE_LIMITED", "too many requests", { retryable: true }));
    return there.workspace.statements.execute(statement, options);
  });
  const { summary } = await run(busy, request("busy"));
  expect(summary.status).toBe("success");
  const clones = [...sent].filter(([text]) => text.includes("DEEP CLONE"));
  expect(clones.map(([text, times]) => [text.includes("`a`"), times])).toEqual([
    [true, 4],
    [false, 1],
  ]);
});

describe("a cancel", () => {
  it("pitfall 17: stops submitting, and stops the clone that runs at the warehouse; the summary says what was done", async () => {
    const cancel = new AbortController();
    const stopped: (string | undefined)[] = [];
    const held = withExecute(there.workspace, async (statement, options) => {
      if (!isCloneOfA(statement)) return there.workspace.statements.execute(statement, options);
      return there.workspace.statements.execute(statement, {
        ...options,
        onSubmitted: (id) => {
          options?.onSubmitted?.(id);
          stopped.push(id);
          cancel.abort();
        },
      });
    });
    const { summary } = await run(held, request("stopped"), { signal: cancel.signal });
    expect(summary).toMatchObject({
      status: "cancelled",
      errors: [],
      tables: { success: 0, failed: 0, skipped: 2 },
    });
    expect(stopped).toHaveLength(1);
    expect(await there.workspace.statements.state(stopped[0] ?? "")).toMatchObject({ state: "CANCELED" });
    expect(await there.workspace.unity.tables("stopped", "s")).toEqual([]);
  });
});

describe("a source that moves during the run", () => {
  it.each([
    { what: "is dropped", moves: ["DROP TABLE moving.s.a"], code: "TABLE_OR_VIEW_NOT_FOUND" },
    {
      what: "is renamed",
      moves: ["ALTER TABLE moving.s.a RENAME TO moving.s.z"],
      code: "TABLE_OR_VIEW_NOT_FOUND",
    },
  ])("a table that $what fails alone", async ({ what, moves, code }) => {
    await there.sql(
      "DROP CATALOG IF EXISTS moving CASCADE",
      "CREATE CATALOG moving",
      "CREATE SCHEMA moving.s",
      "CREATE TABLE moving.s.a AS SELECT 1 AS id",
      "CREATE TABLE moving.s.b AS SELECT 2 AS id",
    );
    let moved = false;
    const workspace: Workspace = withExecute(there.workspace, async (statement, options) => {
      if (statement.kind === "clone" && !moved) {
        moved = true;
        await there.sql(...moves);
      }
      await turn();
      return there.workspace.statements.execute(statement, options);
    });
    const dest = `moved_${what.replaceAll(/\W/gu, "_")}`;
    const { summary } = await run(workspace, { ...request(dest), source_catalog: "moving" });
    expect(summary.errors).toMatchObject([{ object: `${dest}.s.a`, code }]);
    expect(summary).toMatchObject({ status: "partial", tables: { success: 1, failed: 1 } });
  });

  it("a table that is written is cloned at the version that was pinned", async () => {
    await there.sql("CREATE TABLE src.s.w AS SELECT 1 AS id");
    let moved = false;
    const workspace = withExecute(there.workspace, async (statement, options) => {
      if (statement.kind === "clone" && !moved) {
        moved = true;
        await there.sql("INSERT INTO src.s.w VALUES (2)");
      }
      return there.workspace.statements.execute(statement, options);
    });
    await run(workspace, request("written"));
    expect(await there.sql("SELECT id FROM written.s.w")).toEqual([["1"]]);
  });
});
