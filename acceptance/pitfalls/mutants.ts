import { executionMutants } from "./execution-mutants.ts";
import type { Mutant } from "./mutant.ts";

/** Every mutant, in the order of the pitfalls. */
export const mutants: readonly Mutant[] = [...executionMutants].toSorted((a, b) => a.pitfall - b.pitfall);
