import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Workspace, WorkspaceError, withExecute } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ledger, LedgerRecord } from "../src/ledger/ledger.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import { resumeRun } from "../src/run/resume-run.ts";
import type { RunPorts } from "../src/run/run.ts";
import { runClone } from "../src/run/run-clone.ts";
import { documentsIn, openRunFiles, runDirectory } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import type { RunSummary } from "../src/summarize/summary.ts";
import { openTestWorkspace, type TestWorkspace } from "./workspace.ts";

let there: TestWorkspace;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "clxs-resume-"));
  there = await openTestWorkspace();
  await there.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s COMMENT 'things'",
    "CREATE TABLE src.s.a (id BIGINT COMMENT 'key')",
    "INSERT INTO src.s.a VALUES (1), (2)",
    "CREATE TABLE src.s.b AS SELECT 7 AS id",
    "CREATE TABLE src.s.c AS SELECT 8 AS id",
    "CREATE FUNCTION src.s.twice(n BIGINT) RETURNS BIGINT RETURN n * 2",
    "CREATE VIEW src.s.v AS SELECT src.s.twice(id) AS id FROM src.s.a",
    "CREATE VOLUME src.s.files",
  );
});
afterAll(async () => {
  await there.close();
  await rm(home, { recursive: true, force: true });
});

/** The process dies with the ledger's record number `limit`: that one and all later ones are never written. */
class Killed extends Error {}

interface MemoryLedger extends Ledger {
  readonly records: LedgerRecord[];
}

function ledgerUntil(
  limit: number,
  records: LedgerRecord[] = [],
  failure: () => Error = () => new Killed(),
): MemoryLedger {
  return {
    records,
    append: async (record) => {
      if (records.length >= limit) throw failure();
      records.push(structuredClone(record));
    },
    close: () => Promise.resolve(),
  };
}

let processes = 0;
async function inProcess<T>(
  runId: string,
  {
    ledger,
    workspace = there.workspace,
    signal,
  }: { ledger: Ledger; workspace?: Workspace; signal?: AbortSignal },
  work: (ports: RunPorts, lines: readonly string[]) => Promise<T>,
): Promise<T> {
  const files = await openRunFiles(home, runId);
  const lines: string[] = [];
  let now = Date.now();
  try {
    return await work(
      {
        source: workspace,
        target: workspace,
        ...files,
        ledger,
        holder: { hostname: "test", pid: ++processes, isAlive: (pid) => pid === processes },
        settings: DEFAULT_SETTINGS,
        emit: (event) => {
          if (event.type === "log") lines.push(event.line);
        },
        clock: {
          now: () => (now += 1),
          sleep: async (milliseconds) => {
            now += milliseconds;
            await new Promise((next) => setImmediate(next));
          },
        },
        random: () => 0,
        ...(signal ? { signal } : {}),
      },
      lines,
    );
  } finally {
    await files.close();
  }
}

function request(destination: string, wire: object = {}) {
  const parsed = parseCloneRequest({ source_catalog: "src", destination_catalog: destination, ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

const clone = (
  runId: string,
  ledger: Ledger,
  options: { destination: string; wire?: object; workspace?: Workspace },
) =>
  inProcess(runId, { ledger, ...(options.workspace ? { workspace: options.workspace } : {}) }, (ports) =>
    runClone(request(options.destination, options.wire), ports, runId),
  );

const resume = (runId: string, ledger: MemoryLedger, workspace?: Workspace) =>
  inProcess(runId, { ledger, ...(workspace ? { workspace } : {}) }, (ports) =>
    resumeRun(ledger.records, ports),
  );

/** What the target holds: rows, texts, comments, and from which version each clone is. */
async function contents(destination: string): Promise<unknown> {
  const rows = await Promise.all(
    ["a", "b", "c", "v"].map((name) => there.sql(`SELECT id FROM ${destination}.s.${name} ORDER BY id`)),
  );
  const { unity } = there.workspace;
  const tables = await unity.tables(destination, "s");
  const routines = await unity.functions(destination, "s");
  const volumes = await unity.volumes(destination, "s");
  return {
    rows,
    tables: tables.map(({ name, tableType, columns }) => ({ name, tableType, columns })),
    routines: routines.map(({ name, definition }) => ({
      name,
      definition: definition.replaceAll(destination, "dst"),
    })),
    volumes: volumes.map(({ name }) => name),
  };
}

/** What a summary says of the work, whoever did it and however long it took. */
function work({
  status,
  tables,
  views,
  functions,
  volumes,
  errors,
  bytes_copied,
  files_copied,
  formats,
  residue,
}: RunSummary) {
  return { status, tables, views, functions, volumes, errors, bytes_copied, files_copied, formats, residue };
}

describe("a run that is killed and gone on with", () => {
  it("I3: comes to the same result wherever the ledger was cut, under one id", {
    timeout: 600_000,
  }, async () => {
    const whole = ledgerUntil(Number.POSITIVE_INFINITY);
    const undisturbed = await clone("whole", whole, {
      destination: "undisturbed",
      wire: { max_parallel_queries: 2 },
    });
    expect(undisturbed.status).toBe("success");
    const wanted = await contents("undisturbed");
    const records = whole.records.length;
    expect(records).toBeGreaterThan(15);
    for (let cut = 1; cut < records; cut += 1) {
      const [runId, destination] = [`cut${cut}`, `cut_${cut}`];
      const dead = ledgerUntil(cut);
      const dying = clone(runId, dead, { destination, wire: { max_parallel_queries: 2 } });
      await expect(dying).rejects.toBeInstanceOf(Killed);
      const summary = await resume(runId, ledgerUntil(Number.POSITIVE_INFINITY, dead.records));
      expect({ cut, ...work(summary) }).toEqual({ cut, ...work(undisturbed) });
      expect({ cut, contents: await contents(destination) }).toEqual({ cut, contents: wanted });
      expect(summary.run_id).toBe(runId);
      expect(Date.parse(summary.started_at)).toBe(dead.records[0]?.at);
    }
  });

  it("clones no table twice", async () => {
    const dead = ledgerUntil(12);
    await expect(clone("once", dead, { destination: "once" })).rejects.toBeInstanceOf(Killed);
    await resume("once", ledgerUntil(Number.POSITIVE_INFINITY, dead.records));
    for (const name of ["a", "b", "c"]) {
      const [count] = await there.sql(
        `SELECT count(*) FROM (DESCRIBE HISTORY once.s.${name}) WHERE operation = 'CLONE'`,
      );
      expect({ name, clones: count }).toEqual({ name, clones: ["1"] });
    }
  });

  it("may be killed again while it is gone on with", async () => {
    const dead = ledgerUntil(8);
    await expect(clone("twice", dead, { destination: "twice" })).rejects.toBeInstanceOf(Killed);
    for (const limit of [9, 11, 14]) {
      await expect(resume("twice", ledgerUntil(limit, dead.records))).rejects.toBeInstanceOf(Killed);
    }
    const summary = await resume("twice", ledgerUntil(Number.POSITIVE_INFINITY, dead.records));
    expect(summary).toMatchObject({ status: "success", tables: { success: 3 } });
  });

  it("leaves what somebody else put there meanwhile, and does the rest", async () => {
    const dead = ledgerUntil(3);
    await expect(clone("taken", dead, { destination: "taken" })).rejects.toBeInstanceOf(Killed);
    await there.sql(
      "CREATE CATALOG IF NOT EXISTS taken",
      "CREATE SCHEMA IF NOT EXISTS taken.s",
      "CREATE TABLE taken.s.b AS SELECT 'mine' AS id",
    );
    const summary = await resume("taken", ledgerUntil(Number.POSITIVE_INFINITY, dead.records));
    expect(await there.sql("SELECT id FROM taken.s.b")).toEqual([["mine"]]);
    expect(summary.errors.map(({ object, code }) => ({ object, code }))).toContainEqual({
      object: "taken.s.b",
      code: "TARGET_MODIFIED",
    });
  });
});

describe("a run cannot be gone on with", () => {
  it("when it is over", async () => {
    const ledger = ledgerUntil(Number.POSITIVE_INFINITY);
    await clone("over", ledger, { destination: "over" });
    await expect(resume("over", ledger)).rejects.toMatchObject({ code: "RUN_OVER" });
  });

  it("when its plan is missing or another one", async () => {
    const dead = ledgerUntil(6);
    await expect(clone("planless", dead, { destination: "planless" })).rejects.toBeInstanceOf(Killed);
    const documents = documentsIn(runDirectory(home, "planless"));
    await documents.write("plan", { plan: {} });
    await expect(resume("planless", ledgerUntil(99, dead.records))).rejects.toThrow(
      "is not the one that was begun",
    );
    await rm(runDirectory(home, "planless"), { recursive: true });
    await expect(resume("planless", ledgerUntil(99, dead.records))).rejects.toThrow("is missing");
  });

  it.each([
    { what: "empty", records: [] as LedgerRecord[], words: "does not say what was asked for" },
    {
      what: "of another version",
      records: [{ at: 1, type: "run", runId: "x", request: {}, version: 2 as 1 } as const],
      words: "of version 2",
    },
    {
      what: "not understood",
      records: [{ at: 1, type: "run", runId: "x", request: { surprise: 1 }, version: 1 } as const],
      words: "its request is not understood",
    },
  ])("when its ledger is $what", async ({ records, words }) => {
    await expect(resume("x", ledgerUntil(99, [...records]))).rejects.toThrow(words);
  });
});

describe("a run stops cleanly", () => {
  const afterClones = (count: number, failure: () => WorkspaceError): Workspace => {
    let clones = 0;
    return withExecute(there.workspace, (statement, options) => {
      if (statement.kind === "clone" && ++clones > count) return Promise.reject(failure());
      return there.workspace.statements.execute(statement, options);
    });
  };

  it("when its token is revoked: begins nothing more, and can be gone on with", async () => {
    const ledger = ledgerUntil(Number.POSITIVE_INFINITY);
    const revoked = afterClones(1, () => new WorkspaceError("UNAUTHENTICATED", "Invalid access token."));
    const wire = { max_parallel_queries: 1 };
    const stopped = await clone("revoked", ledger, { destination: "revoked", wire, workspace: revoked });
    expect(stopped).toMatchObject({ status: "partial", tables: { success: 1, failed: 1, skipped: 1 } });
    expect(stopped.errors.map(({ code }) => code)).toEqual(["UNAUTHENTICATED", "UNAUTHENTICATED"]);
    expect(ledger.records.at(-1)).toMatchObject({ type: "end", interrupted: true });
    const summary = await resume("revoked", ledger);
    expect(summary).toMatchObject({
      status: "success",
      errors: [],
      tables: { success: 3, failed: 0, skipped: 0 },
    });
  });

  it("when the disk is full: says why, and what was done is in the summary", async () => {
    const full = () =>
      Object.assign(new Error("ENOSPC: no space left on device, write"), { errno: -28, code: "ENOSPC" });
    const ledger = ledgerUntil(9, [], full);
    const wire = { max_parallel_queries: 1 };
    const stopped = await clone("full", ledger, { destination: "full_disk", wire });
    expect(stopped.errors).toEqual([
      expect.objectContaining({
        code: "LEDGER_FAILED",
        message: expect.stringContaining("no space left on device"),
      }),
    ]);
    expect(["failed", "partial"]).toContain(stopped.status);
    const summary = await resume("full", ledgerUntil(Number.POSITIVE_INFINITY, ledger.records));
    expect(summary).toMatchObject({ status: "success", tables: { success: 3 } });
  });
});
