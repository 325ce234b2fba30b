import type { Table, Workspace } from "@clone-xs/unity";
import { hasVersions, impossibleReason, isView } from "../decide/cloneable.ts";
import { comparesHistories } from "../decide/decide.ts";
import { differingColumns, extentOf } from "../decide/extent.ts";
import { readStamp } from "../decide/provenance.ts";
import { isKnownByFiles } from "../decide/fingerprint.ts";
import { exclusionReason, schemasInScope } from "../decide/scope.ts";
import { type Planning, planningOf, targetNameOf, targetTable } from "../plan/planning.ts";
import type { CloneRequest } from "../request/request.ts";
import { clonedTable, readCloneHistories, readPins, sourceHistories } from "./clone-histories.ts";
import type { Ends, InspectPorts } from "./ends.ts";
import { readDefinitions } from "./definitions.ts";
import { readVolumes } from "./volumes.ts";
import type { Inventory } from "./inventory.ts";
import { type FingerprintOptions, readFingerprints } from "./fingerprints.ts";
import type { SourceReaders } from "./shared-source.ts";

/**
 * Reads the histories that deciding needs and no others: the version to pin of each table that will be cloned for the first time,
 * and of each existing clone what happened to it and to its source since. Where files stand in for versions, they are listed instead.
 */
export async function withNeededHistories(
  ends: Ends,
  request: CloneRequest,
  ports: InspectPorts,
): Promise<Ends> {
  const planning = planningOf(request, ends.source, ends.target);
  const tables = candidates(ends.source, request);
  const clones = tables.flatMap(
    (table) => clonedTable(table, targetTable(table, planning), targetNameOf(table, planning)) ?? [],
  );
  const cloned = new Set(clones.map(({ source }) => source));
  const others = tables.filter((table) => !cloned.has(table) && willBeCloned(table, planning));
  const compared = comparesHistories(request) ? clones : [];
  const listed = [...others, ...compared.map(({ source }) => source)].filter(isKnownByFiles);
  const options = { parallel: request.maxParallel, ...(ports.signal ? { signal: ports.signal } : {}) };
  const defined = [...others, ...compared.map(({ source }) => source)].filter((table) =>
    needsDefinition(table, planning),
  );
  const readers = ports.sharedSource ?? tableReaders(ports.source, options);
  const histories = sourceHistories(ports, request.maxParallel);
  const needs = { parallel: request.maxParallel, asOf: request.asOf };
  const [pins, since, fingerprints, definitions, volumes] = await Promise.all([
    readPins(request.schemaOnly ? [] : others.filter(hasVersions), histories, request.asOf),
    readCloneHistories(compared, ports, needs),
    readers.fingerprints(request.schemaOnly ? [] : listed),
    readers.definitions(defined),
    readVolumes(planning, ports),
  ]);
  return {
    source: { ...ends.source, histories: { ...pins, ...since.source }, fingerprints, definitions, volumes },
    target: ends.target && { ...ends.target, histories: since.target },
  };
}

/** Reads of tables at the source, other than of their histories. */
export function tableReaders(
  { statements }: Pick<Workspace, "statements">,
  options: FingerprintOptions,
): Omit<SourceReaders, "histories"> {
  return {
    fingerprints: (tables) => readFingerprints(statements, tables, options),
    definitions: (tables) => readDefinitions(statements, tables, options),
  };
}

/** A copy that has the same columns is not made again, unless everything is. */
function needsDefinition(table: Table, planning: Planning): boolean {
  const { request } = planning;
  const extent = extentOf(table, request);
  if (extent.rows !== "none") return extent.rows === "where";
  const target = targetTable(table, planning);
  const sameStamp =
    readStamp(target?.properties ?? {}, targetNameOf(table, planning))?.extent?.rows === "none";
  const all = request.loadType === "FULL" || request.forceReclone;
  return all || target === undefined || !sameStamp || differingColumns(table, target).length > 0;
}

/** Tables that a run may clone, whatever its target holds. */
export function candidates({ schemas }: Inventory, request: CloneRequest): readonly Table[] {
  const tables = schemasInScope(schemas, request).flatMap((schema) => schema.tables);
  return tables.filter((table) => isCandidate(table, request));
}

function isCandidate(table: Table, request: CloneRequest): boolean {
  const { schema, name } = table;
  return (
    !isView(table) &&
    impossibleReason(table, request.cloneType, request.schemaOnly) === undefined &&
    exclusionReason({ schema, name, type: "table" }, request) === undefined
  );
}

function willBeCloned(table: Table, planning: Planning): boolean {
  return planning.request.replaceForeign || targetTable(table, planning) === undefined;
}
