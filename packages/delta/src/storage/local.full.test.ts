import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { link } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { storageConformance } from "../../test/storage-conformance.ts";
import { LocalStorage } from "./local.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-storage-"));
afterAll(() => rmSync(directory, { recursive: true }));

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe.each([
  ["on the local disk", link],
  ["on a file system without links", failing("EPERM")],
])("storage %s", (_, how) => {
  let serial = 0;
  storageConformance(async () => {
    const storage = new LocalStorage({ link: how });
    const root = mkdtempSync(join(directory, String(++serial)));
    return { storage, root };
  });
});

describe("without links", () => {
  test("a lock that a killed process left is taken away", async () => {
    const root = mkdtempSync(join(directory, "lock"));
    writeFileSync(join(root, ".c.lock"), "");
    const before = new Date(Date.now() - 60_000);
    utimesSync(join(root, ".c.lock"), before, before);
    const storage = new LocalStorage({ link: failing("ENOTSUP") });
    expect(await storage.writeNew(join(root, "c"), "x")).toBe(true);
    expect(readdirSync(root)).toEqual(["c"]);
  });

  test("any other failure of a link is told", async () => {
    const storage = new LocalStorage({ link: failing("EIO") });
    await expect(storage.writeNew(join(directory, "e"), "x")).rejects.toMatchObject({ code: "EIO" });
    expect(readdirSync(directory)).not.toContain("e");
  });
});
