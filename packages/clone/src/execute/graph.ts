/** What the graph needs of a step. */
export interface Node {
  readonly id: string;
  readonly dependsOn: readonly string[];
  /** It waits for what it depends on, and is run whatever came of that. */
  readonly anyway?: true;
}

export interface GraphOptions<Step extends Node, Outcome> {
  /** Steps that may be under way at the same time, at that moment. */
  readonly limit: () => number;
  /** Of steps that may begin, those with the greatest weight go first; in their given order where it is equal. */
  readonly weight?: (step: Step) => number;
  /**
   * Carries a step out; a failure is an outcome, so a rejection is a defect: no further step is begun, and when those under way
   * have ended the whole rejects with it.
   */
  readonly run: (step: Step) => Promise<Outcome>;
  /** Whether those who depend on the step may go on. */
  readonly succeeded: (outcome: Outcome) => boolean;
  /** Says what became of a step that cannot run because of `failed`. */
  readonly skip: (step: Step, failed: Step) => Promise<Outcome>;
}

/**
 * Runs steps as soon as those they depend on have succeeded, in their given order otherwise. When one fails, everything that
 * depends on it is skipped, directly or through others, but for what is run anyway; the rest goes on. Dependencies on ids that are no steps count as met.
 */
export async function runGraph<Step extends Node, Outcome>(
  steps: readonly Step[],
  options: GraphOptions<Step, Outcome>,
): Promise<ReadonlyMap<string, Outcome>> {
  const graph = openGraph(steps, options.weight ?? (() => 0));
  const outcomes = new Map<string, Outcome>();
  const running = new Set<Promise<void>>();
  const defects: unknown[] = [];

  const settle = async (step: Step, outcome: Outcome): Promise<void> => {
    outcomes.set(step.id, outcome);
    if (options.succeeded(outcome)) return graph.release(step);
    for (const dependent of graph.dependents(step)) {
      if (dependent.anyway) graph.lessen(dependent);
      else if (!outcomes.has(dependent.id)) await settle(dependent, await options.skip(dependent, step));
    }
  };
  const start = (step: Step): void => {
    const work = (async () => settle(step, await options.run(step)))()
      .catch((defect: unknown) => void defects.push(defect))
      .finally(() => running.delete(work));
    running.add(work);
  };

  for (;;) {
    while (running.size < options.limit() && defects.length === 0) {
      const step = graph.take();
      if (step === undefined) break;
      start(step);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (defects.length > 0) throw defects[0];
  return outcomes;
}

interface OpenGraph<Step> {
  /** The next step whose dependencies are met. */
  take(): Step | undefined;
  /** The step succeeded: those who waited only for it become ready. */
  release(step: Step): void;
  /** The step waits for one less. */
  lessen(step: Step): void;
  dependents(step: Step): readonly Step[];
}

function openGraph<Step extends Node>(
  steps: readonly Step[],
  weight: (step: Step) => number,
): OpenGraph<Step> {
  const known = new Set(steps.map(({ id }) => id));
  const waitsFor = new Map<string, number>();
  const dependents = new Map<string, Step[]>(steps.map(({ id }) => [id, []]));
  for (const step of steps) {
    const needed = [...new Set(step.dependsOn)].filter((id) => known.has(id));
    waitsFor.set(step.id, needed.length);
    for (const id of needed) dependents.get(id)?.push(step);
  }
  const ready = queueBy(weight, new Map(steps.map(({ id }, place) => [id, place])));
  for (const step of steps) if (waitsFor.get(step.id) === 0) ready.add(step);
  const lessen = (step: Step): void => {
    const left = (waitsFor.get(step.id) ?? 0) - 1;
    waitsFor.set(step.id, left);
    if (left === 0) ready.add(step);
  };
  return {
    take: ready.take,
    lessen,
    release: (step) => {
      for (const dependent of dependents.get(step.id) ?? []) lessen(dependent);
    },
    dependents: (step) => dependents.get(step.id) ?? [],
  };
}

/** A binary heap: the heaviest first, then the one whose place is first. */
function queueBy<Step extends Node>(weight: (step: Step) => number, places: ReadonlyMap<string, number>) {
  const heap: Step[] = [];
  const before = (a: Step, b: Step): boolean => {
    const heavier = weight(a) - weight(b);
    return heavier > 0 || (heavier === 0 && (places.get(a.id) ?? 0) < (places.get(b.id) ?? 0));
  };
  const put = (at: number, step: Step): void => {
    heap[at] = step;
  };
  const rise = (step: Step): void => {
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above];
      if (other === undefined || !before(step, other)) break;
      put(at, other);
      at = above;
    }
    put(at, step);
  };
  const sink = (step: Step): void => {
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const [next, place] = right && before(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
      if (!before(next, step)) break;
      put(at, next);
      at = place;
    }
    put(at, step);
  };
  return {
    add: rise,
    take: (): Step | undefined => {
      const [first] = heap;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) sink(last);
      return first;
    },
  };
}
