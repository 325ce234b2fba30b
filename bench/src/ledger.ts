import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileLedger } from "@clone-xs/clone";
import { time } from "./measure.ts";

const SLOTS = 10;
const TARGET_MS = 0.2;

/**
 * What the ledger costs an object when ten steps are under way and none takes time: an intent that is waited for, the id of the statement, an
 * outcome in the background. An engine that writes intents of many steps together waits less often than this.
 */
export async function benchLedger(): Promise<void> {
  for (const objects of [10_000, 100_000]) {
    const each = (await written(objects)) / objects;
    console.log(
      `ledger, ${objects} objects at ${SLOTS} slots: ${each.toFixed(3)} ms an object (target ${TARGET_MS}; ratio ${(each / TARGET_MS).toFixed(2)})`,
    );
  }
}

async function written(objects: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "clxs-bench-"));
  const ledger = await openFileLedger(join(folder, "ledger.ndjson"));
  const queue = Array.from({ length: objects }, (_, i) => `table:sales.orders_${i}`).values();
  const soon: Promise<void>[] = [];
  const at = Date.now();
  const worker = async () => {
    for (const step of queue) {
      await ledger.append({ at, type: "intent", step, object: `dev.${step}`, operation: "clone_table" });
      soon.push(
        ledger.append({ at, type: "submitted", step, statementId: "01ef0000-0000-0000-0000-0000000" }),
      );
      soon.push(ledger.append({ at, type: "outcome", step, state: "succeeded", startedAt: at, endedAt: at }));
    }
  };
  try {
    return await time(async () => {
      await Promise.all(Array.from({ length: SLOTS }, worker));
      await Promise.all(soon);
    });
  } finally {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
}
