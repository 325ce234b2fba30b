import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLakehouse } from "@clone-xs/lakehouse";
import { expect, test } from "vitest";
import { soak } from "../src/testing/soak.ts";

const HOURS = Number(process.env["CLXS_SOAK_HOURS"] ?? 2);
const SEED = Number(process.env["CLXS_SOAK_SEED"] ?? 1);

/** mulberry32: the same seed, the same soak. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("a stream that runs for hours loses nothing, doubles nothing and is never far behind", async () => {
  const directory = await mkdtemp(join(tmpdir(), "clxs-soak-"));
  try {
    const report = await soak({
      hours: HOURS,
      triggerMs: 30_000,
      random: random(SEED),
      start: Date.UTC(2026, 0, 1),
      open: async ({ taskRunner, now }) => {
        const lakehouse = await openLakehouse({ directory, now, uuid: randomUUID, randomBytes, taskRunner });
        return { workspace: lakehouse.connect(), close: () => lakehouse.close() };
      },
    });
    if (process.env["CLXS_SOAK_HOURS"] !== undefined) console.log(JSON.stringify(report, undefined, 1));
    expect(report.differences).toEqual([]);
    expect(report.quiet_points).toBe(HOURS * 2 - 1);
    expect(report.cycles).toBe(report.cycles_expected);
    expect(report.greatest_lag_seconds).toBeLessThanOrEqual(60);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}, 3_600_000);
