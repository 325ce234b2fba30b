import { fullName, type ObjectName, type Table } from "@clone-xs/unity";
import { localKey } from "../../inspect/inventory.ts";
import { type Planning, stepId, targetFunction } from "../planning.ts";
import { isLifted } from "../lifted.ts";
import { type Finding, missing } from "./finding.ts";
import type { Governed } from "./governed.ts";
import { inCatalog, nameOf } from "./names.ts";

/** What masks and filters need to know of the functions that they call. */
export interface FunctionPlaces {
  /** Functions that are made or kept, by `localKey`. */
  readonly functions: ReadonlyMap<string, Governed>;
}

/**
 * Masks and row filters. Those of the source are put on what the target lacks of them, with their functions moved to the target. Those
 * that stand on a target which is replaced stay there by the workspace's rules: they are looked for afterwards and put back when gone.
 */
export function maskFindings(
  object: Governed,
  places: FunctionPlaces,
  planning: Planning,
): readonly Finding[] {
  const { kind, tables } = object;
  if (kind !== "table" || tables === undefined) return [];
  const wanted = tables.source.columns.flatMap(({ name, mask }) => (mask ? [{ column: name, ...mask }] : []));
  const own = wanted.flatMap((mask) => sourceMask(object, mask, { places, planning }));
  return [...own, ...sourceFilter(object, places, planning), ...keptPolicies(object)];
}

/** A replacement that should keep them is looked at afterwards. */
function isLiftedHere({ tables }: Governed, planning: Planning): boolean {
  return tables !== undefined && isLifted(tables.source, planning);
}

interface Mask {
  readonly column: string;
  readonly functionName: string;
  readonly usingColumns: readonly string[];
}

interface Surroundings {
  readonly places: FunctionPlaces;
  readonly planning: Planning;
}

function sourceMask(object: Governed, mask: Mask, { places, planning }: Surroundings): readonly Finding[] {
  const { target, tables } = object;
  if (target.type !== "table") return [];
  const policy = placeOf(mask.functionName, places, planning);
  if (policy === undefined) {
    const reason = `its function ${mask.functionName} is not in the clone`;
    return [{ ...missing("mask", reason), column: mask.column }];
  }
  const there = maskOf(tables?.target, mask.column);
  const same =
    there !== undefined &&
    sameText(there.functionName, fullName(policy.name)) &&
    sameText(there.usingColumns.join(), mask.usingColumns.join());
  const looked = object.replaced && isLiftedHere(object, planning);
  if (same && !looked) return [];
  const operation = {
    kind: "set_mask",
    target,
    column: mask.column,
    function: policy.name,
    usingColumns: mask.usingColumns,
    ifLost: same,
  } as const;
  return [{ kind: "change", stage: "masks", part: mask.column, operation, needs: policy.needs }];
}

function sourceFilter(object: Governed, places: FunctionPlaces, planning: Planning): readonly Finding[] {
  const { target, tables } = object;
  const filter = tables?.source.rowFilter;
  if (filter === undefined || target.type !== "table") return [];
  const policy = placeOf(filter.functionName, places, planning);
  if (policy === undefined) {
    return [missing("row filter", `its function ${filter.functionName} is not in the clone`)];
  }
  const there = tables?.target?.rowFilter;
  const same =
    there !== undefined &&
    sameText(there.functionName, fullName(policy.name)) &&
    sameText(there.inputColumns.join(), filter.inputColumns.join());
  const looked = object.replaced && isLiftedHere(object, planning);
  if (same && !looked) return [];
  const operation = {
    kind: "set_row_filter",
    target,
    function: policy.name,
    columns: filter.inputColumns,
    ifLost: same,
  } as const;
  return [{ kind: "change", stage: "masks", operation, needs: policy.needs }];
}

/** Policies that the target has and the source does not, on columns that outlive the replacement. */
function keptPolicies({ target, tables, replaced }: Governed): readonly Finding[] {
  if (!replaced || target.type !== "table" || tables?.target === undefined) return [];
  const { source } = tables;
  const masks = tables.target.columns.flatMap(({ name: column, mask }): readonly Finding[] => {
    const functionName = mask && nameOf(mask.functionName);
    const known = source.columns.some((one) => sameText(one.name, column) && one.mask === undefined);
    if (mask === undefined || functionName === undefined || !known) return [];
    const { usingColumns } = mask;
    const operation = { kind: "set_mask", target, column, function: functionName, usingColumns } as const;
    return [{ kind: "change", stage: "masks", part: column, operation: { ...operation, ifLost: true } }];
  });
  return [...masks, ...keptFilter(target, tables.target, source)];
}

function keptFilter(target: ObjectName, existing: Table, source: Table): readonly Finding[] {
  const filter = existing.rowFilter;
  const functionName = filter && nameOf(filter.functionName);
  if (filter === undefined || functionName === undefined || source.rowFilter !== undefined) return [];
  const operation = {
    kind: "set_row_filter",
    target,
    function: functionName,
    columns: filter.inputColumns,
    ifLost: true,
  } as const;
  return [{ kind: "change", stage: "masks", operation }];
}

/** The function that a policy of the source calls on the target: the one in the clone, or the same one when it is in another catalog. */
function placeOf(
  functionName: string,
  { functions }: FunctionPlaces,
  planning: Planning,
): { readonly name: ObjectName; readonly needs: readonly string[] } | undefined {
  const name = nameOf(functionName);
  if (name === undefined) return undefined;
  const { sourceCatalog, destinationCatalog } = planning.request;
  if (!inCatalog(name, sourceCatalog)) return { name, needs: [] };
  const moved = { ...name, catalog: destinationCatalog };
  const made = functions.get(localKey(name));
  if (made !== undefined)
    return { name: moved, needs: made.step === undefined ? [] : [stepId("function", name)] };
  return targetFunction(name, planning) === undefined ? undefined : { name: moved, needs: [] };
}

function maskOf(table: Table | undefined, column: string) {
  return table?.columns.find(({ name }) => sameText(name, column))?.mask;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
