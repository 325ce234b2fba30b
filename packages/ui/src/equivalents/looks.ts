import type { Means } from "./equivalents.ts";
import { command, fitsList, flag, listFlag } from "./shell.ts";

export interface EstimateBody {
  readonly source_catalog: string;
  readonly destination_catalog?: string;
  readonly include_schemas?: readonly string[];
  readonly exclude_schemas?: readonly string[];
  readonly storage_usd_per_gb_month?: number;
}

/** What a clone weighs and costs. */
export function estimating(body: EstimateBody): Means {
  const { source_catalog, destination_catalog, include_schemas, exclude_schemas } = body;
  const price = body.storage_usd_per_gb_month;
  const lists = [include_schemas, exclude_schemas].filter((list) => list !== undefined);
  const cli = command("clxs estimate", [
    flag("--source", source_catalog),
    ...(destination_catalog === undefined ? [] : [flag("--dest", destination_catalog)]),
    ...listFlag("--include-schemas", include_schemas),
    ...listFlag("--exclude-schemas", exclude_schemas),
    ...(price === undefined ? [] : [flag("--storage-price", price)]),
  ]);
  return {
    ...(lists.every(fitsList) ? { cli } : {}),
    call: { method: "POST", path: "/api/estimate", body },
  };
}

export interface CatalogPair {
  readonly source_catalog: string;
  readonly destination_catalog: string;
}

/** Where two catalogs differ. */
export function comparing({ source_catalog, destination_catalog }: CatalogPair): Means {
  return {
    cli: command("clxs diff", [flag("--source", source_catalog), flag("--dest", destination_catalog)]),
    call: { method: "POST", path: "/api/diff", body: { source_catalog, destination_catalog } },
  };
}
