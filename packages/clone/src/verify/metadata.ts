import { diffCatalogs } from "../diff/diff-catalogs.ts";
import type { Difference } from "../diff/diff.ts";
import type { Inventory, SchemaInventory } from "../inspect/inventory.ts";
import type { ObjectKind } from "../plan/plan.ts";
import type { Residue } from "../summarize/summary.ts";
import type { VerifyAspects } from "./certificate.ts";

/** What the differences of metadata are looked at with. */
export interface MetadataView {
  readonly aspects: VerifyAspects;
  /** Table properties that only clones are to have. */
  readonly added: readonly string[];
  /** What is known to differ and told elsewhere. */
  readonly known: readonly Residue[];
}

/** By kind and `schema.name` in lower case: where an object and its copy differ beside their rows. */
export type Differences = (kind: ObjectKind, key: string) => readonly Difference[];

/** Compares what the catalogs tell of objects, as far as it is asked for. A table and a function may have the same name. Pure. */
export function metadataOf(source: Inventory, target: Inventory, view: MetadataView): Differences {
  const known = new Set(view.known.map(({ object, what }) => knownKey(object, what)));
  const found = new Map<string, Difference[]>();
  for (const list of ["tables", "functions", "volumes"] as const) {
    const { differences } = diffCatalogs(restricted(source, list, view), restricted(target, list, view));
    for (const difference of differences) {
      const { object, what } = difference;
      if (!isWanted(difference, view.aspects) || known.has(knownKey(object, what))) continue;
      const key = `${list}:${objectOf(object)}`;
      found.set(key, [...(found.get(key) ?? []), difference]);
    }
  }
  return (kind, key) => found.get(`${LISTS[kind]}:${key}`) ?? [];
}

const LISTS = { table: "tables", view: "tables", function: "functions", volume: "volumes" } as const;

function knownKey(object: string, what: string): string {
  return `${object.toLowerCase()} ${what}`;
}

/** Names in Unity Catalog have no dots; those of columns may have. */
function objectOf(path: string): string {
  return path.split(".", 2).join(".").toLowerCase();
}

function isWanted({ object, what }: Difference, aspects: VerifyAspects): boolean {
  switch (what) {
    // Rows are compared by themselves.
    case "data":
      return false;
    case "comment":
      return aspects.comments || object.split(".").length > 2;
    case "mask":
    case "row filter":
      return aspects.security;
    case "constraints":
      return aspects.constraints;
    case "properties":
      return aspects.properties;
    case "owner":
      return aspects.ownership;
    case "tags":
      return aspects.tags;
    case "grants":
      return aspects.permissions;
    default:
      return true;
  }
}

function restricted(
  inventory: Inventory,
  list: "tables" | "functions" | "volumes",
  { added }: MetadataView,
): Inventory {
  const schemas = inventory.schemas.map(
    (schema): SchemaInventory => ({
      ...schema,
      tables: [],
      functions: [],
      volumes: [],
      [list]: list === "tables" ? schema.tables.map((table) => without(table, added)) : schema[list],
    }),
  );
  return { ...inventory, schemas };
}

function without<T extends { readonly properties: Readonly<Record<string, string>> }>(
  table: T,
  added: readonly string[],
): T {
  const kept = Object.entries(table.properties).filter(([key]) => !added.includes(key));
  return { ...table, properties: Object.fromEntries(kept) };
}
