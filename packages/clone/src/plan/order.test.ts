import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dependencyOrder } from "./order.ts";

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

describe("dependencyOrder", () => {
  it("puts what is needed first", () => {
    const ordered = dependencyOrder(graph({ a: ["b", "c"], b: ["c"], c: ["elsewhere"] }));
    expect(ordered).toEqual({ order: ["c", "b", "a"], cyclic: new Set() });
  });

  it("names the members of a cycle and not those who only lean on it", () => {
    const edges = { a: ["b"], b: ["c"], c: ["b"], self: ["self"], free: [] };
    expect(dependencyOrder(graph(edges)).cyclic).toEqual(new Set(["b", "c", "self"]));
  });

  it("orders a chain of ten thousand", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`v${i}`, i === 0 ? [] : [`v${i - 1}`]]),
    );
    const { order } = dependencyOrder(new Map(Object.entries(chain).toReversed()));
    expect([order.length, order[0], order.at(-1)]).toEqual([10_000, "v0", "v9999"]);
  });

  it("orders every graph without cycles, and finds every cycle", () => {
    const edges = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(edges, (lists) => {
        const nodes = new Map(lists.map((list, i) => [`${i}`, list.map(String)]));
        const { order, cyclic } = dependencyOrder(nodes);
        expect([...order].sort()).toEqual([...nodes.keys()].sort());
        const inCycles = [...nodes].filter(([node, needed]) => reaches(nodes, needed, node));
        expect([...cyclic].sort()).toEqual(inCycles.map(([node]) => node).sort());
        const misplaced = [...nodes].flatMap(([node, needed]) =>
          needed.filter((other) => {
            const together = other === node || reaches(nodes, nodes.get(other) ?? [], node);
            return !together && order.indexOf(other) > order.indexOf(node);
          }),
        );
        expect(misplaced).toEqual([]);
      }),
    );
  });
});

function reaches(
  nodes: ReadonlyMap<string, readonly string[]>,
  from: readonly string[],
  goal: string,
): boolean {
  const seen = new Set(from);
  for (const node of seen) for (const next of nodes.get(node) ?? []) seen.add(next);
  return seen.has(goal);
}
