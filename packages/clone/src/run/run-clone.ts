import type { Inventory } from "../inspect/inventory.ts";
import type { CatalogDiff } from "../diff/diff.ts";
import { CloneError } from "../errors.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunSummary } from "../summarize/summary.ts";
import type { RunPorts } from "./run.ts";

/** What looking needs: no ledger, nothing is changed. */
export type InspectPorts = Pick<RunPorts, "source" | "target" | "signal">;

/**
 * Carries out one clone request. Resolves with the summary also when objects failed, when the run was refused and when it was
 * cancelled. Throws a CloneError when the run cannot begin (unknown source catalog) and lets errors of the workspace's
 * connection pass.
 */
export async function runClone(
  _request: CloneRequest,
  _ports: RunPorts,
  _runId: string,
): Promise<RunSummary> {
  throw new CloneError("INTERNAL", "Running is being built.");
}

/** Inspects and plans, and changes nothing. Throws as `runClone` does. */
export async function previewClone(_request: CloneRequest, _ports: InspectPorts): Promise<ClonePlan> {
  throw new CloneError("INTERNAL", "Running is being built.");
}

/** Inspects both catalogs and compares them. Throws CATALOG_NOT_FOUND for either. */
export async function compareCatalogs(
  _catalogs: { readonly sourceCatalog: string; readonly destinationCatalog: string },
  _ports: InspectPorts,
): Promise<CatalogDiff> {
  throw new CloneError("INTERNAL", "Comparing is being built.");
}

/** The plan of a request over what was found at both ends; `undefined` target: the destination does not exist yet. Pure. */
export function planClone(
  _request: CloneRequest,
  _source: Inventory,
  _target: Inventory | undefined,
): ClonePlan {
  throw new CloneError("INTERNAL", "Planning is being built.");
}
