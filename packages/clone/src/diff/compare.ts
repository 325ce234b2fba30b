import type { InspectPorts } from "../inspect/ends.ts";
import { inspectExistingCatalog } from "../inspect/inspect.ts";
import type { CatalogDiff } from "./diff.ts";
import { diffCatalogs } from "./diff-catalogs.ts";

/** Inspects two catalogs and compares them. Throws CATALOG_NOT_FOUND for either. */
export async function compareCatalogs(
  {
    sourceCatalog,
    destinationCatalog,
  }: { readonly sourceCatalog: string; readonly destinationCatalog: string },
  ports: InspectPorts,
): Promise<CatalogDiff> {
  const options = { wanted: () => true, parallel: 4, ...(ports.signal ? { signal: ports.signal } : {}) };
  const [source, target] = await Promise.all([
    inspectExistingCatalog(ports.source, { ...options, catalog: sourceCatalog }),
    inspectExistingCatalog(ports.target, { ...options, catalog: destinationCatalog }),
  ]);
  return diffCatalogs(source, target);
}
