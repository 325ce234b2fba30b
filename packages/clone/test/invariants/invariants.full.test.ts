import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { id, statement, sql as sqlTag } from "@clone-xs/sql";
import { fullName, type Statement, type Table, type Workspace, withExecute } from "@clone-xs/unity";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inspectEnds } from "../../src/inspect/ends.ts";
import { planClone } from "../../src/plan/plan-clone.ts";
import { parseCloneRequest } from "../../src/request/parse.ts";
import type { CloneRequest } from "../../src/request/request.ts";
import { rollbackRun } from "../../src/rollback/rollback-run.ts";
import { isUndoRecord } from "../../src/rollback/undo-record.ts";
import { applyPlan, planForLater } from "../../src/run/apply-plan.ts";
import { runClone } from "../../src/run/run-clone.ts";
import { documentsIn, openRunFiles, recordsOf, runDirectory } from "../../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../../src/run/settings.ts";
import type { RunSummary } from "../../src/summarize/summary.ts";
import { seeded } from "../simulation/random.ts";
import { openTestWorkspace, type TestWorkspace } from "../workspace.ts";
import { fingerprint } from "./fingerprint.ts";
import { PRINCIPALS, randomCatalog, randomDrift } from "./random-catalog.ts";

const SEEDS = [1, 2, 3, 4, 5, 6] as const;
const GROUPS = new Set(["readers", "writers"]);

let test: TestWorkspace;
let home: string;
let runs = 0;

beforeAll(async () => {
  test = await openTestWorkspace();
  home = await mkdtemp(join(tmpdir(), "clxs-invariants-"));
  for (const name of PRINCIPALS)
    test.lakehouse.putPrincipal({
      name,
      kind: GROUPS.has(name) ? "group" : "user",
      groups: [],
      admin: false,
    });
});
afterAll(async () => {
  await test.close();
  await rm(home, { recursive: true, force: true });
});

function requestOf(wire: object): CloneRequest {
  const parsed = parseCloneRequest({ source_catalog: "src", destination_catalog: "dst", ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

/** Opens a run, does something with its ports, and closes it. */
async function withRun<T>(
  work: (ports: Awaited<ReturnType<typeof portsOf>>, runId: string) => Promise<T>,
  workspace: Workspace = test.workspace,
): Promise<{ readonly runId: string; readonly result: T }> {
  const runId = `run${String((runs += 1)).padStart(5, "0")}`;
  const ports = await portsOf(runId, workspace);
  try {
    return { runId, result: await work(ports, runId) };
  } finally {
    await ports.close();
  }
}

async function portsOf(runId: string, workspace: Workspace) {
  const files = await openRunFiles(home, runId);
  return {
    source: workspace,
    target: workspace,
    ...files,
    holder: { hostname: "test", pid: 1 },
    settings: DEFAULT_SETTINGS,
    emit: () => undefined,
    clock: { now: Date.now, sleep: () => Promise.resolve() },
    random: () => 0.5,
  };
}

const clone = (wire: object = {}, workspace?: Workspace) =>
  withRun((ports, runId) => runClone(requestOf(wire), ports, runId), workspace);

async function rollback(runId: string) {
  const record = await documentsIn(runDirectory(home, runId)).read("undo");
  if (!isUndoRecord(record)) throw new Error("no undo record");
  const ports = await portsOf(runId, test.workspace);
  try {
    return await rollbackRun(record, await recordsOf(home, runId), { dryRun: false, force: false }, ports);
  } finally {
    await ports.close();
  }
}

async function planOf(wire: object = {}) {
  const request = requestOf(wire);
  const ends = await inspectEnds(request, { source: test.workspace, target: test.workspace });
  return planClone(request, ends.source, ends.target);
}

function succeeded({ errors, status }: RunSummary): void {
  expect({ errors, status }).toEqual({ errors: [], status: "success" });
}

async function tablesOf(catalog: string): Promise<readonly Table[]> {
  const schemas = await test.workspace.unity.schemas(catalog);
  const lists = await Promise.all(
    schemas
      .filter(({ schema }) => schema !== "information_schema")
      .map(({ schema }) => test.workspace.unity.tables(catalog, schema)),
  );
  return lists.flat();
}

describe.each(SEEDS)("over a random catalog, seed %d,", (seed) => {
  beforeEach(async () => {
    await test.sql(...randomCatalog("src", seeded(seed)));
  });
  afterEach(async () => {
    await test.sql("DROP CATALOG IF EXISTS dst CASCADE", "DROP CATALOG src CASCADE");
  });

  it("I1, I2, I4, I5: a plan applied twice is one applied once, and leaves nothing to do, the source alone, and nothing out", async () => {
    const source = await fingerprint(test.workspace, "src");
    const ends = { source: test.workspace, target: test.workspace };
    const document = await planForLater(requestOf({}), ends, { product: "0", at: 0 });
    const first = await withRun((ports, runId) => applyPlan(document, ports, runId));
    succeeded(first.result);
    const once = await fingerprint(test.workspace, "dst");
    const second = await withRun((ports, runId) => applyPlan(document, ports, runId));
    succeeded(second.result);
    expect(second.result.bytes_copied).toBe(0);
    expect(await fingerprint(test.workspace, "dst")).toEqual(once);

    const again = await planOf({ load_type: "SELECTIVE" });
    expect(again.steps.filter(({ operation }) => operation.kind !== "create_volume")).toEqual([]);
    expect(await fingerprint(test.workspace, "src")).toEqual(source);

    const found = (await tablesOf("src")).map(({ schema, name }) => `${schema}.${name}`);
    const decided = document.plan.decisions.map(({ schema, name }) => `${schema}.${name}`);
    for (const object of found) expect(decided.filter((each) => each === object)).toHaveLength(1);
  });

  it("I6: nobody can do on the copy what they cannot do on the source", async () => {
    succeeded((await clone()).result);
    const { unity } = test.workspace;
    for (const table of await tablesOf("dst")) {
      const held = async (catalog: string) => {
        const name = fullName({ ...table, catalog });
        const all = await unity.effectivePermissions("table", name);
        return all.map(({ principal, privilege }) => `${principal} ${privilege}`);
      };
      const [wanted, found] = [new Set(await held("src")), await held("dst")];
      expect(found.filter((each) => !wanted.has(each))).toEqual([]);
    }
  });

  it("I9: an undone run leaves the target exactly as it was before it", async () => {
    succeeded((await clone()).result);
    const before = await fingerprint(test.workspace, "dst");
    const random = seeded(seed + 100);
    const tables = (await tablesOf("src")).filter(({ tableType }) => tableType !== "VIEW");
    await test.sql(
      ...randomDrift(
        tables.map((table) => id(table).text),
        random,
      ),
    );
    const { runId, result } = await clone({ load_type: "SELECTIVE" });
    succeeded(result);
    expect(await rollback(runId)).toMatchObject({ status: "success", left: [], errors: [] });
    expect(await fingerprint(test.workspace, "dst")).toEqual(before);
  });

  it("I7: a masked column of the target shows no raw value at any moment of a clone over it", async () => {
    succeeded((await clone()).result);
    const [table] = (await tablesOf("dst")).filter(({ tableType }) => tableType !== "VIEW");
    if (table === undefined) throw new Error("the random catalog has no table");
    const [copy, schema] = [id(table).text, id(table.catalog, table.schema).text];
    const origin = id({ ...table, catalog: "src" }).text;
    await test.sql(
      "GRANT USE CATALOG ON CATALOG dst TO readers",
      `GRANT USE SCHEMA ON SCHEMA ${schema} TO readers`,
      `GRANT SELECT ON TABLE ${copy} TO readers`,
      `ALTER TABLE ${copy} ALTER COLUMN name SET MASK ${schema}.hide`,
      `INSERT INTO ${origin} (id, name) VALUES (1000, 'raw secret')`,
    );
    const reader = test.lakehouse.connect("readers");
    const seen = new Set<string | null>();
    const look = async () => {
      const select = statement("select", sqlTag`SELECT name FROM ${id(table)}`);
      const { rows } = await reader.statements.execute(select);
      for (const [name] of rows) seen.add(name ?? null);
    };
    const watched = withExecute(test.workspace, async (sent: Statement, options) => {
      const result = await test.workspace.statements.execute(sent, options);
      if (sent.effect === "write") await look();
      return result;
    });
    const { result } = await clone({ load_type: "FULL" }, watched);
    expect(result.status).not.toBe("cancelled");
    expect([...seen].filter((name) => name !== "***" && name !== null)).toEqual([]);
    expect(seen.has("***")).toBe(true);
  });
});
