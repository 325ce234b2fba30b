import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { type Lakehouse, openLakehouse } from "@clone-xs/lakehouse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { parseStreamRequest } from "../src/streams/request.ts";
import { startStream } from "../src/streams/start-stream.ts";

const tools = resolve(import.meta.dirname, "../../../tools/spark");
const taskFile = resolve(import.meta.dirname, "../src/streams/continuous_sync.py");
const installed = existsSync(join(tools, ".installed"));
const skipped = installed ? "" : " (skipped: Spark is not installed, see npm run setup -- --spark)";

/** The file that we ship, on a real Spark: looks at its tables when it is told to. */
interface Spark {
  /** One look at all tables; what it says of them. */
  tick(): Promise<readonly string[]>;
  /** Runs it as a job does. */
  serve(): Promise<void>;
  kill(): Promise<void>;
}

/** Spark knows one catalog: `lake.bronze` is called `lake_bronze` there, in the same statements. */
function inOneCatalog(program: string): string {
  return program.replaceAll(/`(lake|copy)`\.`bronze`/gu, "`spark_catalog`.`$1_bronze`");
}

async function openSpark(folder: string): Promise<Spark> {
  const files = ["program.json", "tables.json"].map((name) => join(folder, name));
  const python = join(tools, "venv/bin/python");
  const child = spawn(python, [join(tools, "drive.py"), taskFile, ...files, join(tools, "jars")], {
    cwd: folder,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.on("data", (chunk) => errors.push(String(chunk)));
  const said = lines(child);
  const until = async (word: string) => {
    const before: string[] = [];
    for (let line = await said(); line !== word; line = await said()) {
      if (line === undefined) throw new Error(`Spark ended: ${errors.join("").slice(-2000)}`);
      before.push(line);
    }
    return before;
  };
  await until("ready");
  const tell = (word: string, answer: string) => {
    child.stdin.write(`${word}\n`);
    return until(answer);
  };
  return {
    tick: () => tell("tick", "ticked"),
    serve: () => tell("serve", "serving").then(() => undefined),
    kill: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function lines({ stdout }: ChildProcess): () => Promise<string | undefined> {
  if (stdout === null) throw new Error("Spark has no standard output");
  const reader = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await reader.next();
    return done === true ? undefined : value;
  };
}

/** Spark takes its time on a busy machine; what is timed is not here. */
const PATIENCE_MS = 600_000;

describe.skipIf(!installed)(
  `the shipped file keeps tables in sync on a real Spark${skipped}`,
  { timeout: PATIENCE_MS },
  () => {
    let lake: Lakehouse;
    let folder: string;
    let spark: Spark;

    const sql = async (...statements: readonly string[]) => {
      let rows: readonly (readonly (string | null)[])[] = [];
      for (const text of statements)
        ({ rows } = await lake.connect().statements.execute({ text, kind: "other", effect: "write" }));
      return rows;
    };
    const rowsOf = (catalog: string) => sql(`SELECT * FROM ${catalog}.bronze.events ORDER BY id`);
    const expectInSync = async () => expect(await rowsOf("copy")).toEqual(await rowsOf("lake"));

    beforeAll(async () => {
      const idle = {
        refusal: () => undefined,
        run: (_: unknown, { signal }: { readonly signal: AbortSignal }) =>
          new Promise<never>((_resolve, reject) => signal.addEventListener("abort", reject, { once: true })),
      };
      folder = await mkdtemp(join(tmpdir(), "clxs-spark-"));
      const directory = join(folder, "workspace");
      lake = await openLakehouse({
        directory,
        now: Date.now,
        uuid: randomUUID,
        randomBytes,
        taskRunner: idle,
      });
      await sql(
        "CREATE CATALOG lake",
        "CREATE SCHEMA lake.bronze",
        "CREATE TABLE lake.bronze.events (id BIGINT NOT NULL, note STRING, amount DECIMAL(38,2), at TIMESTAMP, CONSTRAINT pk PRIMARY KEY (id)) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
        "INSERT INTO lake.bronze.events VALUES (1, 'a', 12345678901234567890123456789012345.67, TIMESTAMP'2026-01-01 00:00:00.123456'), (2, NULL, 2, NULL)",
      );
      const parsed = parseStreamRequest({
        source_catalog: "lake",
        destination_catalog: "copy",
        tables: ["bronze.events"],
        trigger_ms: 300,
      });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const clock = { now: Date.now, sleep: () => Promise.resolve() };
      const ports = { workspace: lake.connect(), settings: DEFAULT_SETTINGS, clock, random: Math.random };
      const stream = await startStream(parsed.request, ports);
      const program = await textOf(
        lake.connect().files.read(`/Volumes/edp_dev/logging/clxs_streams/${stream.stream_id}.json`),
      );
      await writeFile(join(folder, "program.json"), inOneCatalog(program));
      await writeFile(join(folder, "tables.json"), JSON.stringify(await locations()));
      spark = await openSpark(folder);
    }, PATIENCE_MS);
    afterAll(async () => {
      await spark?.kill();
      await lake?.close();
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    async function locations(): Promise<Readonly<Record<string, string>>> {
      const of = async (catalog: string) =>
        (await lake.connect().unity.table({ catalog, schema: "bronze", name: "events" }))?.storageLocation ??
        "";
      return { "lake_bronze.events": await of("lake"), "copy_bronze.events": await of("copy") };
    }

    it("finds nothing to do after the first copy", async () => {
      await expectInSync();
      expect((await spark.tick()).join()).toContain("nothing to do");
    });

    it("merges inserts, updates and deletes, a changed key among them, in one tick", async () => {
      await sql(
        "INSERT INTO lake.bronze.events VALUES (3, 'c', 3, TIMESTAMP'2026-02-01 00:00:00'), (4, 'd', 4, NULL)",
        "UPDATE lake.bronze.events SET note = 'changed' WHERE id = 1",
        "UPDATE lake.bronze.events SET id = 20 WHERE id = 2",
        "DELETE FROM lake.bronze.events WHERE id = 4",
      );
      expect((await spark.tick()).join()).toContain("merged");
      await expectInSync();
      expect((await rowsOf("copy")).map(([id]) => id)).toEqual(["1", "3", "20"]);
    });

    it("adds the columns that the source has got", async () => {
      await sql(
        "ALTER TABLE lake.bronze.events ADD COLUMNS (more INT)",
        "INSERT INTO lake.bronze.events VALUES (5, 'e', 5, NULL, 55)",
      );
      expect((await spark.tick()).join()).toContain("merged");
      await expectInSync();
      expect((await rowsOf("copy")).at(2)).toEqual(["5", "e", "5.00", null, "55"]);
    });

    it("goes on where it was when it is killed and started again, and runs as a job does", async () => {
      await spark.kill();
      await sql("INSERT INTO lake.bronze.events VALUES (6, 'f', 6, NULL, 66)");
      spark = await openSpark(folder);
      await spark.serve();
      await sql("DELETE FROM lake.bronze.events WHERE id = 3");
      await expect
        .poll(() => rowsOf("copy"), { timeout: PATIENCE_MS / 2, interval: 300 })
        .toEqual(await rowsOf("lake"));
      await expectInSync();
    });
  },
);

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
