import type { Means } from "./equivalents.ts";
import { command, fitsList, flag, listFlag } from "./shell.ts";

/** A saved connection, and the catalog that is meant there. */
interface SavedTarget {
  readonly connection: string;
  readonly destination_catalog: string;
}

export interface EstimateBody {
  readonly source_catalog: string;
  readonly destination_catalog?: string;
  readonly target_workspace?: SavedTarget;
  readonly include_schemas?: readonly string[];
  readonly exclude_schemas?: readonly string[];
  readonly storage_usd_per_gb_month?: number;
}

/** What a clone weighs and costs. */
export function estimating(body: EstimateBody): Means {
  const { source_catalog, storage_usd_per_gb_month: price } = body;
  const cli = command("clxs estimate", [
    flag("--source", source_catalog),
    ...scopeFlags(body),
    ...(price === undefined ? [] : [flag("--storage-price", price)]),
  ]);
  return {
    ...(fitsFlags(body) ? { cli } : {}),
    call: { method: "POST", path: "/api/estimate", body },
  };
}

export interface CompareBody {
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly target_workspace?: SavedTarget;
  readonly include_schemas?: readonly string[];
  readonly exclude_schemas?: readonly string[];
}

/** Where two catalogs differ. */
export function comparing(body: CompareBody): Means {
  const cli = command("clxs diff", [flag("--source", body.source_catalog), ...scopeFlags(body)]);
  return {
    ...(fitsFlags(body) ? { cli } : {}),
    call: { method: "POST", path: "/api/diff", body },
  };
}

type Scope = Omit<EstimateBody, "source_catalog">;

function scopeFlags(scope: Scope): readonly string[] {
  const { destination_catalog: destination, target_workspace: target } = scope;
  return [
    ...(destination === undefined || target !== undefined ? [] : [flag("--dest", destination)]),
    ...(target === undefined
      ? []
      : [flag("--target", `name=${target.connection},dest=${target.destination_catalog}`)]),
    ...listFlag("--include-schemas", scope.include_schemas),
    ...listFlag("--exclude-schemas", scope.exclude_schemas),
  ];
}

/** What a flag splits at a comma, or trims, cannot be said by one. */
function fitsFlags({ include_schemas, exclude_schemas, target_workspace: target }: Scope): boolean {
  const lists = [include_schemas, exclude_schemas].filter((list) => list !== undefined);
  const words = target === undefined ? [] : [target.connection, target.destination_catalog];
  return lists.every(fitsList) && words.every((word) => fitsList([word]));
}
