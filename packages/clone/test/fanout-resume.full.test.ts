import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Ledger, LedgerRecord } from "../src/ledger/ledger.ts";
import { openRunFiles } from "../src/run/run-files.ts";
import type { TestWorkspace } from "./workspace.ts";
import { type FanoutWorld, openFanoutWorld, withoutWarehouse } from "./fanout-world.ts";

let world: FanoutWorld;
let copies = 0;
let copy = "";
beforeAll(async () => {
  world = await openFanoutWorld();
  await world.source.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "CREATE TABLE src.s.b AS SELECT 7 AS id",
  );
}, 120_000);
afterAll(() => world.close());
beforeEach(() => {
  copies += 1;
  copy = `copy${copies}`;
});

const wire = (more: object = {}) => ({
  source_catalog: "src",
  destination_catalog: copy,
  target_workspaces: ["west", "north"],
  ...more,
});

/** How often each table of a target was cloned. */
function clonesAt(target: TestWorkspace): Promise<readonly (readonly (string | null)[])[]> {
  const count = (name: string) =>
    `SELECT '${name}' AS name, count(*) FROM (DESCRIBE HISTORY ${copy}.s.${name}) WHERE operation = 'CLONE'`;
  return target.sql(`${count("a")} UNION ALL ${count("b")} ORDER BY 1`);
}
const ONCE = [
  ["a", "1"],
  ["b", "1"],
];

const audited = (runId: string) =>
  world.source.sql(
    `SELECT target, status, tables_success FROM edp_dev.logging.logging_01 WHERE clone_id = '${runId}' ORDER BY target`,
  );
const metricsOf = (runId: string) =>
  world.source.sql(
    `SELECT status, count(*) FROM edp_dev.metrics.clone_metrics WHERE clone_id = '${runId}' GROUP BY status ORDER BY status`,
  );

describe("a fan-out that is gone on with", () => {
  it("does only the targets that did not succeed", { timeout: 120_000 }, async () => {
    const first = await world.run(wire(), { through: { west: withoutWarehouse } });
    expect(first.summary).toMatchObject({ status: "partial", succeeded_targets: 1 });
    let askedNorth = false;
    const { summary, runId } = await world.resume(first.runId, {
      through: {
        north: (workspace) => {
          askedNorth = true;
          return workspace;
        },
      },
    });
    expect(summary).toMatchObject({
      run_id: first.runId,
      status: "success",
      succeeded_targets: 2,
      failed_targets: 0,
      tables: { success: 4, failed: 0, skipped: 0 },
    });
    expect(askedNorth).toBe(false);
    expect(await clonesAt(world.west)).toEqual(ONCE);
    expect(await clonesAt(world.north)).toEqual(ONCE);
    expect(await audited(runId)).toEqual([
      ["north", "success", "2"],
      ["west", "success", "2"],
    ]);
    expect(await metricsOf(runId)).toEqual([["success", "4"]]);
    await expect(world.resume(runId)).rejects.toMatchObject({ code: "RUN_OVER" });
  });

  it("does of a target that failed in part what is left of its plan", { timeout: 120_000 }, async () => {
    const failing = (workspace: Workspace) =>
      withExecute(workspace, (statement, options) =>
        statement.kind === "clone" && statement.text.includes("`b`")
          ? Promise.reject(new WorkspaceError("STATEMENT_FAILED", "The disk of the warehouse is full."))
          : workspace.statements.execute(statement, options),
      );
    const first = await world.run(wire(), { through: { west: failing } });
    expect(first.summary).toMatchObject({
      status: "partial",
      per_target: [
        {
          target_status: "partial",
          tables: { success: 1, failed: 1, skipped: 0 },
          error: "The disk of the warehouse is full.",
        },
        { target_status: "success" },
      ],
      errors: [{ target: "west", object: `${copy}.s.b` }],
    });
    const { summary, runId } = await world.resume(first.runId);
    expect(summary).toMatchObject({ status: "success", tables: { success: 4, failed: 0 } });
    expect(await clonesAt(world.west)).toEqual(ONCE);
    expect(await clonesAt(world.north)).toEqual(ONCE);
    expect(await metricsOf(runId)).toEqual([
      ["failed", "1"],
      ["success", "4"],
    ]);
  });

  it("comes to the same wherever the records of a target were cut by a kill", {
    timeout: 600_000,
  }, async () => {
    const whole = await killedAt(Number.POSITIVE_INFINITY);
    expect(whole.died).toBe(false);
    for (let cut = 1; cut < whole.appended; cut += 3) {
      copy = `cut${cut}`;
      const { runId, died } = await killedAt(cut);
      expect({ cut, died }).toEqual({ cut, died: true });
      const { summary } = await world.resume(runId);
      expect({ cut, summary }).toMatchObject({
        cut,
        summary: {
          run_id: runId,
          status: "success",
          succeeded_targets: 2,
          tables: { success: 4, failed: 0 },
        },
      });
      expect({ cut, west: await clonesAt(world.west) }).toEqual({ cut, west: ONCE });
      expect({ cut, north: await clonesAt(world.north) }).toEqual({ cut, north: ONCE });
      expect({ cut, rows: await audited(runId) }).toMatchObject({
        cut,
        rows: [
          ["north", "success", "2"],
          ["west", "success", "2"],
        ],
      });
    }
  });
});

class Killed extends Error {}

let killed = 0;

/** A run whose process dies with record number `limit` of all its ledgers: that one and all later ones are never written. */
async function killedAt(limit: number) {
  const runId = `fan${String(world.runs() + 1).padStart(5, "0")}`;
  const files = await openRunFiles(world.home, runId);
  killed += 1;
  const pid = 10_000 + killed;
  let appended = 0;
  const until = (ledger: Ledger): Ledger => ({
    append: (record: LedgerRecord) => {
      appended += 1;
      return appended > limit ? Promise.reject(new Killed()) : ledger.append(record);
    },
    close: () => ledger.close(),
  });
  try {
    await world.run(wire({ max_parallel_queries: 1, fanout_max_parallel: 1 }), {
      holder: { hostname: "here", pid, isAlive: (other) => other === pid },
      ledger: until(files.ledger),
      targetFiles: async (target) => {
        const opened = await files.targetFiles(target);
        return { ...opened, ledger: until(opened.ledger), close: () => opened.close() };
      },
    });
    return { runId, appended, died: false };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { runId, appended, died: true };
  } finally {
    await files.close();
  }
}
