import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aroundObject, aroundSchema, flowOf, type Graph, lineageId, sentencesOf } from "./flow.ts";
import { layout, NODE } from "./layout.ts";

type Why = Graph["edges"][number]["why"];

function graphOf(...edges: readonly (readonly [from: string, why: Why, to: string])[]): Graph {
  const ids = [...new Set(edges.flatMap(([from, , to]) => [from, to]))];
  return {
    nodes: ids.map((id) => ({
      id,
      kind: "table",
      catalog: "c",
      schema: id[0] ?? "",
      name: id,
      other_catalog: false,
      note: null,
    })),
    edges: edges.map(([from, why, to]) => ({ from, why, to })),
  };
}

const columnOf = (graph: Graph, id: string) => layout(graph).nodes.find((each) => each.id === id)?.x;

describe("the layout", () => {
  it("puts each node right of what it is made from, and a mask left of what it covers", () => {
    const graph = graphOf(
      ["view", "reads", "table"],
      ["view2", "reads", "view"],
      ["mask", "masks", "table"],
      ["view2", "calls", "f"],
      ["mask", "calls", "inner"],
    );
    const x = (id: string) => columnOf(graph, id) ?? Number.NaN;
    const order = ["inner", "mask", "table", "view", "view2"];
    expect(order.map(x)).toEqual(order.map(x).toSorted((a, b) => a - b));
    expect(new Set(order.map(x)).size).toBe(5);
    expect(x("f")).toBe(x("view"));
  });

  it("uncrosses edges that need not cross", () => {
    const graph = graphOf(
      ["v1", "reads", "b"],
      ["v2", "reads", "a"],
      ["v1", "reads", "b2"],
      ["w", "reads", "v1"],
      ["w", "reads", "v2"],
    );
    const y = new Map(layout(graph).nodes.map((each) => [each.id, each.y]));
    const above = (a: string, b: string) => (y.get(a) ?? 0) < (y.get(b) ?? 0);
    expect(above("b", "a")).toBe(above("v1", "v2"));
  });

  it("never puts two nodes on each other, and edges only go right unless they close a cycle", () => {
    const id = fc.integer({ min: 0, max: 12 }).map((n) => `n${n}`);
    const why = fc.constantFrom<Why>("reads", "calls", "masks", "references");
    fc.assert(
      fc.property(fc.array(fc.tuple(id, why, id), { minLength: 1, maxLength: 40 }), (edges) => {
        const graph = graphOf(...edges);
        const { nodes: placed } = layout(graph);
        expect(placed.map((each) => each.id).sort()).toEqual(graph.nodes.map((node) => node.id).sort());
        for (const [index, a] of placed.entries())
          for (const b of placed.slice(index + 1))
            expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height).toBe(true);
        const x = new Map(placed.map((each) => [each.id, each.x]));
        const backwards = graph.edges.filter((edge) => {
          const { up, down } = flowOf(edge);
          return (x.get(up) ?? 0) >= (x.get(down) ?? 0) && !cyclic(graph, up, down);
        });
        expect(backwards).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a lane free for an edge that passes other nodes", () => {
    const graph = graphOf(["b", "reads", "a"], ["c", "reads", "b"], ["d", "reads", "c"], ["d", "reads", "a"]);
    const { nodes, edges } = layout(graph);
    const passing = edges.find(({ edge }) => edge.from === "d" && edge.to === "a")?.through ?? [];
    expect(passing.map(({ x }) => x)).toEqual(
      ["b", "c"].map((id) => nodes.find((node) => node.id === id)?.x),
    );
    for (const { x, y } of passing)
      expect(nodes.filter((node) => node.x === x && node.y < y && y < node.y + NODE.height)).toEqual([]);
    expect(edges.filter(({ through }) => through.length > 0)).toHaveLength(1);
  });

  it("takes a chain of thousands of views", () => {
    const chain = Array.from({ length: 3000 }, (_, i) => [`v${i + 1}`, "reads", `v${i}`] as const);
    const { nodes: placed } = layout(graphOf(...chain));
    expect(new Set(placed.map(({ x }) => x)).size).toBe(3001);
  });
});

/** Whether one comes back from `down` to `up`. */
function cyclic({ edges }: Graph, up: string, down: string): boolean {
  const reached = new Set([down]);
  for (const id of reached)
    for (const edge of edges) if (flowOf(edge).up === id) reached.add(flowOf(edge).down);
  return reached.has(up);
}

describe("what is around an object", () => {
  const graph = graphOf(
    ["v", "reads", "t"],
    ["w", "reads", "v"],
    ["other", "reads", "t"],
    ["m", "masks", "t"],
    ["far", "reads", "elsewhere"],
  );
  const ids = ({ nodes }: Graph) => nodes.map(({ id }) => id).sort();

  it("is what it is made from and what is made from it, not its siblings", () => {
    expect(ids(aroundObject(graph, "v"))).toEqual(["m", "t", "v", "w"]);
    expect(ids(aroundObject(graph, "t"))).toEqual(["m", "other", "t", "v", "w"]);
    expect(ids(aroundObject(graph, "nobody"))).toEqual([]);
  });

  it("is, of a schema, what is next to it", () => {
    expect(ids(aroundSchema(graph, "W"))).toEqual(["v", "w"]);
  });

  it("is said in words", () => {
    const words = sentencesOf(graph, "t").map(({ words, nodes }) => [words, nodes.map(({ id }) => id)]);
    expect(words).toEqual([
      ["is read by", ["other", "v"]],
      ["is masked by", ["m"]],
    ]);
    expect(sentencesOf(graph, "w").map(({ words }) => words)).toEqual(["reads"]);
  });
});

it("knows objects by names as Unity Catalog compares them", () => {
  expect(lineageId("table", "C", "s", "T")).toBe("relation:c.s.t");
  expect(lineageId("function", "C", "s", "T")).toBe("function:c.s.t");
});
