import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Node, runGraph } from "./graph.ts";

type Outcome = "done" | "failed" | `needs ${string}`;

interface Options {
  readonly failing?: readonly string[];
  readonly limit?: number;
  readonly weight?: (step: Node) => number;
}

async function run(
  steps: readonly Node[],
  { failing = [], limit = 4, weight = (): number => 0 }: Options = {},
) {
  const begun: string[] = [];
  let underWay = 0;
  let most = 0;
  const outcomes = await runGraph<Node, Outcome>(steps, {
    limit: () => limit,
    weight,
    succeeded: (outcome) => outcome === "done",
    run: async ({ id }) => {
      begun.push(id);
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      return failing.includes(id) ? "failed" : "done";
    },
    skip: async (_, failed) => `needs ${failed.id}`,
  });
  return { begun, most, outcomes: Object.fromEntries(outcomes) };
}

const node = (id: string, ...dependsOn: string[]): Node => ({ id, dependsOn });

describe("runGraph", () => {
  it("runs what is run anyway when all that it waits for has ended, whatever came of it", async () => {
    const steps: readonly Node[] = [
      { ...node("close", "a", "b", "c", "d"), anyway: true },
      node("a"),
      node("b"),
      node("c", "b"),
      node("d"),
    ];
    const { begun, outcomes } = await run(steps, { failing: ["b"] });
    expect(begun).toEqual(["a", "b", "d", "close"]);
    expect(outcomes).toEqual({ a: "done", b: "failed", c: "needs b", d: "done", close: "done" });
  });

  it("begins in the given order where nothing waits, and what waits as soon as it may", async () => {
    const { begun } = await run([node("c", "a", "b"), node("a"), node("b", "elsewhere")]);
    expect(begun).toEqual(["a", "b", "c"]);
  });

  it("begins the heaviest of those that may begin", async () => {
    const steps = [node("small"), node("large"), node("after", "first"), node("middle"), node("first")];
    const weights: Readonly<Record<string, number>> = { first: 9, after: 8, large: 7, middle: 5 };
    const { begun } = await run(steps, { limit: 1, weight: ({ id }) => weights[id] ?? 0 });
    expect(begun).toEqual(["first", "after", "large", "middle", "small"]);
  });

  it("skips what depends on a failure, directly or through others, and nothing else", async () => {
    const steps = [node("a"), node("b", "a"), node("c", "b"), node("d", "b", "e"), node("e"), node("f", "e")];
    const { outcomes } = await run(steps, { failing: ["a"] });
    expect(outcomes).toEqual({ a: "failed", b: "needs a", c: "needs b", d: "needs b", e: "done", f: "done" });
  });

  it("does no step twice, none before what it needs, and no more at once than the limit", async () => {
    const graphs = fc.array(fc.record({ needs: fc.array(fc.nat(30)), fails: fc.boolean() }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 5 }), async (shape, limit) => {
        const steps = shape.map(({ needs }, i) =>
          node(`${i}`, ...needs.filter((need) => need < i).map(String)),
        );
        const failing = shape.flatMap(({ fails }, i) => (fails ? [`${i}`] : []));
        const { begun, most, outcomes } = await run(steps, { failing, limit });
        expect(Object.keys(outcomes)).toHaveLength(steps.length);
        expect(new Set(begun).size).toBe(begun.length);
        expect(most).toBeLessThanOrEqual(limit);
        for (const { id, dependsOn } of steps) {
          const met = dependsOn.every((need) => outcomes[need] === "done");
          expect(begun.includes(id)).toBe(met);
          const early = dependsOn.filter((need) => met && begun.indexOf(need) > begun.indexOf(id));
          expect(early).toEqual([]);
        }
      }),
    );
  });

  it("rejects when a step is broken rather than failed, once nothing is under way, and begins nothing more", async () => {
    const ended: string[] = [];
    const broken = runGraph([node("bad"), node("slow"), node("next", "slow"), node("last")], {
      limit: () => 2,
      succeeded: () => true,
      run: async ({ id }) => {
        if (id === "bad") throw new Error("defect");
        for (let turns = 0; turns < 10; turns++) await Promise.resolve();
        ended.push(id);
        return undefined;
      },
      skip: async () => undefined,
    });
    await expect(broken).rejects.toThrow("defect");
    expect(ended).toEqual(["slow"]);
  });
});
