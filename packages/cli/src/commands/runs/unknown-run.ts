import { UsageError } from "../../usage-error.ts";

/** The error for an id that no run has. */
export function unknownRun(id: string): UsageError {
  return new UsageError(`There is no run ${id}. clxs runs list shows those there are.`);
}
