export interface Ordered {
  /** Every node, those it depends on before it; members of cycles stand where they were met. */
  readonly order: readonly string[];
  /** Nodes that need themselves, directly or through others. */
  readonly cyclic: ReadonlySet<string>;
}

/** Orders nodes by what they depend on; dependencies that are no nodes are ignored. Linear in nodes and edges. */
export function dependencyOrder(dependencies: ReadonlyMap<string, readonly string[]>): Ordered {
  const state = new Map<string, Visit>();
  const order: string[] = [];
  const cyclic = new Set<string>();
  let count = 0;
  const open: string[] = [];
  for (const root of dependencies.keys()) {
    if (!state.has(root)) walk(root);
  }
  return { order, cyclic };

  /** Tarjan's strongly connected components with an explicit stack: a thousand views on views must not overflow. */
  function walk(root: string): void {
    const path = [enter(root)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const next = frame.pending.pop();
      if (next === undefined) {
        path.pop();
        leave(frame);
        const parent = path.at(-1);
        if (parent) parent.visit.low = Math.min(parent.visit.low, frame.visit.low);
      } else {
        const seen = state.get(next);
        if (seen === undefined) path.push(enter(next));
        else if (seen.open) frame.visit.low = Math.min(frame.visit.low, seen.index);
      }
    }
  }

  function enter(node: string): Frame {
    const visit = { index: count, low: count, open: true };
    count += 1;
    state.set(node, visit);
    open.push(node);
    const needed = dependencies.get(node) ?? [];
    if (needed.includes(node)) cyclic.add(node);
    return { node, visit, pending: needed.filter((needs) => dependencies.has(needs)).toReversed() };
  }

  function leave({ node, visit }: Frame): void {
    order.push(node);
    if (visit.low !== visit.index) return;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) {
      const memberVisit = state.get(member);
      if (memberVisit) memberVisit.open = false;
      if (component.length > 1) cyclic.add(member);
    }
  }
}

interface Visit {
  readonly index: number;
  low: number;
  open: boolean;
}

interface Frame {
  readonly node: string;
  readonly visit: Visit;
  readonly pending: string[];
}
