import { fullName, type Table } from "@clone-xs/unity";
import { isShallowClone } from "../decide/cloneable.ts";
import type { Inventory } from "../inspect/inventory.ts";
import type { ObjectError } from "../summarize/summary.ts";
import type { Step } from "./plan.ts";
import { type Planning, targetTable } from "./planning.ts";

/**
 * Where the copy of a table is made when a location is asked for: `prefix/schema/table`. `null` for a managed table, and for one that
 * stands on the target already, which stays where it is. Unity Catalog makes shallow clones external of external tables only.
 */
export function tableLocation(table: Table, planning: Planning): string | null {
  const { location, cloneType } = planning.request;
  if (location === undefined) return null;
  const existing = targetTable(table, planning);
  const stays = existing !== undefined && cloneType === "DEEP" && !isShallowClone(existing);
  if (stays || (cloneType === "SHALLOW" && table.tableType !== "EXTERNAL")) return null;
  return placeUnder(location, table.schema, table.name);
}

/** Names become one part of a path each; what a path reads otherwise is written as the number of its character. */
export function placeUnder(prefix: string, ...names: readonly string[]): string {
  const parts = names.map((name) =>
    name.toLowerCase().replaceAll(/[^\p{L}\p{N}_.-]/gu, (one) => `~${one.codePointAt(0)?.toString(16)}~`),
  );
  return [prefix.replace(/\/+$/u, ""), ...parts].join("/");
}

/**
 * Steps that would put an external table or volume where something lies already, or around it: the files of both would be taken for each
 * other's, and dropping the copy would take the source's. Nothing is carried out then.
 */
export function overlaps(steps: readonly Step[], { source, target }: Planning): readonly ObjectError[] {
  const placed = steps.flatMap(({ object, operation }) =>
    "location" in operation && operation.location !== null
      ? [{ object, path: plain(operation.location) }]
      : [],
  );
  if (placed.length === 0) return [];
  const ground = groundOf([...places(source), ...places(target)]);
  return placed.flatMap(({ object, path }) => {
    const others = [...ways(path).map((way) => ground.at.get(way)), ground.within.get(path)];
    const other = others.find((name) => name !== undefined && name.toLowerCase() !== object.toLowerCase());
    occupy(ground, { name: object, path });
    return other === undefined ? [] : [overlapError(object, path, other)];
  });
}

interface Place {
  readonly name: string;
  readonly path: string;
}

/** Who lies at a path, and somebody who lies somewhere below it. */
interface Ground {
  readonly at: Map<string, string>;
  readonly within: Map<string, string>;
}

function groundOf(places: readonly Place[]): Ground {
  const ground: Ground = { at: new Map(), within: new Map() };
  for (const place of places) occupy(ground, place);
  return ground;
}

function occupy({ at, within }: Ground, { name, path }: Place): void {
  at.set(path, name);
  for (const way of ways(path).slice(1)) within.set(way, name);
}

/** `/a/b/` → `/a/b/`, `/a/`, `/`. */
function ways(path: string): readonly string[] {
  const ends = [...path.matchAll(/\//gu)].map(({ index }) => path.slice(0, index + 1));
  return ends.toReversed();
}

function places(inventory: Inventory | undefined): readonly Place[] {
  const schemas = inventory?.schemas ?? [];
  const located = schemas.flatMap(({ tables, volumes }) => [...tables, ...volumes]);
  return located.flatMap((one) =>
    one.storageLocation ? [{ name: fullName(one), path: plain(one.storageLocation) }] : [],
  );
}

function overlapError(object: string, path: string, other: string): ObjectError {
  return {
    object,
    operation: "clone",
    code: "LOCATION_OVERLAP",
    message: `${object} would be made at ${path}, which overlaps the place of ${other}, so nothing was written. Choose another location.`,
  };
}

/** Servers write `file:/x` and `file:///x` for the same; `s3a` is `s3`. Ends with a slash, so that a name is no prefix of a longer one. */
function plain(uri: string): string {
  const text = uri.replace(
    /^([a-z][a-z0-9+.-]*):\/+/iu,
    (_, scheme: string) => `${SCHEMES[scheme.toLowerCase()] ?? scheme.toLowerCase()}:/`,
  );
  return `${text.replaceAll(/\/{2,}/gu, "/").replace(/\/+$/u, "")}/`;
}

const SCHEMES: Readonly<Record<string, string>> = { s3a: "s3", s3n: "s3", wasb: "wasbs", abfs: "abfss" };
