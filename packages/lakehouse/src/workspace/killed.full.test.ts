import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childEntry } from "../engine/process.ts";
import { openLakehouse } from "./open-lakehouse.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-killed-"));
const opening = `{ directory: ${JSON.stringify(directory)}, now: Date.now, uuid: randomUUID, randomBytes, memoryLimit: "500MB" }`;
const open = () =>
  openLakehouse({ directory, now: Date.now, uuid: randomUUID, randomBytes, memoryLimit: "500MB" });
/** Killed after so many acknowledged statements, and a little later, in the middle of another. */
const kills = [3, 7, 12];

beforeAll(async () => {
  const lakehouse = await open();
  await lakehouse.connect().statements.execute({
    text: "CREATE TABLE main.default.source AS SELECT id FROM range(1000)",
    kind: "create",
    effect: "write",
  });
  await lakehouse
    .connect()
    .statements.execute({ text: "CREATE VOLUME main.default.v", kind: "create", effect: "write" });
  await lakehouse.close();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Makes, fills, clones and drops tables and writes files without end; prints what was acknowledged, statements with their ids. */
const program = (round: number) => `
  import { randomBytes, randomUUID } from "node:crypto";
  import { openLakehouse } from ${JSON.stringify(new URL("./open-lakehouse.ts", import.meta.url))};
  const lakehouse = await openLakehouse(${opening});
  const { statements, files } = lakehouse.connect();
  const told = (line) => process.stdout.write(line + "\\n");
  const run = async (text) => {
    const { statementId } = await statements.execute({ text, kind: "other", effect: "write", tags: { round: "${round}" } }, { onSubmitted: (id) => told("SUBMITTED " + id) });
    told("ENDED " + statementId);
    told(text);
  };
  async function* content(i) {
    for (let piece = 0; piece < 20; piece++) yield Buffer.alloc(50_000, String(i % 10));
  }
  for (let i = 0; ; i++) {
    const t = \`main.default.t${round}_\${i}\`;
    await run(\`CREATE TABLE \${t} (id BIGINT)\`);
    await run(\`INSERT INTO \${t} VALUES (1), (2)\`);
    await run(\`CREATE OR REPLACE TABLE \${t}_copy DEEP CLONE main.default.source\`);
    const path = \`/Volumes/main/default/v/round${round}/\${i % 4}.bin\`;
    await files.write(path, content(i), { overwrite: true });
    told(\`FILE \${path}\`);
    await run(\`ALTER TABLE \${t} SET TAGS ('k' = '\${i}')\`);
    if (i % 3 === 2) await run(\`DROP TABLE \${t}_copy\`);
  }`;

async function acknowledgedUntilKilled(round: number, after: number): Promise<readonly string[]> {
  const loader = childEntry(import.meta.url).execArgv;
  const child = spawn(process.execPath, [...loader, "--input-type=module", "-e", program(round)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > after * 3) setImmediate(() => child.kill("SIGKILL"));
  });
  await once(child, "close");
  expect(child.signalCode).toBe("SIGKILL");
  return output.split("\n").slice(0, -1);
}

test.for(kills.map((after, round) => [round, after] as const))(
  "kill %i, after %i statements: what was acknowledged is there, and every table can be read",
  async ([round, after]) => {
    const acknowledged = await acknowledgedUntilKilled(round, after);
    expect(acknowledged.length).toBeGreaterThanOrEqual(after * 3);
    const lakehouse = await open();
    const { statements, unity, files } = lakehouse.connect();
    const told = (word: string) =>
      acknowledged.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(" ").slice(1));
    const history = await statements.recent({ since: 0, tags: { round: String(round) } });
    const states = new Map(history.map(({ statementId, state }) => [statementId, state]));
    const ended = new Set(told("ENDED").map(([id = ""]) => id));
    for (const id of ended) {
      expect(states.get(id)).toBe("SUCCEEDED");
      expect((await statements.state(id))?.state).toBe("CLOSED");
    }
    // Of what was under way, nobody knows whether it took effect; whatever is told of it has ended.
    for (const [id = ""] of told("SUBMITTED").filter(([id = ""]) => !ended.has(id))) {
      expect(states.get(id)).toMatch(/^(SUCCEEDED|FAILED)$/);
      expect((await statements.state(id))?.state).toBe(states.get(id) === "FAILED" ? undefined : "CLOSED");
    }
    const written = new Set(told("FILE").map(([path = ""]) => path));
    const listed = (await files.list(`/Volumes/main/default/v/round${round}`)) ?? [];
    expect(listed.map(({ path }) => path)).toEqual(expect.arrayContaining([...written]));
    for (const { path, size } of listed) {
      expect(size).toBe(1_000_000);
      expect(await digitsOf(files.read(path))).toHaveLength(1);
    }
    const count = async (table: string) =>
      (
        await statements.execute({
          text: `SELECT count(*) FROM main.default.${table}`,
          kind: "select",
          effect: "read",
        })
      ).rows[0]?.[0];
    const tables = (await unity.tables("main", "default")).map(({ name }) => name);
    for (const name of tables) expect(await count(name)).toMatch(/^(0|2|1000)$/);
    const named = (statement: RegExp) => acknowledged.flatMap((text) => statement.exec(text)?.[1] ?? []);
    const dropped = named(/^DROP TABLE main\.default\.(\S+)/);
    const made = named(/^CREATE (?:OR REPLACE )?TABLE main\.default\.(\S+)/);
    expect(tables).toEqual(expect.arrayContaining(made.filter((name) => !dropped.includes(name))));
    expect(tables.filter((name) => dropped.includes(name))).toEqual([]);
    for (const name of named(/^INSERT INTO main\.default\.(\S+)/)) expect(await count(name)).toBe("2");
    await lakehouse.close();
  },
);

/** Which digits a file is made of: more than one would be a mix of two contents. */
async function digitsOf(content: AsyncIterable<Uint8Array>): Promise<readonly number[]> {
  const found = new Set<number>();
  for await (const piece of content) for (const byte of piece) found.add(byte);
  return [...found];
}
