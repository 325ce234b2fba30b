import {
  type DefinitionReferences,
  type Defined,
  definitionReferences,
  readStamp,
  type SchemaInventory,
} from "@clone-xs/clone";
import { fullName, type ObjectName, type Routine, type Table } from "@clone-xs/unity";
import type { Lineage } from "../contract/index.ts";
import { opaqueReason } from "./routine.ts";

type Node = Lineage["nodes"][number];
type Edge = Lineage["edges"][number];

/** What in a catalog is made from what: folded from definitions, masks, keys and stamps. Pure. */
export function lineageOf(catalog: string, schemas: readonly SchemaInventory[]): Lineage {
  const known = new Map(schemas.flatMap(nodesOf).map((node) => [node.id, node]));
  const tables = schemas.flatMap((schema) => schema.tables);
  const routines = schemas.flatMap((schema) => schema.functions);
  const reached = [
    ...tables.flatMap((table) => ofTable(table, known)),
    ...routines.flatMap((routine) => ofRoutine(routine, known)),
  ];
  const edges = distinct(reached.map(({ edge }) => edge));
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const strangers = reached.flatMap(({ other }) =>
    other === undefined || known.has(idOf(other.kind, other.name)) ? [] : [stranger(other, catalog)],
  );
  const nodes = [...known.values()].filter(({ id, note }) => connected.has(id) || note !== null);
  return {
    catalog,
    nodes: [...new Map([...nodes, ...strangers].map((node) => [node.id, node])).values()],
    edges,
    unread: schemas.flatMap(({ schema, failure }) =>
      failure ? [{ schema: schema.schema, error: { ...failure } }] : [],
    ),
  };
}

/** Tables and functions have names of their own: one of each may be called the same. */
type Kind = "relation" | "function";

interface Named {
  readonly kind: Kind;
  readonly name: ObjectName;
}

interface Reached {
  readonly edge: Edge;
  /** The end that the catalog may not hold. */
  readonly other?: Named;
}

function idOf(kind: Kind, name: ObjectName): string {
  return `${kind}:${fullName(name).toLowerCase()}`;
}

function nodesOf({ tables, functions }: SchemaInventory): readonly Node[] {
  return [
    ...tables.map((table) => {
      const named = table.view === undefined ? undefined : referencesOfView(table);
      const kind = table.view === undefined ? "table" : "view";
      return nodeOf("relation", table, kind, named?.ok === false ? named.message : null);
    }),
    ...functions.map((routine) => {
      const named = referencesOfRoutine(routine);
      return nodeOf("function", routine, "function", named.ok ? null : named.message);
    }),
  ];
}

function nodeOf(of: Kind, { catalog, schema, name }: ObjectName, kind: Node["kind"], note: string | null) {
  return { id: idOf(of, { catalog, schema, name }), kind, catalog, schema, name, other_catalog: false, note };
}

/** What a definition names and the catalog's listing does not hold. */
function stranger({ kind, name }: Named, catalog: string): Node {
  const elsewhere = name.catalog.toLowerCase() !== catalog.toLowerCase();
  const note = elsewhere ? null : "It is not there, or you may not see it.";
  return { ...nodeOf(kind, name, "unknown", note), other_catalog: elsewhere };
}

function ofTable(table: Table, known: ReadonlyMap<string, Node>): readonly Reached[] {
  const self = idOf("relation", table);
  const masked = table.columns.flatMap(({ mask }) => (mask ? [mask.functionName] : []));
  const filters = table.rowFilter ? [table.rowFilter.functionName] : [];
  const parents = table.constraints.flatMap((constraint) =>
    constraint.kind === "foreign_key" ? [constraint.parentTable] : [],
  );
  const stamp = readStamp(table.properties, table);
  return [
    ...(table.view === undefined ? [] : ofDefinition(self, referencesOfView(table), known)),
    ...masked.flatMap((name) => towards(self, "masks", "function", name)),
    ...filters.flatMap((name) => towards(self, "filters", "function", name)),
    ...parents.flatMap((name) => away(self, "references", name)),
    ...(stamp === undefined ? [] : away(self, "cloned_from", stamp.source)),
  ];
}

function ofRoutine(routine: Routine, known: ReadonlyMap<string, Node>): readonly Reached[] {
  return ofDefinition(idOf("function", routine), referencesOfRoutine(routine), known);
}

/** A bare name of a function that the catalog does not hold is a built-in one. */
function ofDefinition(
  self: string,
  named: DefinitionReferences,
  known: ReadonlyMap<string, Node>,
): readonly Reached[] {
  if (!named.ok) return [];
  return named.references
    .filter(({ kind, qualified, name }) => kind === "relation" || qualified || known.has(idOf(kind, name)))
    .map(({ kind, name }) => ({
      edge: { from: self, to: idOf(kind, name), why: kind === "relation" ? "reads" : "calls" },
      other: { kind, name },
    }));
}

function towards(self: string, why: "masks" | "filters", kind: Kind, name: string): readonly Reached[] {
  const other = namedBy(kind, name);
  return other === undefined ? [] : [{ edge: { from: idOf(kind, other.name), to: self, why }, other }];
}

function away(self: string, why: "references" | "cloned_from", name: string): readonly Reached[] {
  const other = namedBy("relation", name);
  return other === undefined ? [] : [{ edge: { from: self, to: idOf("relation", other.name), why }, other }];
}

/** `catalog.schema.name` as the workspace and our stamps write it: no part can hold a dot. */
function namedBy(kind: Kind, text: string): Named | undefined {
  const [catalog, schema, name, ...more] = text.split(".");
  if (catalog === undefined || schema === undefined || name === undefined || more.length > 0)
    return undefined;
  return { kind, name: { catalog, schema, name } };
}

function referencesOfView(view: Table): DefinitionReferences {
  return definitionReferences({ kind: "view", name: view, view } satisfies Defined);
}

function referencesOfRoutine(routine: Routine): DefinitionReferences {
  const message = opaqueReason(routine);
  if (message !== undefined) return { ok: false, message };
  return definitionReferences({ kind: "function", name: routine, routine });
}

function distinct(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [`${edge.from}|${edge.why}|${edge.to}`, edge])).values()];
}
