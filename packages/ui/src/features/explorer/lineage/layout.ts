import { flowOf, type Graph } from "./flow.ts";

export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export const NODE = { width: 184, height: 44 };
const GAP = { x: 76, y: 14, part: 40 };

/**
 * Places a graph in layers from left to right, each node right of everything that it is made from; parts that nothing connects stand one
 * below the other, the largest first. Cycles are cut where they close. Linear but for the few sweeps that straighten the edges.
 */
export function layout(graph: Graph): readonly Placed[] {
  const links = flows(graph);
  let top = 0;
  return partsOf(
    graph.nodes.map(({ id }) => id),
    links,
  ).flatMap((ids) => {
    const layers = straightened(layersOf(ids, links), links);
    const height = Math.max(...layers.map(heightOf));
    const placed = layers.flatMap((layer, column) => {
      const offset = top + (height - heightOf(layer)) / 2;
      return layer.map((id, row) => ({
        id,
        x: column * (NODE.width + GAP.x),
        y: offset + row * (NODE.height + GAP.y),
      }));
    });
    top += height + GAP.part;
    return placed;
  });
}

const heightOf = (layer: readonly string[]) => layer.length * (NODE.height + GAP.y) - GAP.y;

interface Links {
  readonly up: ReadonlyMap<string, readonly string[]>;
  readonly down: ReadonlyMap<string, readonly string[]>;
}

function flows({ nodes, edges }: Graph): Links {
  const ids = new Set(nodes.map(({ id }) => id));
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, from: string, to: string) => {
    const list = map.get(from);
    if (list === undefined) map.set(from, [to]);
    else list.push(to);
  };
  for (const edge of edges) {
    const ends = flowOf(edge);
    if (ends.up === ends.down || !ids.has(ends.up) || !ids.has(ends.down)) continue;
    add(up, ends.down, ends.up);
    add(down, ends.up, ends.down);
  }
  return { up, down };
}

/** What is connected, each part in the order of the nodes; the largest part first. */
function partsOf(ids: readonly string[], { up, down }: Links): readonly (readonly string[])[] {
  const seen = new Set<string>();
  const parts = ids.flatMap((start) => {
    if (seen.has(start)) return [];
    const part = new Set([start]);
    for (const id of part)
      for (const next of [...(up.get(id) ?? []), ...(down.get(id) ?? [])]) part.add(next);
    for (const id of part) seen.add(id);
    return [ids.filter((id) => part.has(id))];
  });
  return parts.sort((a, b) => b.length - a.length);
}

/** By the longest way from where things begin. What nothing is above of stands right before what needs it first. */
function layersOf(ids: readonly string[], links: Links): readonly (readonly string[])[] {
  const { up, down } = withoutCycles(ids, links);
  const depth = new Map<string, number>();
  const waiting = new Map(ids.map((id) => [id, (up.get(id) ?? []).length]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (const id of ready) {
    depth.set(id, Math.max(0, ...(up.get(id) ?? []).map((each) => (depth.get(each) ?? 0) + 1)));
    for (const next of down.get(id) ?? []) {
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  for (const id of ids) {
    const after = down.get(id) ?? [];
    if ((up.get(id) ?? []).length > 0 || after.length === 0) continue;
    depth.set(id, Math.min(...after.map((each) => depth.get(each) ?? 0)) - 1);
  }
  const deepest = Math.max(0, ...depth.values());
  return Array.from({ length: deepest + 1 }, (_, layer) =>
    ids.filter((id) => depth.get(id) === layer),
  ).filter((layer) => layer.length > 0);
}

/** Leaves out the edges that lead back to where one came from; an explicit stack, because chains of views may be long. */
function withoutCycles(ids: readonly string[], { down }: Links): Links {
  const state = new Map<string, "open" | "done">();
  const kept: { readonly up: Map<string, string[]>; readonly down: Map<string, string[]> } = {
    up: new Map(),
    down: new Map(),
  };
  for (const start of ids) {
    if (state.has(start)) continue;
    const path = [{ id: start, rest: [...(down.get(start) ?? [])] }];
    state.set(start, "open");
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const next = here.rest.shift();
      if (next === undefined) {
        state.set(here.id, "done");
        path.pop();
        continue;
      }
      if (state.get(next) === "open") continue;
      kept.down.set(here.id, [...(kept.down.get(here.id) ?? []), next]);
      kept.up.set(next, [...(kept.up.get(next) ?? []), here.id]);
      if (state.has(next)) continue;
      state.set(next, "open");
      path.push({ id: next, rest: [...(down.get(next) ?? [])] });
    }
  }
  return kept;
}

const SWEEPS = 6;

/** Orders each layer by where its neighbours stand, to and fro. */
function straightened(
  layers: readonly (readonly string[])[],
  { up, down }: Links,
): readonly (readonly string[])[] {
  let now = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const places = new Map(
      now.flatMap((layer) => layer.map((id, row) => [id, row - layer.length / 2] as const)),
    );
    const beside = sweep % 2 === 0 ? up : down;
    now = now.map((layer) => inOrderOf(layer, places, beside));
  }
  return now;
}

function inOrderOf(
  layer: readonly string[],
  places: ReadonlyMap<string, number>,
  beside: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const weight = (id: string) => {
    const neighbours = (beside.get(id) ?? []).flatMap((each) => places.get(each) ?? []);
    if (neighbours.length === 0) return places.get(id) ?? 0;
    return neighbours.reduce((sum, place) => sum + place, 0) / neighbours.length;
  };
  const weights = new Map(layer.map((id) => [id, weight(id)]));
  return [...layer].sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
}
