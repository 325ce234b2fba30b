import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { storageConformance } from "../../test/storage-conformance.ts";
import { LocalStorage } from "./local.ts";

describe("storage on the local disk", () => {
  const directory = mkdtempSync(join(tmpdir(), "clxs-storage-"));
  let serial = 0;
  afterAll(() => rmSync(directory, { recursive: true }));
  storageConformance(async () => {
    const storage = new LocalStorage();
    const root = join(directory, String(++serial));
    await storage.mkdirs(root);
    return { storage, root };
  });
});
