import { schemaInScope } from "../decide/scope.ts";
import { CloneError } from "../errors.ts";
import { isKnownByFiles } from "../decide/fingerprint.ts";
import { clonedTable, readCloneHistories } from "../inspect/clone-histories.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import { readFingerprints } from "../inspect/fingerprints.ts";
import { inspectExistingCatalog } from "../inspect/inspect.ts";
import type { Inventory } from "../inspect/inventory.ts";
import { nearest } from "../request/nearest.ts";
import type { CatalogComparison } from "./comparison.ts";
import type { CatalogDiff } from "./diff.ts";
import { diffCatalogs } from "./diff-catalogs.ts";
import { sameNamed } from "./rows.ts";
import { sideBySide } from "./side-by-side.ts";

/** Listings and statements under way at the same time, at each end. */
const PARALLEL = 4;

/** Which catalogs, and which schemas of them: all, unless some are named. */
export interface CatalogPair {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly includeSchemas?: readonly string[];
  readonly excludeSchemas?: readonly string[];
}

/**
 * Inspects two catalogs and compares them; rows as far as the histories of clones and their sources tell. Throws CATALOG_NOT_FOUND for
 * either, and SCHEMA_NOT_FOUND for a schema that is named and at neither end.
 */
export async function compareCatalogs(pair: CatalogPair, ports: InspectPorts): Promise<CatalogDiff> {
  return diffCatalogs(...(await readBoth(pair, ports)));
}

/** As `compareCatalogs`, every object with all that is compared of it. Reads the same. */
export async function compareSideBySide(pair: CatalogPair, ports: InspectPorts): Promise<CatalogComparison> {
  return sideBySide(...(await readBoth(pair, ports)));
}

async function readBoth(pair: CatalogPair, ports: InspectPorts): Promise<readonly [Inventory, Inventory]> {
  const { includeSchemas = [], excludeSchemas = [] } = pair;
  const scope = { includeSchemas, excludeSchemas, includeObjects: [] };
  const options = {
    wanted: (schema: string) => schemaInScope(schema, scope),
    parallel: PARALLEL,
    ...(ports.signal ? { signal: ports.signal } : {}),
  };
  const [source, target] = await Promise.all([
    inspectExistingCatalog(ports.source, { ...options, catalog: pair.sourceCatalog }),
    inspectExistingCatalog(ports.target, { ...options, catalog: pair.destinationCatalog }),
  ]);
  requireSchemas(includeSchemas, source, target);
  return withCloneHistories(source, target, ports);
}

/** A schema that only one end has is what a comparison is to find; one that is nowhere is mistyped. */
function requireSchemas(named: readonly string[], source: Inventory, target: Inventory): void {
  const existing = [source, target].flatMap(({ schemas, unread }) => [
    ...schemas.map(({ schema }) => schema.schema),
    ...unread.map(({ schema }) => schema),
  ]);
  const known = new Set(existing.map((name) => name.toLowerCase()));
  const missing = named.find((name) => !known.has(name.toLowerCase()));
  if (missing === undefined) return;
  const [near] = nearest(missing, existing);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new CloneError(
    "SCHEMA_NOT_FOUND",
    `Neither ${source.catalog.name} nor ${target.catalog.name} has a schema ${missing}.${meant}`,
    { object: missing, details: [...new Set(existing)] },
  );
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
