import { schemaInScope, schemasInScope } from "../decide/scope.ts";
import { schemasNamedOutside } from "../plan/definitions.ts";
import { planningOf } from "../plan/planning.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunPorts } from "../run/run.ts";
import { requireConditions } from "./conditions.ts";
import { withNeededHistories } from "./needed-histories.ts";
import { inspectCatalog, inspectExistingCatalog } from "./inspect.ts";
import { namesToAsk, readGroups } from "./groups.ts";
import type { Inventory } from "./inventory.ts";
import type { SharedSource } from "./shared-source.ts";

/** What looking needs: no ledger, nothing is changed. */
export type InspectPorts = Pick<RunPorts, "source" | "target" | "signal"> &
  Partial<Pick<RunPorts, "clock" | "connectTarget">> & {
    /** The source when it is looked at for several targets. */
    readonly sharedSource?: SharedSource;
  };

export interface Ends {
  readonly source: Inventory;
  /** `undefined`: the destination does not exist yet. */
  readonly target: Inventory | undefined;
}

/** Reads both ends as far as the request needs. Throws CATALOG_NOT_FOUND for an unknown source, SCHEMA_NOT_FOUND for an unknown schema that is named, INVALID_REQUEST for conditions that do not fit. */
export async function inspectEnds(request: CloneRequest, ports: InspectPorts): Promise<Ends> {
  const source = ports.sharedSource?.inventory ?? (await inspectSource(request, ports));
  const needed = schemasNamedOutside(
    schemasInScope(source.schemas, request),
    planningOf(request, source, undefined),
  );
  const target = await inspectCatalog(ports.target, {
    ...optionsOf(request, ports),
    wanted: (schema) => isWanted(schema, request) || needed.has(schema.toLowerCase()),
    catalog: request.destinationCatalog,
  });
  const ends = await withGroups({ source, target }, ports);
  return withNeededHistories(ends, request, ports);
}

/** Reads the source as far as the request needs it whatever its target is. Throws as `inspectEnds` does. */
export async function inspectSource(
  request: CloneRequest,
  ports: Omit<InspectPorts, "target">,
): Promise<Inventory> {
  const readFrom = ports.clock?.now();
  const named = [
    ...request.scope.includeSchemas,
    ...request.scope.includeObjects.map(({ schema }) => schema),
  ];
  const wanted = (schema: string) => isWanted(schema, request);
  const options = { ...optionsOf(request, ports), wanted, catalog: request.sourceCatalog, named };
  const found = await inspectExistingCatalog(ports.source, options);
  const source = readFrom === undefined ? found : { ...found, readFrom };
  requireConditions(request, source);
  return source;
}

/** `default` is looked into even when it is left out: what it holds is then missed, and said to be. */
function isWanted(schema: string, { scope }: CloneRequest): boolean {
  return schemaInScope(schema, scope) || schema.toLowerCase() === "default";
}

function optionsOf({ maxWorkers }: CloneRequest, { signal }: Pick<InspectPorts, "signal">) {
  return { parallel: maxWorkers, ...(signal ? { signal } : {}) };
}

/** While there is no target, its reader is known all the same. Two workspaces may know the same person under two names. */
async function withGroups({ source, target }: Ends, ports: InspectPorts): Promise<Ends> {
  const { userName } = ports.target.identity;
  const names = namesToAsk(source, target, userName);
  const groups = await readGroups(ports.target, names, ports.signal);
  const other = target && { ...target, groups };
  if (ports.target === ports.source) return { source: { ...source, groups }, target: other };
  const own = await readGroups(ports.source, names, ports.signal);
  return { source: { ...source, groups: own, targetReader: { userName, groups } }, target: other };
}
