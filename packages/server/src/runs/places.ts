import { isHeld, type Looking } from "./abandoned.ts";
import type { RunEntry } from "./rows.ts";

/** The run that writes to each place now, in this process or in another that lives. */
export function writersOf(looking: Looking): ReadonlyMap<string, string> {
  const running = looking.store.inState("running", "cancelling").filter((run) => isHeld(run, looking));
  return new Map(running.flatMap((run) => placesOf(run).map((place) => [place, run.id])));
}

/** Where a run writes to: a catalog of the same name in another workspace is another place. Names of catalogs are case-insensitive. */
export function placesOf({ facts: { targets, destinationCatalog } }: RunEntry): readonly string[] {
  return targets.length > 0 ? targets.map(({ place }) => place) : [destinationCatalog.toLowerCase()];
}
