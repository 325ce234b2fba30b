import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lakehouse, openLakehouse } from "@clone-xs/lakehouse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULTS } from "./faults.ts";
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
  const injectedKinds = new Set<string>();

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("keeps its invariants with seed %d", async (seed) => {
    const { injected, checked } = await simulate(lakehouse.connect(), seed);
    for (const [kind, count] of Object.entries(injected)) if (count > 0) injectedKinds.add(kind);
    expect(checked).toMatchObject({ settled: 2, empty: 1, untouched: 1 });
  });

  it("has met every kind of fault by then", () => {
    expect([...injectedKinds].sort()).toEqual([...FAULTS, "kill"].sort());
  });
});
