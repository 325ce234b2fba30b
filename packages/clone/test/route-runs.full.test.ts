import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Workspace, WorkspaceError, withExecute } from "@clone-xs/unity";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Ledger, LedgerRecord } from "../src/ledger/ledger.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import type { CloneRequest } from "../src/request/request.ts";
import { rollbackRun } from "../src/rollback/rollback-run.ts";
import { isUndoRecord } from "../src/rollback/undo-record.ts";
import { routeNames } from "../src/route/names.ts";
import { applyPlan, planForLater } from "../src/run/apply-plan.ts";
import { resumeRun } from "../src/run/resume-run.ts";
import type { RunPorts } from "../src/run/run.ts";
import { runClone } from "../src/run/run-clone.ts";
import { documentsIn, openRunFiles, recordsOf, runDirectory } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { openTwoMetastores, tupleOf, type TwoMetastores } from "./two-metastores.ts";

let both: TwoMetastores;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "clxs-route-"));
  both = await openTwoMetastores();
  await both.east.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "CREATE TABLE src.s.b AS SELECT 7 AS id",
    "CREATE TABLE src.s.linked SHALLOW CLONE src.s.b",
    "CREATE VIEW src.s.v AS SELECT count(*) AS n FROM src.s.a",
  );
});
afterAll(async () => {
  await both.close();
  await rm(home, { recursive: true, force: true });
});
afterEach(async () => {
  for (const { name, share } of await both.west.workspace.unity.catalogs())
    if (share !== undefined) await both.west.sql(`DROP CATALOG \`${name}\` CASCADE`);
  const { sharing } = both.east.workspace;
  for (const { name } of await sharing.shares()) await sharing.deleteShare(name);
  for (const { name } of await sharing.recipients()) await sharing.deleteRecipient(name);
});

class Killed extends Error {}

/** Of a process that dies with the record number `limit`. */
function ledgerUntil(
  limit: number,
  records: LedgerRecord[] = [],
): Ledger & { readonly records: LedgerRecord[] } {
  return {
    records,
    append: async (record) => {
      if (records.length >= limit) throw new Killed();
      records.push(structuredClone(record));
    },
    close: () => Promise.resolve(),
  };
}

interface Process {
  readonly ledger?: Ledger;
  readonly target?: Workspace;
}

let processes = 0;
async function inProcess<T>(
  runId: string,
  { ledger, target = both.west.workspace }: Process,
  work: (ports: RunPorts, lines: readonly string[]) => Promise<T>,
): Promise<T> {
  const files = await openRunFiles(home, runId);
  const lines: string[] = [];
  let now = Date.now();
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
    await new Promise((next) => setImmediate(next));
  };
  try {
    const ports: RunPorts = {
      source: both.east.workspace,
      target,
      ...files,
      ...(ledger ? { ledger } : {}),
      holder: { hostname: "test", pid: ++processes, isAlive: (pid) => pid === processes },
      settings: DEFAULT_SETTINGS,
      emit: (event) => {
        if (event.type === "log") lines.push(event.line);
      },
      clock: { now: () => (now += 1), sleep },
      random: () => 0,
    };
    return await work(ports, lines);
  } finally {
    await files.close();
  }
}

function request(destination: string, { target, ...wire }: Record<string, unknown> = {}): CloneRequest {
  const parsed = parseCloneRequest({
    source_catalog: "src",
    destination_catalog: destination,
    target_workspace: { connection: "west", ...(target as object) },
    max_parallel_queries: 2,
    ...wire,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

const clone = (runId: string, asked: CloneRequest, process: Process = {}) =>
  inProcess(runId, process, async (ports, lines) => ({
    summary: await runClone(asked, ports, runId),
    lines,
  }));

const namesTo = (destination: string) => routeNames(tupleOf(both, destination));

async function standing() {
  const { sharing } = both.east.workspace;
  const catalogs = await both.west.workspace.unity.catalogs();
  return {
    shares: (await sharing.shares()).map(({ name }) => name).sort(),
    recipients: (await sharing.recipients()).map(({ name }) => name),
    catalogs: catalogs.flatMap(({ name, share }) => (share ? [name] : [])).sort(),
  };
}
const NOTHING = { shares: [], recipients: [], catalogs: [] };

/** How often a table of the target was cloned. */
async function clonesOf(table: string): Promise<string | null | undefined> {
  const [row] = await both.west.sql(
    `SELECT count(*) FROM (DESCRIBE HISTORY ${table}) WHERE operation = 'CLONE'`,
  );
  return row?.[0];
}

describe("a run into another metastore that is killed", () => {
  it("is gone on with from anywhere, and clones no table twice", { timeout: 600_000 }, async () => {
    const whole = ledgerUntil(Number.POSITIVE_INFINITY);
    const cleanup = { target: { cleanup_after_clone: true } };
    const undisturbed = (await clone("whole", request("whole", cleanup), { ledger: whole })).summary;
    const facts = ({
      status,
      tables,
      views,
      errors,
      residue,
      bytes_copied,
      share_status,
    }: typeof undisturbed) => ({
      status,
      tables,
      views,
      errors,
      residue,
      bytes_copied,
      share_status,
    });
    expect(facts(undisturbed)).toMatchObject({
      status: "success",
      tables: { success: 2, failed: 0, skipped: 1 },
      share_status: "created",
    });
    expect(await standing()).toEqual(NOTHING);
    expect(whole.records.length).toBeGreaterThan(12);
    for (let cut = 1; cut < whole.records.length; cut += 1) {
      const [runId, destination] = [`cut${cut}`, `cut_${cut}`];
      const dead = ledgerUntil(cut);
      const dying = clone(runId, request(destination, cleanup), { ledger: dead });
      await expect(dying).rejects.toBeInstanceOf(Killed);
      const ledger = ledgerUntil(Number.POSITIVE_INFINITY, dead.records);
      const summary = await inProcess(runId, { ledger }, (ports) => resumeRun(dead.records, ports));
      expect({ cut, ...facts(summary) }).toEqual({ cut, ...facts(undisturbed) });
      expect({ cut, ...(await standing()) }).toEqual({ cut, ...NOTHING });
      expect(await both.west.sql(`SELECT n FROM ${destination}.s.v`)).toEqual([["100"]]);
      expect([await clonesOf(`${destination}.s.a`), await clonesOf(`${destination}.s.b`)]).toEqual([
        "1",
        "1",
      ]);
    }
  });
});

describe("a table that can be read a moment after it is listed", () => {
  it("is cloned when it can be, and its statement is told once", async () => {
    let unseen = 3;
    const target = withExecute(both.west.workspace, (statement, options) => {
      if (statement.kind === "clone" && statement.text.includes("`b`") && unseen-- > 0)
        throw new WorkspaceError("STATEMENT_FAILED", "The table cannot be found.", {
          errorClass: "TABLE_OR_VIEW_NOT_FOUND",
        });
      return both.west.workspace.statements.execute(statement, options);
    });
    const { summary, lines } = await clone("moment1", request("moment"), { target });
    expect(unseen).toBeLessThan(0);
    expect(summary).toMatchObject({ status: "success", tables: { success: 2, failed: 0 } });
    expect(lines.filter((line) => /^CREATE TABLE .*`b` DEEP CLONE/u.test(line))).toHaveLength(1);
  });
});

describe("cleanup_after_clone", () => {
  const cleanup = { target: { cleanup_after_clone: true } };

  it("leaves the copies and nothing of the route, and tells what it was", async () => {
    const { summary, lines } = await clone("clean1", request("clean", cleanup));
    const { share, recipient, catalog } = namesTo("clean");
    expect(summary).toMatchObject({ status: "success", share_name: share, share_status: "created" });
    expect(await standing()).toEqual(NOTHING);
    expect(lines).toEqual(
      expect.arrayContaining([
        `Removed the shared catalog ${catalog}`,
        `Removed Delta Share ${share}`,
        `Removed the recipient ${recipient}`,
      ]),
    );
    expect(await both.west.sql("SELECT count(*) FROM clean.s.a")).toEqual([["100"]]);
  });

  it("takes nothing from another pair", async () => {
    await clone("stays1", request("stays"));
    await clone("clean2", request("clean", cleanup));
    const { share, recipient, catalog } = namesTo("stays");
    expect(await standing()).toEqual({ shares: [share], recipients: [recipient], catalogs: [catalog] });
  });

  it("also follows tables that failed", async () => {
    const { chaos } = both.west.lakehouse;
    const failed = {
      kind: "end",
      state: "FAILED",
      errorCode: "BAD_REQUEST",
      message: "No such luck.",
    } as const;
    chaos.add({ on: { kind: "clone", statement: "half.*CLONE.*`b`" }, fault: failed });
    const { summary } = await clone("half1", request("half", cleanup));
    chaos.clear();
    expect(summary).toMatchObject({ status: "partial", tables: { success: 1, failed: 1, skipped: 1 } });
    expect(await standing()).toEqual(NOTHING);
  });
});

describe("undoing a run into another metastore", () => {
  const rollback = async (runId: string) => {
    const record = await documentsIn(runDirectory(home, runId)).read("undo");
    if (!isUndoRecord(record)) throw new Error("no undo record");
    const records = await recordsOf(home, runId);
    return inProcess(runId, {}, (ports) =>
      rollbackRun(record, records, { dryRun: false, force: false }, ports),
    );
  };

  it("takes the copies away, and what was made to read their source by", async () => {
    await clone("undo1", request("undone", { enable_rollback: true }));
    expect(await rollback("undo1")).toMatchObject({ status: "success", left: [], errors: [] });
    expect(await both.west.workspace.unity.catalog("undone")).toBeUndefined();
    expect(await standing()).toEqual(NOTHING);
  });

  it("restores what was replaced, and leaves a route that was there before", async () => {
    await clone("undo2", request("restored"));
    const before = await standing();
    await both.east.sql("INSERT INTO src.s.b VALUES (9)");
    const selective = request("restored", { load_type: "SELECTIVE", enable_rollback: true });
    const { summary } = await clone("undo3", selective);
    expect(summary).toMatchObject({ tables: { success: 1, failed: 0 }, share_status: "reused" });
    expect(await rollback("undo3")).toMatchObject({ status: "success", left: [], errors: [] });
    expect(await both.west.sql("SELECT id FROM restored.s.b")).toEqual([["7"]]);
    expect(await standing()).toEqual(before);
    await both.east.sql("DELETE FROM src.s.b WHERE id = 9");
  });
});

describe("a plan into another metastore", () => {
  it("is applied later as it was made, over a route that it opens, and a second time does nothing", async () => {
    const ends = { source: both.east.workspace, target: both.west.workspace };
    const document = await planForLater(request("later"), ends, { product: "1.2.3", at: 0 });
    expect(await standing()).toEqual(NOTHING);
    await both.east.sql("INSERT INTO src.s.a VALUES (100)");
    const first = await inProcess("later1", {}, (ports) => applyPlan(document, ports, "later1"));
    expect(first).toMatchObject({
      status: "success",
      tables: { success: 2, failed: 0 },
      share_status: "created",
    });
    // The version that was pinned, not that of now.
    expect(await both.west.sql("SELECT count(*) FROM later.s.a")).toEqual([["100"]]);
    const second = await inProcess("later2", {}, (ports) => applyPlan(document, ports, "later2"));
    expect(second).toMatchObject({ status: "success", tables: { success: 0, failed: 0 } });
    expect(await clonesOf("later.s.a")).toBe("1");
    await both.east.sql("DELETE FROM src.s.a WHERE id = 100");
  });
});

describe("a clone into another workspace of the same metastore", () => {
  it("shares nothing: the target's warehouse clones by the names of the source", async () => {
    const other = both.east.lakehouse.connect();
    const sent: string[] = [];
    const target: Workspace = {
      ...other,
      statements: {
        ...other.statements,
        execute: (statement, options) => {
          if (statement.kind === "clone") sent.push(statement.text);
          return other.statements.execute(statement, options);
        },
      },
    };
    const { summary } = await clone("same1", request("beside"), { target });
    expect(summary).toMatchObject({ status: "success", tables: { success: 3, failed: 0 } });
    expect(summary.share_name).toBeUndefined();
    expect(sent).toHaveLength(3);
    expect(sent.every((text) => text.includes("CLONE `src`.`s`."))).toBe(true);
    expect(await standing()).toEqual(NOTHING);
  });

  it("refuses to clone a catalog into itself", async () => {
    const target = both.east.lakehouse.connect();
    await expect(clone("self1", request("src"), { target })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
  });
});
