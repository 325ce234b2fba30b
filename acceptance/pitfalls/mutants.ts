import { executionMutants } from "./execution-mutants.ts";
import { guardMutants } from "./guard-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { planningMutants } from "./planning-mutants.ts";
import { streamMutants } from "./stream-mutants.ts";
import { surfaceMutants } from "./surface-mutants.ts";

/** Every mutant, in the order of the pitfalls. */
export const mutants: readonly Mutant[] = [
  ...executionMutants,
  ...planningMutants,
  ...guardMutants,
  ...streamMutants,
  ...surfaceMutants,
].toSorted((a, b) => a.pitfall - b.pitfall);
