import { hasVersions } from "../decide/cloneable.ts";
import { isKnownByFiles } from "../decide/fingerprint.ts";
import { readPins, sourceHistories } from "../inspect/clone-histories.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import type { Inventory } from "../inspect/inventory.ts";
import { candidates, tableReaders } from "../inspect/needed-histories.ts";
import { sharedSource, type SharedSource } from "../inspect/shared-source.ts";
import type { CloneRequest } from "../request/request.ts";

type SourcePorts = Pick<InspectPorts, "source" | "signal">;

/** A source as the targets of a request read it: by one reader, whatever becomes of the target that asks first. */
export function shareSource(
  inventory: Inventory,
  { maxParallel }: CloneRequest,
  { source, signal }: SourcePorts,
): SharedSource {
  const options = { parallel: maxParallel, ...(signal ? { signal } : {}) };
  return sharedSource(inventory, {
    histories: sourceHistories({ source, ...(signal ? { signal } : {}) }, maxParallel),
    ...tableReaders(source, options),
  });
}

/** Reads the version of every table that a target may clone, so that no target gets a later one. */
export async function pinSource(shared: SharedSource, request: CloneRequest): Promise<void> {
  if (request.schemaOnly) return;
  const tables = candidates(shared.inventory, request);
  await Promise.all([
    readPins(tables.filter(hasVersions), shared.histories, request.asOf),
    shared.fingerprints(tables.filter(isKnownByFiles)),
  ]);
}
