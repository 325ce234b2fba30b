import fc, { type GeneratorValue } from "fast-check";

/** Where the drawing of one story begins: the same seed draws the same story. */
export function drawingFrom(seed: number): GeneratorValue {
  const [g] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (g === undefined) throw new Error("nothing was drawn");
  return g;
}

/** How many stories, and the seed of the first: `CLXS_RUNS` and `CLXS_SEED`, for more of them and for others. */
export function seedsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  usual: number,
): readonly number[] {
  const first = Number(environment["CLXS_SEED"] ?? 1);
  return Array.from({ length: Number(environment["CLXS_RUNS"] ?? usual) }, (_, i) => first + i);
}
