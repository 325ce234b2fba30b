import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WorkspaceError, withExecute, type Workspace } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentsIn } from "../run/run-files.ts";
import { DEFAULT_SETTINGS } from "../run/settings.ts";
import { writeAudit } from "./audit.ts";
import { openTestWorkspace, run, type TestWorkspace } from "../../test/workspace.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  await test.sql(
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.a",
    "CREATE TABLE shop.a.orders AS SELECT id FROM range(100)",
    "CREATE TABLE shop.a.empty (id BIGINT)",
    "CREATE VIEW shop.a.seen AS SELECT * FROM shop.a.orders",
  );
});
afterAll(() => test?.close());

const wire = (destination_catalog: string, more: object = {}) => ({
  source_catalog: "shop",
  destination_catalog,
  ...more,
});

async function rowsOf(
  table: string,
  run: string,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const { columns, rows } = await test.workspace.statements.execute({
    text: `SELECT * FROM edp_dev.${table} WHERE clone_id = '${run}'`,
    kind: "select",
    effect: "read",
  });
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
}

/** The same workspace, in which statements that match fail. */
function refusing(pattern: RegExp): Workspace {
  return withExecute(test.workspace, (statement, options) => {
    if (pattern.test(statement.text)) {
      const message = "Bearer secret-token-1234 was refused";
      return Promise.reject(
        new WorkspaceError("STATEMENT_FAILED", message, { errorClass: "INSUFFICIENT_PERMISSIONS" }),
      );
    }
    return test.workspace.statements.execute(statement, options);
  });
}

describe("the audit tables", () => {
  it("are not made by a dry run or by a run that came to no plan", async () => {
    await run(test.workspace, wire("dev", { dry_run: true }), { runId: "dry00000" });
    await expect(run(test.workspace, { ...wire("dev"), source_catalog: "nowhere" })).rejects.toThrow(
      "nowhere does not exist",
    );
    expect(await test.workspace.unity.catalog("edp_dev")).toBeUndefined();
  });

  it("have a row for the run and one for each table it cloned", async () => {
    const { summary } = await run(test.workspace, wire("dev"), { runId: "aud00001" });
    expect(summary.status).toBe("success");
    const [row, ...more] = await rowsOf("logging.logging_01", "aud00001");
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      mode: "full",
      target: null,
      source_catalog: "shop",
      destination_catalog: "dev",
      clone_type: "DEEP",
      load_type: "FULL",
      dry_run: "false",
      schemas_processed: "1",
      tables_success: "2",
      tables_failed: "0",
      views_success: "1",
      total_errors: "0",
      error_details: null,
      status: "success",
      bytes_copied: String(summary.bytes_copied),
      files_copied: String(summary.files_copied),
      user_name: test.workspace.identity.userName,
      host: test.workspace.identity.host,
    });
    expect(Date.parse(row?.["timestamp"] ?? "")).toBe(Date.parse(summary.started_at));
    expect(Number(row?.["duration_seconds"])).toBe(summary.duration_seconds);
    const metrics = await rowsOf("metrics.clone_metrics", "aud00001");
    expect(metrics.map((one) => one["target_table"] ?? "").sort((a, b) => (a < b ? -1 : 1))).toEqual([
      "dev.a.empty",
      "dev.a.orders",
    ]);
    expect(metrics.find((one) => one["target_table"] === "dev.a.orders")).toMatchObject({
      source_table: "shop.a.orders",
      source_format: "DELTA",
      clone_type: "DEEP",
      reason: "never_cloned",
      source_version: "0",
      target_version: "0",
      status: "success",
      num_copied_files: "1",
      copied_files_size: String(summary.bytes_copied),
    });
  });

  it("are written by one statement each, and by none without rows", async () => {
    const sent: string[] = [];
    const noting = withExecute(test.workspace, (statement, options) => {
      sent.push(
        ...(/INSERT INTO `edp_dev`\.`\w+`\.`(?:logging_01|clone_metrics)`/u.exec(statement.text) ?? []),
      );
      return test.workspace.statements.execute(statement, options);
    });
    await run(noting, wire("dev", { load_type: "SELECTIVE" }), { runId: "aud00002" });
    expect(sent).toEqual(["INSERT INTO `edp_dev`.`logging`.`logging_01`"]);
    await run(noting, wire("dev"), { runId: "aud00012" });
    expect(sent.slice(1)).toEqual([
      "INSERT INTO `edp_dev`.`logging`.`logging_01`",
      "INSERT INTO `edp_dev`.`metrics`.`clone_metrics`",
    ]);
  });

  it("tell why a table was cloned, from which version to which", async () => {
    await test.sql("INSERT INTO shop.a.orders VALUES (1000)");
    await run(test.workspace, wire("dev", { load_type: "SELECTIVE" }), { runId: "aud00003" });
    expect(await rowsOf("metrics.clone_metrics", "aud00003")).toMatchObject([
      { target_table: "dev.a.orders", reason: "version_drift", source_version: "1", target_version: "2" },
    ]);
    const [row] = await rowsOf("logging.logging_01", "aud00003");
    expect(row).toMatchObject({ mode: "selective", load_type: "SELECTIVE", status: "success" });
  });

  it("have the rows of dry runs, cancelled runs and failed ones, with what went wrong and no secret", async () => {
    await run(test.workspace, wire("imagined", { dry_run: true }), { runId: "aud00004" });
    expect(await rowsOf("logging.logging_01", "aud00004")).toMatchObject([
      { dry_run: "true", status: "success" },
    ]);
    const stop = new AbortController();
    const onEvent = ({ type }: { readonly type: string }) => {
      if (type === "planned") stop.abort();
    };
    const cancelled = await run(test.workspace, wire("never"), {
      runId: "aud00005",
      signal: stop.signal,
      onEvent,
    });
    expect(cancelled.summary.status).toBe("cancelled");
    expect(await rowsOf("logging.logging_01", "aud00005")).toMatchObject([{ status: "cancelled" }]);
    const { summary } = await run(refusing(/DEEP CLONE.*orders/u), wire("broken"), { runId: "aud00006" });
    expect(summary.status).toBe("partial");
    const [row] = await rowsOf("logging.logging_01", "aud00006");
    expect(row).toMatchObject({
      status: "partial",
      tables_failed: "1",
      total_errors: String(summary.errors.length),
    });
    expect(row?.["error_details"]).toContain("Bearer [secret] was refused");
    const metrics = await rowsOf("metrics.clone_metrics", "aud00006");
    expect(metrics.find((one) => one["status"] === "failed")).toMatchObject({
      target_table: "broken.a.orders",
      target_version: null,
      copied_files_size: null,
    });
    const nowhere = { ...wire("dev"), source_catalog: "nowhere" };
    await expect(run(test.workspace, nowhere, { runId: "aud00007" })).rejects.toThrow(
      "nowhere does not exist",
    );
    const [lost] = await rowsOf("logging.logging_01", "aud00007");
    expect(lost).toMatchObject({ status: "failed", total_errors: "1" });
    expect(lost?.["error_details"]).toContain("CATALOG_NOT_FOUND");
  });

  it("that cannot be written are a warning, and the run's outcome stands", async () => {
    const { summary, lines } = await run(refusing(/INSERT INTO `edp_dev`/u), wire("quiet"), {
      runId: "aud00008",
    });
    expect(summary.status).toBe("success");
    expect(lines.filter((line) => line.startsWith("The audit tables could not be written"))).toHaveLength(1);
    expect(await rowsOf("logging.logging_01", "aud00008")).toEqual([]);
  });

  it("have a run's rows once, also when the answer to writing them was lost", async () => {
    let lost = 0;
    const losing = withExecute(test.workspace, async (statement, options) => {
      const result = await test.workspace.statements.execute(statement, options);
      if (!/INSERT INTO `edp_dev`/u.test(statement.text) || lost++ >= 2) return result;
      throw new WorkspaceError("UNKNOWN_RESULT", "The answer was lost.");
    });
    const { lines } = await run(losing, wire("twice"), { runId: "aud00009" });
    expect(lost).toBe(2);
    expect(lines.filter((line) => line.includes("audit"))).toEqual([]);
    expect(await rowsOf("logging.logging_01", "aud00009")).toHaveLength(1);
    expect(await rowsOf("metrics.clone_metrics", "aud00009")).toHaveLength(2);
  });

  it("have the end of a run that was resumed, and not that of its first process", async () => {
    const first = await run(test.workspace, wire("resumed"), { runId: "aud00010" });
    const summary = { ...first.summary, status: "partial" as const };
    const directory = await mkdtemp(join(tmpdir(), "clxs-audit-"));
    const documents = documentsIn(directory);
    const { workspace: source } = test;
    const clock = { now: Date.now, sleep: () => Promise.resolve() };
    const ports = { source, target: source, settings: DEFAULT_SETTINGS, documents, clock, random: () => 0 };
    const warning = await writeAudit(
      { summary, loadType: "FULL", outcomes: new Map(), resumed: true, ofFanout: false },
      ports,
    );
    await rm(directory, { recursive: true, force: true });
    expect(warning).toBeUndefined();
    expect(await rowsOf("logging.logging_01", "aud00010")).toMatchObject([{ status: "partial" }]);
    expect(await rowsOf("logging.logging_01", "aud00009")).toHaveLength(1);
  });
});
