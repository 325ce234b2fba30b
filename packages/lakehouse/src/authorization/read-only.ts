import { ExecutionError } from "../execution/execution.ts";
import type { Metastore } from "../metastore/metastore.ts";

/** Throws PERMISSION_DENIED for what would change something in a catalog from a share, whoever asks. */
export function refuseMounted(metastore: Pick<Metastore, "catalog">, catalog: string): void {
  if (metastore.catalog(catalog)?.share === undefined) return;
  throw new ExecutionError(
    "PERMISSION_DENIED",
    "42501",
    `PERMISSION_DENIED: Catalog '${catalog.toLowerCase()}' is made from a share and can only be read. SQLSTATE: 42501`,
  );
}
