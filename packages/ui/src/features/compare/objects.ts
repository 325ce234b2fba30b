import type { CatalogComparison, ComparedObject, ComparedRow } from "@clone-xs/server/contract";

export type ObjectState = ComparedObject["state"];

/** What is asked of the list of objects. An empty text asks for nothing. */
export interface Filters {
  readonly states: readonly ObjectState[];
  readonly kind: string;
  readonly schema: string;
  /** Which aspect differs. */
  readonly what: string;
  readonly text: string;
}

export const STATES = ["differs", "only_source", "only_target", "not_compared", "same"] as const;

/** An object by what it is: stands in addresses. */
export function idOf({ kind, schema, name }: Pick<ComparedObject, "kind" | "schema" | "name">): string {
  return `${kind}:${schema === undefined ? "" : `${schema}.`}${name}`;
}

/** `schema.name` of an object in a schema, else its name. */
export function pathOf({ schema, name }: Pick<ComparedObject, "schema" | "name">): string {
  return schema === undefined ? name : `${schema}.${name}`;
}

/** The schema that an object is in or is; `undefined` for the catalogs. */
function schemaOf({ kind, schema, name }: ComparedObject): string | undefined {
  return kind === "schema" ? name : schema;
}

export function isChanged({ state }: Pick<ComparedRow, "state">): boolean {
  return state !== "same";
}

/** The aspects of an object that do not stand the same. Of what is at one end only there are none: all of it is there alone. */
export function differingAspects({ state, rows }: ComparedObject): readonly string[] {
  if (state !== "differs" && state !== "not_compared") return [];
  return [...new Set(rows.filter(isChanged).map(({ what }) => what))];
}

/** The objects that meet all of the filters. */
export function matching(objects: readonly ComparedObject[], filters: Filters): readonly ComparedObject[] {
  const { states, kind, schema, what } = filters;
  const wanted = filters.text.trim().toLowerCase();
  return objects.filter(
    (object) =>
      states.includes(object.state) &&
      (kind === "" || object.kind === kind) &&
      (schema === "" || schemaOf(object) === schema) &&
      (what === "" || differingAspects(object).includes(what)) &&
      (wanted === "" || pathOf(object).toLowerCase().includes(wanted) || mentions(object, wanted)),
  );
}

/** A column or a property is looked for by its name too. */
function mentions({ rows }: ComparedObject, text: string): boolean {
  return rows.some(
    ({ column, name }) => column?.toLowerCase().includes(text) || name?.toLowerCase().includes(text),
  );
}

/** What there is to choose from, each with how many objects it stands for. */
export function choicesOf({ objects }: Pick<CatalogComparison, "objects">) {
  return {
    kinds: counted(objects.map(({ kind }) => kind)),
    schemas: counted(objects.flatMap((object) => schemaOf(object) ?? [])),
    aspects: counted(objects.flatMap(differingAspects)),
  };
}

function counted(names: readonly string[]): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

/** A line of the tree: a schema stands before what it holds. */
export interface TreeLine {
  readonly object: ComparedObject;
  readonly level: 1 | 2;
  /** Of a schema with something below it. */
  readonly open?: boolean;
  /** How many of what it holds are shown when it is open. */
  readonly below: number;
  readonly position: number;
  readonly siblings: number;
}

/** The tree of the objects that meet a filter; a schema is there when it does, or something in it does. `closed`: schemas folded away. */
export function treeOf(
  objects: readonly ComparedObject[],
  shown: readonly ComparedObject[],
  closed: ReadonlySet<string>,
): readonly TreeLine[] {
  const kept = new Set(shown);
  const below = new Map<string, ComparedObject[]>();
  for (const object of shown) {
    if (object.schema === undefined) continue;
    const inSchema = below.get(object.schema);
    if (inSchema) inSchema.push(object);
    else below.set(object.schema, [object]);
  }
  const tops = objects.filter(
    (object) =>
      object.schema === undefined &&
      (kept.has(object) || (object.kind === "schema" && below.has(object.name))),
  );
  return tops.flatMap((object, place): readonly TreeLine[] => {
    const inside = object.kind === "schema" ? (below.get(object.name) ?? []) : [];
    const open = !closed.has(object.name);
    const line = {
      object,
      level: 1,
      below: inside.length,
      position: place + 1,
      siblings: tops.length,
    } as const;
    if (inside.length === 0) return [line];
    return [
      { ...line, open },
      ...(open ? inside : []).map(
        (each, at) =>
          ({ object: each, level: 2, below: 0, position: at + 1, siblings: inside.length }) as const,
      ),
    ];
  });
}
