import { isKnownByFiles } from "../decide/fingerprint.ts";
import { clonedTable, readCloneHistories } from "../inspect/clone-histories.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import { readFingerprints } from "../inspect/fingerprints.ts";
import { inspectExistingCatalog } from "../inspect/inspect.ts";
import type { Inventory } from "../inspect/inventory.ts";
import type { CatalogDiff } from "./diff.ts";
import { diffCatalogs } from "./diff-catalogs.ts";
import { sameNamed } from "./rows.ts";

/** Listings and statements under way at the same time, at each end. */
const PARALLEL = 4;

/** Inspects two catalogs and compares them; rows as far as the histories of clones and their sources tell. Throws CATALOG_NOT_FOUND for either. */
export async function compareCatalogs(
  {
    sourceCatalog,
    destinationCatalog,
  }: { readonly sourceCatalog: string; readonly destinationCatalog: string },
  ports: InspectPorts,
): Promise<CatalogDiff> {
  const options = {
    wanted: () => true,
    parallel: PARALLEL,
    ...(ports.signal ? { signal: ports.signal } : {}),
  };
  const [source, target] = await Promise.all([
    inspectExistingCatalog(ports.source, { ...options, catalog: sourceCatalog }),
    inspectExistingCatalog(ports.target, { ...options, catalog: destinationCatalog }),
  ]);
  return diffCatalogs(...(await withCloneHistories(source, target, ports)));
}

/** Of what stands at both ends, the histories and files that tell whether the rows are still the same. */
async function withCloneHistories(
  source: Inventory,
  target: Inventory,
  ports: InspectPorts,
): Promise<readonly [Inventory, Inventory]> {
  const clones = sameNamed(source, target).flatMap(
    (pair) => clonedTable(pair.source, pair.target, pair.targetName) ?? [],
  );
  const listed = clones.map((clone) => clone.source).filter(isKnownByFiles);
  const options = { parallel: PARALLEL, ...(ports.signal ? { signal: ports.signal } : {}) };
  const [histories, fingerprints] = await Promise.all([
    readCloneHistories(clones, ports, { parallel: PARALLEL, asOf: { kind: "latest" } }),
    readFingerprints(ports.source.statements, listed, options),
  ]);
  return [
    { ...source, histories: histories.source, fingerprints },
    { ...target, histories: histories.target },
  ];
}
