import type { Table } from "@clone-xs/unity";
import { impossibleReason, isView } from "../decide/cloneable.ts";
import { exclusionReason, schemaInScope, schemasInScope } from "../decide/scope.ts";
import { type Ends, inspectEnds, type InspectPorts } from "../inspect/ends.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { inspectExistingCatalog } from "../inspect/inspect.ts";
import { localKey } from "../inspect/inventory.ts";
import { planClone } from "../plan/plan-clone.ts";
import type { CloneRequest } from "../request/request.ts";
import { driftedTables } from "../summarize/summarize.ts";
import type { Estimate } from "./document.ts";
import { type Drifted, estimateOf, type Weighed } from "./fold.ts";
import { compareFiles, compareFilesApart, type Forecast, forecastOf } from "./forecast.ts";
import { pricesFrom } from "./prices.ts";
import type { EstimateRequest } from "./request.ts";
import { readSizes } from "./sizes.ts";

/**
 * Weighs the source's tables in scope and, when the destination exists, forecasts the bytes that a SELECTIVE run would copy. Changes
 * nothing. Statements: the inspection of such a run, one for each 25 tables for their sizes, and one for each drifted table whose history
 * does not tell closely enough what was added (one at each end, when the target is in another workspace). Throws CATALOG_NOT_FOUND and SCHEMA_NOT_FOUND as a run does.
 * `configuredPrice`: dollars for a gigabyte and month, from the configuration.
 */
export async function estimateClone(
  request: EstimateRequest,
  ports: InspectPorts,
  configuredPrice?: number,
): Promise<Estimate> {
  const { clone, hasDestination, storagePrice } = request;
  const ends = await inspectFor(request, ports);
  const tables = tablesToWeigh(ends, clone);
  const sizes = await readSizes(ports.source.statements, tables, parallelOf(clone, ports));
  const weighed = tables.map((table) => ({ table, read: sizes.get(localKey(table)) }));
  return estimateOf({
    sourceCatalog: ends.source.catalog.name,
    destinationCatalog: hasDestination ? clone.destinationCatalog : null,
    prices: pricesFrom({ configured: configuredPrice, requested: storagePrice }),
    weighed,
    ...(ends.target ? { comparison: await compared(ends, clone, weighed, ports) } : {}),
  });
}

/** The target is looked into only when it is named and there. */
async function inspectFor({ clone, hasDestination }: EstimateRequest, ports: InspectPorts): Promise<Ends> {
  const exists = hasDestination && (await ports.target.unity.catalog(clone.destinationCatalog)) !== undefined;
  if (exists) return inspectEnds(clone, ports);
  const source = await inspectExistingCatalog(ports.source, {
    catalog: clone.sourceCatalog,
    wanted: (schema) => schemaInScope(schema, clone.scope),
    named: clone.scope.includeSchemas,
    parallel: clone.maxWorkers,
    ...(ports.signal ? { signal: ports.signal } : {}),
  });
  return { source, target: undefined };
}

function tablesToWeigh({ source }: Ends, request: CloneRequest): readonly Table[] {
  return schemasInScope(source.schemas, request)
    .flatMap(({ tables }) => tables)
    .filter(
      (table) =>
        !isView(table) &&
        impossibleReason(table, request.cloneType) === undefined &&
        exclusionReason({ ...table, type: "table" }, request) === undefined,
    );
}

async function compared(
  { source, target }: Ends,
  request: CloneRequest,
  weighed: readonly Weighed[],
  ports: InspectPorts,
) {
  const plan = planClone(request, source, target);
  const byKey = new Map(weighed.map((one) => [localKey(one.table), one]));
  const cloned = plan.decisions.filter(({ kind, action }) => kind === "table" && action === "clone");
  const drifted = await inParallel(cloned, request.maxParallel, async (decision): Promise<Drifted> => {
    const { table, read } = byKey.get(localKey(decision)) ?? {};
    const bytes = read?.ok ? read.size.bytes : 0;
    const sourceHistory = source.histories[localKey(decision)];
    const known = forecastOf({ decision, bytes, sourceHistory });
    const forecast = known ?? (await byFiles(table, bytes, request, ports));
    return { decision, forecast };
  });
  const inSync = plan.decisions.filter(({ kind, action }) => kind === "table" && action === "keep").length;
  return { drifted, inSync, reasons: driftedTables(plan).map(({ reason }) => reason) };
}

/** A comparison that fails leaves the whole table as the forecast: too much rather than too little. */
async function byFiles(
  table: Table | undefined,
  bytes: number,
  { destinationCatalog }: CloneRequest,
  { source, target, signal }: InspectPorts,
): Promise<Forecast> {
  if (table === undefined) return { bytes, method: "whole" };
  const { catalog, schema, name } = table;
  const names = { source: { catalog, schema, name }, target: { catalog: destinationCatalog, schema, name } };
  const read =
    source === target
      ? await compareFiles(source.statements, names, signal)
      : await compareFilesApart(
          { statements: source.statements, name: names.source },
          { statements: target.statements, name: names.target },
          signal,
        );
  return read.ok ? { bytes: read.bytes, method: "files" } : { bytes, method: "whole" };
}

function parallelOf({ maxParallel }: CloneRequest, { signal }: InspectPorts) {
  return { parallel: maxParallel, ...(signal ? { signal } : {}) };
}
