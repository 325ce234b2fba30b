import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INVARIANTS } from "./invariants.ts";
import { PLANTED, playPlanted } from "./planted.ts";
import type { Simulated } from "./simulate.ts";
import { simulate } from "./simulate.ts";
import { DISTURBANCES } from "./story.ts";
import { openWorld, type World } from "./world.ts";

/** Enough that everything is injected, and everything checked, at least once. */
const SEEDS = Array.from({ length: 30 }, (_, at) => at + 1);

describe("a clone under faults, kills and concurrent writers", () => {
  let world: World;
  const all: Simulated[] = [];

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each(SEEDS)("keeps its invariants with seed %d", async (seed) => {
    const simulated = await simulate(world, seed);
    all.push(simulated);
    expect(simulated.checked.empty + simulated.checked.streamed).toBeGreaterThan(0);
  });

  it("has met every disturbance by then, and checked every invariant", () => {
    const never = (names: readonly string[], counts: readonly Readonly<Record<string, number>>[]) =>
      names.filter((name) => counts.every((each) => (each[name] ?? 0) === 0));
    expect(
      never(
        DISTURBANCES,
        all.map(({ injected }) => injected),
      ),
    ).toEqual([]);
    expect(
      never(
        Object.keys(INVARIANTS),
        all.map(({ checked }) => checked),
      ),
    ).toEqual([]);
  });
});

describe("a bug that is planted into the engine", () => {
  it.each(PLANTED)("is found: $mistake", async (bug) => {
    const { broken } = await playPlanted(bug, { first: 1, count: SEEDS.length });
    expect(broken).toBeDefined();
  });
});
