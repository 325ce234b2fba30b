import type { Shape } from "../../../api/api.ts";

type Lineage = Shape<"Lineage">;
export type LineageNode = Lineage["nodes"][number];
export type LineageEdge = Lineage["edges"][number];

/** A part of a lineage. */
export type Graph = Pick<Lineage, "nodes" | "edges">;

/** The two ends of an edge as things flow: what a mask covers is changed by it, everything else is made from what it names. */
export function flowOf({ from, to, why }: LineageEdge): { readonly up: string; readonly down: string } {
  return why === "masks" || why === "filters" ? { up: from, down: to } : { up: to, down: from };
}

/** What an object is made from, and what is made from it, however far. */
export function aroundObject(graph: Graph, id: string): Graph {
  const reached = new Set([...reach(graph, id, "up"), ...reach(graph, id, "down")]);
  return restrictedTo(graph, reached);
}

/** What a schema holds, and what is next to that. */
export function aroundSchema(graph: Graph, schema: string): Graph {
  const inside = new Set(
    graph.nodes.filter((node) => !node.other_catalog && same(node.schema, schema)).map(({ id }) => id),
  );
  const edges = graph.edges.filter(({ from, to }) => inside.has(from) || inside.has(to));
  const ids = new Set([...inside, ...edges.flatMap(({ from, to }) => [from, to])]);
  return { nodes: graph.nodes.filter(({ id }) => ids.has(id)), edges };
}

function reach({ edges }: Graph, start: string, towards: "up" | "down"): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const { up, down } = flowOf(edge);
    const [from, to] = towards === "up" ? [down, up] : [up, down];
    const list = next.get(from);
    if (list === undefined) next.set(from, [to]);
    else list.push(to);
  }
  const reached = new Set([start]);
  // A set is walked in the order in which it grows.
  for (const id of reached) for (const other of next.get(id) ?? []) reached.add(other);
  return reached;
}

function restrictedTo({ nodes, edges }: Graph, ids: ReadonlySet<string>): Graph {
  return {
    nodes: nodes.filter(({ id }) => ids.has(id)),
    edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}

/** The id of an object in a lineage. */
export function lineageId(kind: string, catalog: string, schema: string, name: string): string {
  const of = kind === "function" ? "function" : "relation";
  return `${of}:${catalog}.${schema}.${name}`.toLowerCase();
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

type Why = LineageEdge["why"];

/** An edge as a sentence, from either end. */
export const WORDS: Readonly<Record<Why, { readonly active: string; readonly passive: string }>> = {
  reads: { active: "reads", passive: "is read by" },
  calls: { active: "calls", passive: "is called by" },
  masks: { active: "masks", passive: "is masked by" },
  filters: { active: "filters", passive: "is filtered by" },
  references: { active: "references", passive: "is referenced by" },
  cloned_from: { active: "is a clone of", passive: "was cloned to" },
};

/** What is next to an object, in words; in the order of `WORDS`. */
export function sentencesOf(
  graph: Graph,
  id: string,
): readonly { readonly words: string; readonly nodes: readonly LineageNode[] }[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const ends = (ids: readonly string[]) => ids.toSorted().flatMap((each) => nodes.get(each) ?? []);
  const whys = Object.keys(WORDS) as readonly Why[];
  return whys
    .flatMap((why) => [
      {
        words: WORDS[why].active,
        nodes: ends(graph.edges.filter((edge) => edge.why === why && edge.from === id).map(({ to }) => to)),
      },
      {
        words: WORDS[why].passive,
        nodes: ends(graph.edges.filter((edge) => edge.why === why && edge.to === id).map(({ from }) => from)),
      },
    ])
    .filter((sentence) => sentence.nodes.length > 0);
}
