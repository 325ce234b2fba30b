import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workspace } from "@clone-xs/unity";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseCloneRequest } from "../src/request/parse.ts";
import { type PlanDocument, readPlanDocument } from "../src/run/apply-document.ts";
import { applyPlan, planForLater } from "../src/run/apply-plan.ts";
import { openRunFiles } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { openTestWorkspace, type TestWorkspace } from "./workspace.ts";

let there: TestWorkspace;
beforeEach(async () => {
  there = await openTestWorkspace();
  await there.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a (id BIGINT)",
    "INSERT INTO src.s.a VALUES (1), (2)",
    "CREATE TABLE src.s.b AS SELECT 7 AS id",
    "CREATE FUNCTION src.s.twice(n BIGINT) RETURNS BIGINT RETURN n * 2",
    "CREATE VIEW src.s.v AS SELECT src.s.twice(id) AS id FROM src.s.a",
    "CREATE VOLUME src.s.files",
  );
});
afterEach(() => there.close());

async function plan(wire: object = {}): Promise<PlanDocument> {
  const parsed = parseCloneRequest({ source_catalog: "src", destination_catalog: "dst", ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const ports = { source: there.workspace, target: there.workspace };
  const made = await planForLater(parsed.request, ports, { product: "1.2.3", at: 0 });
  return readPlanDocument(JSON.stringify(made, null, 2));
}

let runs = 0;
async function apply(document: PlanDocument, workspace: Workspace = there.workspace) {
  const home = await mkdtemp(join(tmpdir(), "clxs-apply-"));
  const runId = `apply${++runs}`;
  const files = await openRunFiles(home, runId);
  const lines: string[] = [];
  try {
    const summary = await applyPlan(
      document,
      {
        source: workspace,
        target: workspace,
        ...files,
        holder: { hostname: "test", pid: 1 },
        settings: DEFAULT_SETTINGS,
        emit: (event) => {
          if (event.type === "log") lines.push(event.line);
        },
        clock: { now: Date.now, sleep: () => Promise.resolve() },
        random: () => 0,
      },
      runId,
    );
    return { summary, lines };
  } finally {
    await files.close();
    await rm(home, { recursive: true, force: true });
  }
}

const ids = (table: string) => there.sql(`SELECT id FROM ${table} ORDER BY id`);
const stale = (summary: Awaited<ReturnType<typeof apply>>["summary"]) =>
  summary.errors.map(({ object, code, message }) => ({ object, code, message }));

describe("a plan that is applied", () => {
  it("does what it says, and the second time nothing (I1)", async () => {
    const made = await plan();
    const first = await apply(made);
    expect(first.summary).toMatchObject({ status: "success", tables: { success: 2 }, views: { success: 1 } });
    expect(await ids("dst.s.v")).toEqual([["2"], ["4"]]);
    const history = () => there.sql("SELECT version FROM (DESCRIBE HISTORY dst.s.a)");
    const before = await history();
    const second = await apply(made);
    expect(second.summary).toMatchObject({
      status: "success",
      errors: [],
      bytes_copied: 0,
      tables: { success: 0, failed: 0, skipped: 2 },
      views: { success: 0, failed: 0, skipped: 1 },
      functions: { success: 0, failed: 0, skipped: 1 },
    });
    expect(second.summary.statements).not.toHaveProperty("clone");
    expect(await history()).toEqual(before);
  });

  it("leaves nothing for a new plan to do (I2)", async () => {
    await apply(await plan());
    expect((await plan({ load_type: "SELECTIVE" })).plan.steps).toEqual([]);
  });

  it("clones again what a FULL plan asked for again, once", async () => {
    await apply(await plan());
    const again = await plan({ load_type: "FULL" });
    expect((await apply(again)).summary.tables).toEqual({ success: 2, failed: 0, skipped: 0 });
    expect((await apply(again)).summary.tables).toEqual({ success: 0, failed: 0, skipped: 2 });
  });

  it("pitfall 13: copies the versions that it pinned, and says that the source went on", async () => {
    const made = await plan();
    await there.sql("INSERT INTO src.s.a VALUES (3)");
    const { summary, lines } = await apply(made);
    expect(summary.status).toBe("success");
    expect(await ids("dst.s.a")).toEqual([["1"], ["2"]]);
    expect(lines).toContain(
      "1 source table was written since the plan was made; the versions that it pinned are copied: src.s.a (version 1, now 2).",
    );
  });

  it("takes a catalog that is there by now for its own", async () => {
    const made = await plan();
    await there.sql("CREATE CATALOG dst");
    await there.sql("CREATE SCHEMA dst.elsewhere");
    expect((await apply(made)).summary).toMatchObject({ status: "success", tables: { success: 2 } });
  });
});

describe("a plan is refused and nothing is written", () => {
  it.each([
    {
      what: "a table that was not there appeared",
      before: [] as string[],
      moved: ["CREATE CATALOG dst", "CREATE SCHEMA dst.s", "CREATE TABLE dst.s.a (id BIGINT)"],
      objects: ["dst.s", "dst.s.a"],
      words: "appeared on the target",
    },
    {
      what: "a clone was written",
      before: ["apply"],
      moved: ["INSERT INTO dst.s.a VALUES (9)"],
      objects: ["dst.s.a"],
      words: "changed on the target (version 0 then, 1 now)",
    },
    {
      what: "a clone vanished",
      before: ["apply"],
      moved: ["DROP TABLE dst.s.b"],
      objects: ["dst.s.b"],
      words: "vanished from the target",
    },
    {
      what: "the source was dropped and made again",
      before: [],
      moved: ["DROP TABLE src.s.b", "CREATE TABLE src.s.b AS SELECT 8 AS id"],
      objects: ["dst.s.b"],
      words: "was dropped and made again",
    },
    {
      what: "the source is gone",
      before: [],
      moved: ["DROP TABLE src.s.b"],
      objects: ["dst.s.b"],
      words: "is gone",
    },
  ])("when $what", async ({ before, moved, objects, words }) => {
    if (before.includes("apply")) await apply(await plan());
    const made = await plan({ load_type: "FULL" });
    await there.sql(...moved);
    const { summary } = await apply(made);
    expect(summary).toMatchObject({ status: "failed", tables: { success: 0 } });
    expect(stale(summary).map(({ object }) => object)).toEqual(objects);
    for (const { code } of stale(summary)) expect(code).toBe("PLAN_STALE");
    expect(summary.tables.failed).toBe(objects.filter((name) => name.split(".").length === 3).length);
    expect(stale(summary).at(-1)?.message).toContain(words);
    expect(summary.statements).not.toHaveProperty("clone");
  });

  it("when it was made in another metastore", async () => {
    const elsewhere = { ...(await plan()), metastoreId: "another" };
    await expect(apply(elsewhere)).rejects.toMatchObject({ code: "PLAN_ELSEWHERE" });
  });
});

describe("a plan cannot be read", () => {
  it.each([
    { what: "no JSON", change: (text: string) => text.slice(0, -5), words: "no whole JSON document" },
    { what: "another document", change: () => `{"version":1}`, words: "no plan that clxs plan --out wrote" },
    {
      what: "another version",
      change: (text: string) => text.replace(`"version":1`, `"version":2`),
      words: "a plan of version 2",
    },
    {
      what: "changed by hand",
      change: (text: string) => text.replaceAll("dst", "prod"),
      words: "changed after it was made",
    },
  ])("that is $what", async ({ change, words }) => {
    const text = change(JSON.stringify(await plan()));
    expect(() => readPlanDocument(text)).toThrow(words);
  });
});
