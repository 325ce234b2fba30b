import { INVARIANTS } from "./invariants.ts";
import { type Simulated, simulate } from "./simulate.ts";
import { openWorld } from "./world.ts";

export interface Seeds {
  readonly first: number;
  readonly count: number;
}

export interface Played {
  readonly held: readonly Simulated[];
  /** What broke, and with which seed; the rest was not played. */
  readonly broken?: { readonly seed: number; readonly why: string };
}

/** Plays seed after seed in one embedded workspace, until one breaks an invariant. */
export async function play({ first, count }: Seeds, progress: (line: string) => void): Promise<Played> {
  const world = await openWorld();
  const held: Simulated[] = [];
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      held.push(await simulate(world, seed));
      if (held.length % 50 === 0) progress(`${held.length} seeds held`);
    }
    return { held };
  } catch (error) {
    return {
      held,
      broken: { seed: first + held.length, why: error instanceof Error ? error.message : String(error) },
    };
  } finally {
    await world.close();
  }
}

/** How often each thing was injected and checked. */
export function totalsOf(held: readonly Simulated[]): string {
  const line = (what: string, counts: readonly Readonly<Record<string, number>>[]) => {
    const names = Object.keys(counts[0] ?? {});
    const sums = names.map((name) => `${name} ${counts.reduce((sum, each) => sum + (each[name] ?? 0), 0)}`);
    return `${what}: ${sums.join(", ")}`;
  };
  return [
    line(
      "injected",
      held.map(({ injected }) => injected),
    ),
    line(
      "checked",
      held.map(({ checked }) => checked),
    ),
    ...Object.entries(INVARIANTS).map(([name, text]) => `  ${name}: ${text}`),
  ].join("\n");
}
