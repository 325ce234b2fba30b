import { fullName, type ObjectName, type SchemaName } from "@clone-xs/unity";

import type { Extent } from "./extent.ts";

/** The table property that every clone carries: who made it, from what. It is Delta's and so survives log clean-up. */
export const STAMP_PROPERTY = "clxs.clone";

/** What a clone knows of its origin. */
export interface Stamp {
  readonly run: string;
  readonly step: string;
  /** `catalog.schema.name` of the source. */
  readonly source: string;
  /** Unity Catalog's id of the source table; a dropped and recreated source has another. */
  readonly sourceId: string | null;
  /** Delta version of the source that was cloned, as decimal text; `null` when the source has none or it could not be pinned. */
  readonly version: string | null;
  /** When the source says that version was written: another time at the same version means another table. */
  readonly versionTimestamp: string | null;
  /** Of a source without versions: `fingerprintOf` its files before they were cloned. Absent in older stamps. */
  readonly fingerprint: string | null;
  /** Which rows it has; absent: all. */
  readonly extent?: StampedExtent;
  /** Name under which the clone was made. A clone of the clone carries the property too, under another name. */
  readonly target: string;
}

/** `unfinished`: made by a query, and not yet given what a query does not carry. */
export type StampedExtent = Exclude<Extent, { rows: "all" }> | { readonly rows: "unfinished" };

export function writeStamp(stamp: Stamp): string {
  return JSON.stringify({ v: 1, ...stamp });
}

/** The stamp of a target object, or `undefined` when there is none, it is not readable, or it speaks of another object. */
export function readStamp(
  properties: Readonly<Record<string, string>>,
  target: ObjectName | SchemaName,
): Stamp | undefined {
  const stamp = parseStamp(properties[STAMP_PROPERTY]);
  return stamp && sameText(stamp.target, fullName(target)) ? stamp : undefined;
}

/** Whether the stamp says that the object was cloned from `source`. */
export function isCloneOf(stamp: Stamp | undefined, source: ObjectName): stamp is Stamp {
  return stamp !== undefined && sameText(stamp.source, fullName(source));
}

/** Whether an object or schema of the target says that it was cloned from something in a catalog. */
export function isFromCatalog(
  object: (ObjectName | SchemaName) & { readonly properties: Readonly<Record<string, string>> },
  catalog: string,
): boolean {
  const stamp = readStamp(object.properties, object);
  return stamp?.source.toLowerCase().startsWith(`${catalog.toLowerCase()}.`) ?? false;
}

function parseStamp(text: string | undefined): Stamp | undefined {
  if (text === undefined) return undefined;
  const value = jsonObject(text);
  if (value?.["v"] !== 1) return undefined;
  const { run, step, source, target } = value;
  if (![run, step, source, target].every((part) => typeof part === "string")) return undefined;
  return {
    run: String(run),
    step: String(step),
    source: String(source),
    sourceId: textOrNull(value["sourceId"]),
    version: textOrNull(value["version"]),
    versionTimestamp: textOrNull(value["versionTimestamp"]),
    fingerprint: textOrNull(value["fingerprint"]),
    ...readExtent(value["extent"]),
    target: String(target),
  };
}

/** What cannot be read is no whole copy: it counts as unfinished. */
function readExtent(value: unknown): Pick<Stamp, "extent"> {
  if (value === undefined || value === null) return {};
  const { rows, predicate } = isObject(value) ? value : {};
  if (rows === "where" && typeof predicate === "string") return { extent: { rows, predicate } };
  return { extent: { rows: rows === "none" ? rows : "unfinished" } };
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
