import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LakehouseError } from "../errors.ts";
import { openEngine } from "./open-engine.ts";
import { childEntry } from "./process.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-engine-"));
const open = () =>
  openEngine({
    slots: 2,
    tempDirectory: join(directory, "temp"),
    directories: [join(directory, "data")],
    memoryLimit: "500MB",
  });
let engine: ReturnType<typeof openEngine>;

beforeAll(() => {
  engine = open();
});
afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true });
});

const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LakehouseError);
  return (error as LakehouseError).code;
};

describe("a query", () => {
  test("gives exact text, and tells NULL from the empty text", async () => {
    const result = await engine.query(
      "SELECT 9223372036854775807 AS big, 12345678901234567890.123456789012345678::DECIMAL(38,18) AS d, '' AS empty, NULL AS none, true AS b",
    );
    expect(result.rows).toEqual([
      ["9223372036854775807", "12345678901234567890.123456789012345678", "", null, "true"],
    ]);
    expect(result.columns[0]).toEqual({ name: "big", type: "BIGINT" });
  });

  test("runs several statements and answers with the last one's rows, all chunks of them", async () => {
    const { rows } = await engine.query(
      "CREATE TEMP TABLE t AS SELECT range AS i FROM range(100000); DELETE FROM t WHERE i % 2 = 1; SELECT i::VARCHAR FROM t ORDER BY i",
    );
    expect(rows).toHaveLength(50_000);
    expect(rows.at(-1)).toEqual(["99998"]);
  });

  test("without rows answers none", async () => {
    expect((await engine.query("SELECT 1 WHERE false")).rows).toEqual([]);
    expect((await engine.query("CREATE TEMP TABLE nothing (x INT)")).rows).toEqual([]);
  });

  test("that fails says what DuckDB says", async () => {
    const attempt = engine.query("SELECT * FROM missing");
    await expect(attempt).rejects.toThrow(/missing does not exist/);
    expect(await codeOf(engine.query("SELECT FROM"))).toBe("ENGINE_FAILED");
  });

  test("of times speaks UTC whatever the machine's zone", async () => {
    const { rows } = await engine.query("SELECT TIMESTAMPTZ '2024-01-01 00:00:00+02'::VARCHAR");
    expect(rows).toEqual([["2023-12-31 22:00:00+00"]]);
  });

  test("reaches the allowed directories and nothing else", async () => {
    const file = join(directory, "outside.parquet");
    expect(await codeOf(engine.query(`COPY (SELECT 1 AS x) TO '${file}'`))).toBe("ENGINE_FAILED");
    expect(await codeOf(engine.query("SELECT * FROM read_text('/etc/hostname')"))).toBe("ENGINE_FAILED");
    expect(await codeOf(engine.query("SET enable_external_access = true"))).toBe("ENGINE_FAILED");
    expect(existsSync(file)).toBe(false);
  });
});

const LONG = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b";

describe("a cancelled query", () => {
  test("stops while it runs, and the engine goes on", async () => {
    const abort = new AbortController();
    const running = engine.query(LONG, { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    expect(await codeOf(running)).toBe("ENGINE_CANCELED");
    expect((await engine.query("SELECT 1")).rows).toEqual([["1"]]);
  });

  test("leaves the queue without running", async () => {
    const first = new AbortController();
    const held = [engine.query(LONG, { signal: first.signal }), engine.query(LONG, { signal: first.signal })];
    const second = new AbortController();
    const queued = engine.query("SELECT 1", { signal: second.signal });
    second.abort();
    expect(await codeOf(queued)).toBe("ENGINE_CANCELED");
    first.abort();
    expect(await Promise.all(held.map(codeOf))).toEqual(["ENGINE_CANCELED", "ENGINE_CANCELED"]);
  });

  test("is not even sent when the signal was aborted before", async () => {
    expect(await codeOf(engine.query("SELECT 1", { signal: AbortSignal.abort() }))).toBe("ENGINE_CANCELED");
  });
});

test("a session keeps temporary tables to itself until it ends", async () => {
  const rows = await engine.session(async (session) => {
    await session.query("CREATE TEMP TABLE mine AS SELECT 7 AS x");
    expect(await codeOf(engine.query("SELECT * FROM mine"))).toBe("ENGINE_FAILED");
    return (await session.query("SELECT x FROM mine")).rows;
  });
  expect(rows).toEqual([["7"]]);
});

test("upkeep goes on while all slots are taken", async () => {
  const rows = await engine.session(() =>
    engine.session(async () => (await engine.query("SELECT 1", { lane: "upkeep" })).rows),
  );
  expect(rows).toEqual([["1"]]);
});

test("a killed engine rejects what ran with ENGINE_LOST, and the next query has a new one", async () => {
  const own = open();
  await own.query("SELECT 1");
  const before = own.processId();
  const running = own.query(LONG);
  process.kill(before ?? 0, "SIGKILL");
  expect(await codeOf(running)).toBe("ENGINE_LOST");
  expect((await own.query("SELECT 2")).rows).toEqual([["2"]]);
  expect(own.processId()).not.toBe(before);
  await own.close();
  expect(await codeOf(own.query("SELECT 3"))).toBe("CLOSED");
});

test("a directory that is allowed later is read by a new process, when the queries on the old one have ended it ends", async () => {
  const peers: string[] = [];
  const own = openEngine({
    slots: 2,
    tempDirectory: join(directory, "temp"),
    directories: [],
    peerDirectories: () => peers,
    memoryLimit: "500MB",
  });
  const peer = mkdtempSync(join(tmpdir(), "clxs-peer-"));
  writeFileSync(join(peer, "note.txt"), "hello");
  const read = `SELECT content FROM read_text('${join(peer, "note.txt")}')`;
  const before = await own.session(async (session) => {
    expect(await codeOf(own.query(read))).toBe("ENGINE_FAILED");
    const old = own.processId();
    peers.push(peer);
    expect((await own.query(read)).rows).toEqual([["hello"]]);
    expect(own.processId()).not.toBe(old);
    expect((await session.query("SELECT 'still here'")).rows).toEqual([["still here"]]);
    return old ?? 0;
  });
  await expect.poll(() => isAlive(before), { timeout: 10_000 }).toBe(false);
  peers.pop();
  const now = own.processId();
  expect((await own.query("SELECT 1")).rows).toEqual([["1"]]);
  expect(own.processId()).toBe(now);
  await own.close();
  rmSync(peer, { recursive: true });
});

test("the engine's process ends when its parent is killed", async () => {
  const program = `
    import { openEngine } from ${JSON.stringify(new URL("./open-engine.ts", import.meta.url))};
    const engine = openEngine({ slots: 1, tempDirectory: ${JSON.stringify(directory)}, directories: [], memoryLimit: "500MB" });
    await engine.query("SELECT 1");
    console.log(engine.processId());
    await engine.query(${JSON.stringify(LONG)});`;
  const loader = childEntry(import.meta.url).execArgv;
  const parent = spawn(process.execPath, [...loader, "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = (await once(parent.stdout, "data")) as [Buffer];
  const child = Number(printed.toString());
  expect(isAlive(child)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false);
});

/** A zombie counts as dead: nobody may be there to collect it. */
function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

test("from source the child runs under the TypeScript loader, from the bundle it is its neighbour", () => {
  expect(childEntry("file:///dist/clxs.mjs")).toEqual({ path: "/dist/engine-child.mjs", execArgv: [] });
  expect(childEntry(import.meta.url).path).toMatch(/engine\/child\.ts$/);
});
