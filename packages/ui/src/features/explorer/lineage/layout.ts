import { flowOf, type Graph, type LineageEdge } from "./flow.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  /** Upper left corners. */
  readonly nodes: readonly (Point & { readonly id: string })[];
  /** Where each edge passes between other nodes, as the middle left of the lanes that are kept free for it; from up to down. */
  readonly edges: readonly { readonly edge: LineageEdge; readonly through: readonly Point[] }[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 172, height: 44 };
const LANE = 10;
const GAP = { x: 54, y: 14, part: 36 };

/**
 * Places a graph in layers from left to right, each node right of everything that it is made from; an edge that spans layers has a lane of
 * its own in each. Parts that nothing connects stand one below the other, the largest first. Cycles are cut where they close. Linear but for
 * the few sweeps that straighten the edges.
 */
export function layout(graph: Graph): Layout {
  const links = flows(graph);
  const places = new Map<string, Point>();
  const parts = partsOf(
    graph.nodes.map(({ id }) => id),
    links,
  );
  let top = 0;
  let width = 0;
  for (const ids of parts) {
    const laned = withLanes(layersOf(ids, links), links);
    const layers = straightened(laned.layers, laned.links);
    const height = Math.max(...layers.map(heightOf));
    for (const [column, layer] of layers.entries()) {
      let y = top + (height - heightOf(layer)) / 2;
      for (const id of layer) {
        places.set(id, { x: column * (NODE.width + GAP.x), y });
        y += heightIn(id) + GAP.y;
      }
    }
    top += height + GAP.part;
    width = Math.max(width, layers.length * (NODE.width + GAP.x) - GAP.x);
  }
  const nodes = graph.nodes.flatMap(({ id }) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ id, ...place }];
  });
  const edges = graph.edges.map((edge) => ({ edge, through: lanesOf(edge, places) }));
  return { nodes, edges, width, height: Math.max(0, top - GAP.part) };
}

/** A lane of an edge in a layer that it passes. Ids of nodes begin with their kind, never with this. */
const laneId = (up: string, down: string, layer: number) => `\u0000${layer}\u0000${up}\u0000${down}`;
const isLane = (id: string) => id.startsWith("\u0000");
const heightIn = (id: string) => (isLane(id) ? LANE : NODE.height);

function heightOf(layer: readonly string[]): number {
  return layer.reduce((sum, id) => sum + heightIn(id) + GAP.y, -GAP.y);
}

function lanesOf(edge: LineageEdge, places: ReadonlyMap<string, Point>): readonly Point[] {
  const { up, down } = flowOf(edge);
  const [from, to] = [places.get(up), places.get(down)];
  if (from === undefined || to === undefined) return [];
  const columnOf = ({ x }: Point) => Math.round(x / (NODE.width + GAP.x));
  const between = Math.max(0, columnOf(to) - columnOf(from) - 1);
  return Array.from({ length: between }, (_, i) =>
    places.get(laneId(up, down, columnOf(from) + i + 1)),
  ).flatMap((place) => (place === undefined ? [] : [{ x: place.x, y: place.y + LANE / 2 }]));
}

interface Links {
  readonly up: ReadonlyMap<string, readonly string[]>;
  readonly down: ReadonlyMap<string, readonly string[]>;
}

/** Links that are being put together; two nodes are linked once, however many edges they have. */
function newLinks() {
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, from: string, to: string) => {
    const list = map.get(from);
    if (list === undefined) map.set(from, [to]);
    else list.push(to);
  };
  const link = (above: string, below: string) => {
    add(up, below, above);
    add(down, above, below);
  };
  return { up, down, link };
}

function flows({ nodes, edges }: Graph): Links {
  const ids = new Set(nodes.map(({ id }) => id));
  const links = newLinks();
  const seen = new Set<string>();
  for (const edge of edges) {
    const { up, down } = flowOf(edge);
    const key = `${up}\u0000${down}`;
    if (up === down || !ids.has(up) || !ids.has(down) || seen.has(key)) continue;
    seen.add(key);
    links.link(up, down);
  }
  return links;
}

/** What is connected, each part in the order of the nodes; the largest part first. */
function partsOf(ids: readonly string[], { up, down }: Links): readonly (readonly string[])[] {
  const seen = new Map<string, number>();
  const parts: string[][] = [];
  for (const start of ids) {
    if (seen.has(start)) continue;
    const part = new Set([start]);
    for (const id of part)
      for (const next of [...(up.get(id) ?? []), ...(down.get(id) ?? [])]) part.add(next);
    for (const id of part) seen.set(id, parts.length);
    parts.push([]);
  }
  for (const id of ids) parts[seen.get(id) ?? 0]?.push(id);
  return parts.sort((a, b) => b.length - a.length);
}

/** By the longest way from where things begin. What nothing is above of stands right before what needs it first. */
function layersOf(ids: readonly string[], links: Links): readonly (readonly string[])[] {
  const { up, down } = withoutCycles(ids, links);
  const depth = new Map<string, number>();
  const waiting = new Map(ids.map((id) => [id, (up.get(id) ?? []).length]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (const id of ready) {
    depth.set(
      id,
      (up.get(id) ?? []).reduce((most, each) => Math.max(most, (depth.get(each) ?? 0) + 1), 0),
    );
    for (const next of down.get(id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  for (const id of ids) {
    const after = down.get(id) ?? [];
    if ((up.get(id) ?? []).length > 0 || after.length === 0) continue;
    const first = after.reduce(
      (least, each) => Math.min(least, depth.get(each) ?? 0),
      Number.POSITIVE_INFINITY,
    );
    depth.set(id, first - 1);
  }
  const layers: string[][] = [];
  for (const id of ids) (layers[depth.get(id) ?? 0] ??= []).push(id);
  return layers.filter((layer) => layer.length > 0);
}

/** Leaves out the links that lead back to where one came from; an explicit stack, because chains of views may be long. */
function withoutCycles(ids: readonly string[], { down }: Links): Links {
  const state = new Map<string, "open" | "done">();
  const kept = newLinks();
  for (const start of ids) {
    if (state.has(start)) continue;
    const path = [{ id: start, rest: [...(down.get(start) ?? [])] }];
    state.set(start, "open");
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const next = here.rest.pop();
      if (next === undefined) {
        state.set(here.id, "done");
        path.pop();
        continue;
      }
      if (state.get(next) === "open") continue;
      kept.link(here.id, next);
      if (state.has(next)) continue;
      state.set(next, "open");
      path.push({ id: next, rest: [...(down.get(next) ?? [])] });
    }
  }
  return kept;
}

/** Gives a link that spans layers a lane in each, so that it is straightened with the nodes and runs through none of them. */
function withLanes(layers: readonly (readonly string[])[], { down }: Links) {
  const layerOf = new Map(layers.flatMap((layer, index) => layer.map((id) => [id, index] as const)));
  const laned = layers.map((layer) => [...layer]);
  const links = newLinks();
  for (const [from, index] of layerOf)
    for (const to of down.get(from) ?? []) {
      let before = from;
      for (let layer = index + 1; layer < (layerOf.get(to) ?? 0); layer += 1) {
        const lane = laneId(from, to, layer);
        laned[layer]?.push(lane);
        links.link(before, lane);
        before = lane;
      }
      links.link(before, to);
    }
  return { layers: laned, links };
}

const SWEEPS = 8;

/** Orders each layer by where its neighbours stand, to and fro. */
function straightened(
  layers: readonly (readonly string[])[],
  { up, down }: Links,
): readonly (readonly string[])[] {
  const now = layers.map((layer) => [...layer]);
  const places = new Map<string, number>();
  const note = (layer: readonly string[]) => {
    for (const [row, id] of layer.entries()) places.set(id, row - layer.length / 2);
  };
  now.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forth = sweep % 2 === 0;
    const order = forth ? now : now.toReversed();
    for (const layer of order) {
      const weights = new Map(layer.map((id) => [id, weightOf(id, places, forth ? up : down)]));
      layer.sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
      note(layer);
    }
  }
  return now;
}

function weightOf(
  id: string,
  places: ReadonlyMap<string, number>,
  beside: ReadonlyMap<string, readonly string[]>,
): number {
  const neighbours = (beside.get(id) ?? []).flatMap((each) => places.get(each) ?? []);
  if (neighbours.length === 0) return places.get(id) ?? 0;
  return neighbours.reduce((sum, place) => sum + place, 0) / neighbours.length;
}
