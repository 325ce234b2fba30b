import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lakehouse, openLakehouse } from "@clone-xs/lakehouse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulate } from "./simulate.ts";

let directory: string;
let lakehouse: Lakehouse;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "clxs-sim-"));
  lakehouse = await openLakehouse({ directory, now: Date.now, uuid: randomUUID, randomBytes });
});

afterAll(async () => {
  await lakehouse.close();
  await rm(directory, { recursive: true, force: true });
});

describe("a clone under faults and kills", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("keeps its invariants with seed %d", async (seed) => {
    const { injected, checked } = await simulate(lakehouse.connect(), seed);
    expect(Object.values(injected).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
    expect(checked.settled).toBe(2);
    expect(checked.empty).toBe(1);
  });
});
