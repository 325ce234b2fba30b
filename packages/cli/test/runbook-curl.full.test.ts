import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOnce, cell, openShell, type Running } from "./harness.ts";

const root = resolve(import.meta.dirname, "../../..");
const runbook = readFileSync(resolve(root, "acceptance/release-validation-runbook.txt"), "utf8");

/** Every curl command of the runbook with all that is piped behind it, as it stands there. */
const pasted = [...runbook.matchAll(/^(?:RESPONSE=\$\()?curl (?:.*-d '\{\n[\s\S]*?^\}'.*|.*)$/gmu)].map(
  ([text]) => text,
);
const [quiesced, withSelective, withoutSelective, start, refresh, restart, stop, kitchenSink] = pasted;

const programs = ["curl", "jq", "npm"].filter((name) => spawnSync(name, ["--version"]).status !== 0);
const missing = programs.length === 0 ? "" : ` (skipped: ${programs.join(", ")} not installed)`;

interface Run {
  readonly job_id: string;
  readonly status: string;
  readonly progress: { readonly objectsDone: number; readonly objectsTotal: number } | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly summary: unknown;
  readonly logs: readonly string[];
}

/** `npm start` with what it started: a group of processes that can be ended at once. */
interface Started {
  readonly url: string;
  readonly child: ChildProcess;
  end(signal: NodeJS.Signals): Promise<void>;
}

const shell = openShell();

async function npmStart(): Promise<Started> {
  const { PATH = "" } = process.env;
  const child = spawn("npm", ["start", "--silent", "--", "--port", "0", "--output", "json"], {
    cwd: root,
    env: { PATH, HOME: shell.directory, CLXS_HOME: shell.home, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, signal);
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith("{")) continue;
    const { url } = JSON.parse(line) as { url: string };
    return { url, child, end };
  }
  throw new Error("npm start ended before it was ready");
}

describe.skipIf(missing !== "")(`the runbook's curl commands, pasted, against npm start${missing}`, () => {
  let workspace: Running;
  let server: Started;

  const paste = (text: string | undefined, variables: Readonly<Record<string, string>> = {}) => {
    const env = { PATH: process.env["PATH"] ?? "", CLXS_HOST: server.url, SOURCE_CATALOG: "demo_quick" };
    const bash = spawnSync("bash", ["-o", "pipefail", "-c", text ?? "false"], {
      env: { ...env, ...variables },
      encoding: "utf8",
    });
    if (bash.status !== 0) throw new Error(`${text}\nended with ${bash.status}: ${bash.stderr}`);
    return JSON.parse(bash.stdout) as Record<string, unknown>;
  };
  const get = async <T = Run>(path: string) => (await (await fetch(server.url + path)).json()) as T;
  const until = async (id: unknown, enough: (run: Run) => boolean) => {
    for (;;) {
      const run = await get(`/api/clone/${String(id)}`);
      if (["completed", "failed", "cancelled"].includes(run.status) || enough(run)) return run;
      await sleep(50);
    }
  };
  const over = (id: unknown) => until(id, () => false);
  const copying = ({ status, progress }: Run) => status === "running" && (progress?.objectsDone ?? 0) > 3;

  beforeAll(async () => {
    buildOnce();
    server = await npmStart();
    await get("/api/catalogs");
    await server.end("SIGTERM");
    // From here on statements take time, so that there is a middle of a run.
    workspace = shell.start("workspace", "serve", "--port", "0", "--latency", "brisk", "--output", "json");
    await workspace.firstLine;
    await shell.json("clone", "--source", "demo_quick", "--dest", "demo_quick_p2", "--load-type", "FULL");
    await shell.json("sql", "INSERT INTO demo_quick.bronze.events VALUES (1, 'drift')");
    server = await npmStart();
  }, 300_000);
  afterAll(async () => {
    await server.end("SIGTERM");
    workspace.child.kill("SIGTERM");
    await workspace.ended;
    shell.remove();
  }, 60_000);

  it("are all there", () => {
    expect(pasted).toHaveLength(8);
  });

  it("cancels the quiesced clone in mid-run, and gives back what was revoked", async () => {
    const before = await grants();
    const { job_id } = paste(quiesced);
    const running = await until(job_id, copying);
    expect(running.status).toBe("running");
    const bash = spawnSync("curl", ["-s", "-X", "DELETE", `${server.url}/api/clone/${String(job_id)}`], {
      encoding: "utf8",
    });
    const cancelled = JSON.parse(bash.stdout) as { status: string; restored: string[] };
    expect(["cancelling", "cancelled"]).toContain(cancelled.status);
    const run = await over(job_id);
    expect(run).toMatchObject({ status: "cancelled" });
    expect(run.logs.filter((line) => line.startsWith("Quiesce restore complete: "))).toHaveLength(1);
    expect(run.logs.join("\n")).not.toContain("could not re-grant");
    expect(await grants()).toEqual(before);
  }, 120_000);

  it("clones with the source quiesced; every field of the run is there", async () => {
    const submitted = paste(quiesced);
    expect(submitted).toEqual({
      job_id: expect.stringMatching(/^[0-9a-f]{8}$/u),
      status: "queued",
      message: "Clone job submitted",
    });
    const run = await over(submitted["job_id"]);
    const counts = { success: expect.any(Number), failed: 0, skipped: expect.any(Number) };
    expect(run).toMatchObject({
      job_id: submitted["job_id"],
      status: "completed",
      source_catalog: "demo_quick",
      destination_catalog: "demo_quick_p3",
      clone_type: "DEEP",
      progress: expect.objectContaining({ objectsFailed: 0 }),
      error: null,
      created_at: expect.stringMatching(/Z$/u),
      started_at: expect.stringMatching(/Z$/u),
      completed_at: expect.stringMatching(/Z$/u),
      result: {
        run_id: submitted["job_id"],
        mode: "full",
        status: "success",
        formats: { DELTA: expect.any(Number) },
        duration_seconds: expect.any(Number),
        schemas_processed: 3,
        tables: counts,
        views: counts,
        functions: counts,
        volumes: counts,
        errors: [],
        schema_durations: expect.objectContaining({ bronze: expect.any(Number) }),
        bytes_copied: expect.any(Number),
        files_copied: expect.any(Number),
        source_table_size: expect.any(Number),
        source_num_of_files: expect.any(Number),
        statements: expect.objectContaining({ clone: expect.any(Number) }),
        residue: expect.any(Array),
      },
    });
    expect(run.summary).toEqual(run.result);
    const revoked = run.logs.findIndex((line) => line.startsWith("Quiesce: revoked ["));
    const restored = run.logs.findIndex((line) =>
      /^Quiesce restore complete: \d+ principal\/schema grant\(s\) re-applied\.$/u.test(line),
    );
    expect(revoked).toBeGreaterThanOrEqual(0);
    expect(restored).toBeGreaterThan(revoked);
  }, 120_000);

  it("estimates with a selective block where the destination exists, and without where it does not", async () => {
    const selective = paste(withSelective);
    expect(selective).toMatchObject({
      target_exists: true,
      tables_to_clone: 1,
      tables_in_sync: expect.any(Number),
      size_bytes: expect.any(Number),
      savings_pct: expect.any(Number),
      recommended: true,
    });
    expect(paste(withoutSelective)).toBeNull();
  });

  it("goes on with the kitchen sink when the server is killed in mid-run and started again", async () => {
    const { job_id } = paste(kitchenSink);
    const running = await until(job_id, copying);
    expect(running.status).toBe("running");
    await server.end("SIGKILL");
    server = await npmStart();
    const run = await over(job_id);
    expect(run).toMatchObject({
      job_id,
      status: "completed",
      result: {
        run_id: job_id,
        mode: "selective",
        status: "success",
        total_drifted_tables: expect.any(Number),
        formats: { DELTA: expect.any(Number) },
        selective: { target_exists: false },
        bytes_copied: expect.any(Number),
        files_copied: expect.any(Number),
      },
    });
    expect(run.logs.some((line) => line.startsWith("Quiesce: revoked ["))).toBe(true);
    expect(run.logs.some((line) => line.startsWith("Quiesce restore complete: "))).toBe(true);
    const properties = await shell.json("sql", "SHOW TBLPROPERTIES demo_quick_kitchen_sink.bronze.events");
    expect((properties as { rows: unknown[] }).rows).toContainEqual([
      "delta.logRetentionDuration",
      "30 days",
    ]);
    expect(await cell(shell, "SELECT count(*) FROM demo_quick_kitchen_sink.bronze.events")).toBe(
      await cell(shell, "SELECT count(*) FROM demo_quick.bronze.events"),
    );
  }, 180_000);

  it("starts a stream, lists it, restarts it under a new run and the same id, and stops it", async () => {
    const cdf =
      "ALTER TABLE demo_quick.bronze.events SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')";
    await shell.json("sql", cdf);
    const stream = paste(`${start}\necho $RESPONSE | jq`);
    expect(stream).toMatchObject({
      stream_id: expect.stringMatching(/^sync-[0-9a-f]{10}$/u),
      run_name: `clxs-continuous-sync-${String(stream["stream_id"])}`,
      source_catalog: "demo_quick",
      destination_catalog: "demo_quick_streaming",
      trigger_ms: 30_000,
      error: null,
    });
    const id = { STREAM_ID: String(stream["stream_id"]) };
    const listed = paste(refresh) as unknown as readonly Record<string, unknown>[];
    expect(listed.map(({ stream_id }) => stream_id)).toEqual([stream["stream_id"]]);
    const again = paste(restart, id);
    expect(again["stream_id"]).toBe(stream["stream_id"]);
    expect(again["run_id"]).not.toBe(stream["run_id"]);
    expect(paste(stop, id)).toMatchObject({ stream_id: stream["stream_id"], status: "stopped" });
  }, 180_000);

  async function grants(): Promise<unknown> {
    const all = ["CATALOG demo_quick", "SCHEMA demo_quick.bronze", "TABLE demo_quick.bronze.events"];
    const { results } = (await shell.json("sql", all.map((each) => `SHOW GRANTS ON ${each}`).join(";"))) as {
      results: { rows: string[][] }[];
    };
    return results.map(({ rows }) => rows.map((row) => row.join(" ")).sort());
  }
});
