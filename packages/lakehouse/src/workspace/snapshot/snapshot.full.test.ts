import { execFileSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLakehouse } from "../open-lakehouse.ts";
import { removeWorkspace, restoreWorkspace, snapshotWorkspace } from "./snapshot.ts";

let place: string;
let directory: string;
let file: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "clxs-snapshot-"));
  directory = join(place, "workspace");
  file = join(place, "workspace.tar.gz");
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const open = (where = directory) =>
  openLakehouse({ directory: where, now: Date.now, uuid: randomUUID, randomBytes, memoryLimit: "500MB" });
const uuid = randomUUID();

/** A volume file whose name needs more than an old archive can hold. */
const LONG_NAME = `/Volumes/main/default/v/${"ü".repeat(60)}/${"x".repeat(200)}.bin`;
const content = randomBytes(700_000);

async function filled(): Promise<void> {
  const lakehouse = await open();
  const { statements, files } = lakehouse.connect();
  for (const text of [
    "CREATE TABLE main.default.t AS SELECT id FROM range(1000)",
    "ALTER TABLE main.default.t SET TAGS ('k' = 'v')",
    "CREATE VOLUME main.default.v",
  ])
    await statements.execute({ text, kind: "create", effect: "write" });
  await files.write(
    LONG_NAME,
    (async function* () {
      yield content;
    })(),
  );
  await files.write("/Volumes/main/default/v/empty", (async function* () {})());
  await lakehouse.close();
}

async function whatIsThere(where: string) {
  const lakehouse = await open(where);
  const { statements, files } = lakehouse.connect();
  const { rows } = await statements.execute({
    text: "SELECT count(*), sum(id) FROM main.default.t",
    kind: "select",
    effect: "read",
  });
  const bytes: Uint8Array[] = [];
  for await (const piece of files.read(LONG_NAME)) bytes.push(piece);
  await lakehouse.close();
  return { rows, same: Buffer.concat(bytes).equals(content), id: lakehouse.metastoreId };
}

describe("a snapshot", () => {
  test("holds the whole workspace, and makes it anew elsewhere", async () => {
    await filled();
    await snapshotWorkspace(directory, file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const copy = join(place, "deep", "copy");
    await restoreWorkspace(file, copy, { uuid });
    expect(existsSync(join(copy, "credentials.json"))).toBe(false);
    const original = await whatIsThere(directory);
    expect(original).toMatchObject({ rows: [["1000", "499500"]], same: true });
    expect(await whatIsThere(copy)).toEqual(original);
    expect(readdirSync(place).sort()).toEqual(["deep", "workspace", "workspace.tar.gz"]);
  });

  test("is an archive that tar can list", async () => {
    await filled();
    await snapshotWorkspace(directory, file);
    const listed = execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).split("\n");
    expect(listed).toContain("metastore.sqlite");
    expect(listed.some((path) => path.includes("_delta_log/"))).toBe(true);
  });

  test("replaces a workspace only when told to, and then brings back what it was", async () => {
    await filled();
    await snapshotWorkspace(directory, file);
    const lakehouse = await open();
    await lakehouse
      .connect()
      .statements.execute({ text: "DROP TABLE main.default.t", kind: "drop", effect: "write" });
    await lakehouse.close();
    await expect(restoreWorkspace(file, directory, { uuid })).rejects.toMatchObject({
      code: "WORKSPACE_EXISTS",
    });
    await restoreWorkspace(file, directory, { uuid, replace: true });
    expect(await whatIsThere(directory)).toMatchObject({ rows: [["1000", "499500"]] });
  });

  test("is neither taken nor put over a workspace that is open", async () => {
    await filled();
    await snapshotWorkspace(directory, file);
    const lakehouse = await open();
    const held = { code: "WORKSPACE_HELD" };
    await expect(snapshotWorkspace(directory, join(place, "other"))).rejects.toMatchObject(held);
    await expect(restoreWorkspace(file, directory, { uuid, replace: true })).rejects.toMatchObject(held);
    await expect(removeWorkspace(directory, { uuid })).rejects.toMatchObject(held);
    await lakehouse.close();
    expect(await whatIsThere(directory)).toMatchObject({ same: true });
  });

  test("that was cut short, or is something else, changes nothing", async () => {
    await filled();
    await snapshotWorkspace(directory, file);
    const whole = readFileSync(file);
    for (const bytes of [
      whole.subarray(0, whole.length - 100_000),
      whole.subarray(0, 10),
      Buffer.from("not gzip"),
    ]) {
      writeFileSync(file, bytes);
      await expect(restoreWorkspace(file, directory, { uuid, replace: true })).rejects.toMatchObject({
        code: "SNAPSHOT_INVALID",
      });
    }
    expect(await whatIsThere(directory)).toMatchObject({ same: true });
    expect(readdirSync(place).sort()).toEqual(["workspace", "workspace.tar.gz"]);
  });
});

test("a workspace that is removed is gone, and one that never was is fine", async () => {
  await filled();
  await removeWorkspace(directory, { uuid });
  await removeWorkspace(directory, { uuid });
  expect(readdirSync(place)).toEqual([]);
});
