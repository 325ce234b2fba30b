import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lakehouse, LakehouseOptions } from "../workspace/lakehouse.ts";
import { openLakehouse } from "../workspace/open-lakehouse.ts";

/** A lakehouse in a fresh directory under the system's temporary one; closing it removes the directory. */
export async function openTestLakehouse(options: Partial<LakehouseOptions> = {}): Promise<Lakehouse> {
  const directory = mkdtempSync(join(tmpdir(), "clxs-lakehouse-"));
  const lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "1GB",
    principals: [{ name: "reader", kind: "user", groups: ["readers"], admin: false }],
    ...options,
  });
  return {
    ...lakehouse,
    async close() {
      await lakehouse.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
