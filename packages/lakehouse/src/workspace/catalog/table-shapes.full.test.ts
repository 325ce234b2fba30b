import { renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../../testing/test-lakehouse.ts";
import type { Lakehouse } from "../lakehouse.ts";

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openTestLakehouse();
});
afterAll(() => lakehouse.close());

const run = (text: string) =>
  lakehouse.connect().statements.execute({ text, kind: "other", effect: "write" });
const columnsOf = async (name: string) =>
  (await lakehouse.connect().unity.table({ catalog: "main", schema: "default", name }))?.columns.map(
    (column) => column.name,
  );
async function logOf(name: string): Promise<string> {
  const table = await lakehouse.connect().unity.table({ catalog: "main", schema: "default", name });
  return join(new URL(table?.storageLocation ?? "").pathname, "_delta_log");
}

describe("what is kept of a log", () => {
  test("follows every commit", async () => {
    await run("CREATE TABLE main.default.followed (a INT)");
    expect(await columnsOf("followed")).toEqual(["a"]);
    await run("ALTER TABLE main.default.followed ADD COLUMN b INT");
    expect(await columnsOf("followed")).toEqual(["a", "b"]);
    await run("CREATE OR REPLACE TABLE main.default.followed (c INT)");
    expect(await columnsOf("followed")).toEqual(["c"]);
  });

  test("is not believed when a commit fell into the same tick of the file system's clock", async () => {
    await run("CREATE TABLE main.default.ticked (a INT)");
    const log = await logOf("ticked");
    const tick = new Date(1_700_000_000_000);
    utimesSync(log, tick, tick);
    expect(await columnsOf("ticked")).toEqual(["a"]);
    await run("ALTER TABLE main.default.ticked ADD COLUMN b INT");
    utimesSync(log, tick, tick);
    expect(await columnsOf("ticked")).toEqual(["a", "b"]);
  });

  test("is not used once the log cannot be read, and again when it can", async () => {
    await run("CREATE TABLE main.default.broken (a INT)");
    const log = await logOf("broken");
    const first = join(log, "00000000000000000000.json");
    renameSync(first, `${first}.away`);
    writeFileSync(first, "not json");
    expect(await columnsOf("broken")).toEqual([]);
    rmSync(first);
    renameSync(`${first}.away`, first);
    expect(await columnsOf("broken")).toEqual(["a"]);
  });
});

test("pitfall 25: what one user's listing left in memory shows nothing to another", async () => {
  await run("CREATE TABLE main.default.secret (a INT)");
  expect(await columnsOf("secret")).toEqual(["a"]);
  const listed = await lakehouse.connect().unity.tables("main", "default");
  expect(listed.map(({ name }) => name)).toContain("secret");
  const { unity } = lakehouse.connect("reader");
  expect(await unity.table({ catalog: "main", schema: "default", name: "secret" })).toBeUndefined();
  await expect(unity.tables("main", "default")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
