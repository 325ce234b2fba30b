import type { Table } from "@clone-xs/unity";
import { isShallowClone } from "../decide/cloneable.ts";
import { extentOf } from "../decide/extent.ts";
import { exclusionReason, schemaInScope } from "../decide/scope.ts";
import { readStamp } from "../decide/provenance.ts";
import { type DirectGrant, localKey } from "../inspect/inventory.ts";
import { inCatalog, nameOf } from "./governance/names.ts";
import { type Planning, readerOfTarget, targetNameOf, targetTable } from "./planning.ts";

/** Whether a covered table is bare for the time of this run, for the sake of this target. */
export function isLifted(table: Table, { request, source }: Planning): boolean {
  return (
    request.targets.some(({ handleMasks }) => handleMasks) && source.lifted?.[localKey(table)] !== undefined
  );
}

/**
 * Why a lifted table is not copied all the same. Its copy must stand covered, or out of everybody's reach but the runner's, at every
 * instant: a copy that has its masks keeps them when it is replaced, and a new one gets them before anything on the target is granted.
 */
export function barredReason(table: Table, planning: Planning): string | undefined {
  const { request, source } = planning;
  const barred = source.lifted?.[localKey(table)]?.barred;
  if (barred !== undefined) return barred;
  if (!request.copy.security) return "masks and filters are not copied, so its copy would be bare";
  if (request.cloneType === "SHALLOW") return "a shallow clone of a covered table has no cover of its own";
  const lost = functionsOf(table).find((name) => !comesAlong(name, planning));
  if (lost !== undefined) return `${lost} is not in the clone, so its copy would be bare`;
  if (extentOf(table, request).rows !== "all")
    return "a query that copies some of its rows would leave its copy bare";
  const copy = targetTable(table, planning);
  if (copy && isCovered(table, copy, planning) && !isShallowClone(copy)) return undefined;
  return openTarget(table, planning);
}

/** Whether a copy with rows of a covered table stands there without its cover: nothing may be granted that reaches it. */
export function isBareCopy(table: Table, planning: Planning): boolean {
  const copy = targetTable(table, planning);
  if (copy === undefined || functionsOf(table).length === 0 || isCovered(table, copy, planning)) return false;
  const stamp = readStamp(copy.properties, targetNameOf(table, planning));
  return stamp !== undefined && stamp.extent?.rows !== "none";
}

function functionsOf({ columns, rowFilter }: Table): readonly string[] {
  return [
    ...columns.flatMap(({ mask }) => (mask ? [mask.functionName] : [])),
    ...(rowFilter ? [rowFilter.functionName] : []),
  ];
}

function comesAlong(functionName: string, { request, source }: Planning): boolean {
  const name = nameOf(functionName);
  if (name === undefined || !inCatalog(name, request.sourceCatalog)) return false;
  if (!schemaInScope(name.schema, request.scope)) return false;
  if (exclusionReason({ ...name, type: "function" }, request) !== undefined) return false;
  return source.schemas.some(({ functions }) => functions.some((each) => localKey(each) === localKey(name)));
}

/** As the plan would cover it. */
function isCovered(table: Table, copy: Table, { request }: Planning): boolean {
  const moved = (functionName: string) => {
    const name = nameOf(functionName);
    if (name === undefined) return functionName.toLowerCase();
    const catalog = inCatalog(name, request.sourceCatalog) ? request.destinationCatalog : name.catalog;
    return `${catalog}.${localKey(name)}`.toLowerCase();
  };
  const masked = table.columns.every(({ name, mask }) => {
    if (mask === undefined) return true;
    const there = copy.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.mask;
    return (
      there?.functionName.toLowerCase() === moved(mask.functionName) &&
      there.usingColumns.join().toLowerCase() === mask.usingColumns.join().toLowerCase()
    );
  });
  const { rowFilter } = table;
  if (!masked || rowFilter === undefined) return masked;
  return (
    copy.rowFilter?.functionName.toLowerCase() === moved(rowFilter.functionName) &&
    copy.rowFilter.inputColumns.join().toLowerCase() === rowFilter.inputColumns.join().toLowerCase()
  );
}

/** Why a new table would be read before it is covered. */
function openTarget(table: Table, planning: Planning): string | undefined {
  const { target, targetSchemas } = planning;
  if (target === undefined) return undefined;
  const runner = readerOfTarget(planning).userName;
  if (!target.grants.ok)
    return "who may read the target is not known, and its copy is bare until it is covered";
  const schema = targetSchemas.get(table.schema.toLowerCase())?.schema;
  const owner = [target.catalog.owner, schema?.owner].find((one) => one !== undefined && one !== runner);
  const reader =
    owner ??
    target.grants.rows.find((grant) => grant.principal !== runner && readsIn(table, grant))?.principal;
  if (reader === undefined) return undefined;
  return `${reader} could read its copy before that is covered; take the reads on the target from everybody, or drop the target, and run again`;
}

const READING = new Set(["SELECT", "ALL_PRIVILEGES", "MANAGE"]);

/** Any view or table of the target counts: it may show the copy with its owner's rights. */
function readsIn(table: Table, { level, schema = "", privilege }: DirectGrant): boolean {
  if (!READING.has(privilege)) return false;
  if (level === "schema") return schema.toLowerCase() === table.schema.toLowerCase();
  return level === "catalog" || level === "table" || level === "function";
}
