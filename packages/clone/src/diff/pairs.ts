import type { Routine, Table } from "@clone-xs/unity";
import type { Inventory, SchemaInventory } from "../inspect/inventory.ts";
import { moveDefinition } from "../plan/definition.ts";

/** Both catalogs as they were found. */
export interface BothEnds {
  readonly source: Inventory;
  readonly target: Inventory;
}

/** Items of both sides by name as Unity Catalog compares names, the source's order first. */
export function pair<T>(
  source: readonly T[],
  target: readonly T[],
  name: (item: T) => string,
): readonly (readonly [T | undefined, T | undefined])[] {
  const others = new Map(target.map((item) => [name(item).toLowerCase(), item]));
  const names = new Set(source.map((item) => name(item).toLowerCase()));
  return [
    ...source.map((item) => [item, others.get(name(item).toLowerCase())] as const),
    ...target
      .filter((item) => !names.has(name(item).toLowerCase()))
      .map((item) => [undefined, item] as const),
  ];
}

/** The schemas of both ends that count, by name. */
export function schemaPairs({ source, target }: BothEnds) {
  return pair(source.schemas.filter(counts), target.schemas.filter(counts), ({ schema }) => schema.schema);
}

/** `default` comes into being with every catalog: an empty one is no schema to compare. */
export function counts({ schema, tables, functions, volumes, failure }: SchemaInventory): boolean {
  const holds = tables.length + functions.length + volumes.length > 0 || failure !== undefined;
  return holds || schema.schema.toLowerCase() !== "default";
}

/** Gives names of the source's catalog as the target would have them. */
export function renamer({ source, target }: BothEnds): (name: string) => string {
  const prefix = `${source.catalog.name}.`;
  return (name) => (name.startsWith(prefix) ? `${target.catalog.name}.${name.slice(prefix.length)}` : name);
}

/** Functions of masks and of the row filter as the target would name them. */
export function withCoverOf(table: Table, rename: (fullName: string) => string): Table {
  const { rowFilter } = table;
  const columns = table.columns.map((column) =>
    column.mask
      ? { ...column, mask: { ...column.mask, functionName: rename(column.mask.functionName) } }
      : column,
  );
  if (rowFilter === undefined) return { ...table, columns };
  return {
    ...table,
    columns,
    rowFilter: { ...rowFilter, functionName: rename(rowFilter.functionName) },
  };
}

/** A text of the source with its names moved. One that cannot be understood is compared as it stands. */
function movedText(
  kind: "query" | "body" | "opaque",
  text: string,
  namespace: { readonly catalog: string; readonly schema: string },
  { source, target }: BothEnds,
): string {
  const catalogs = { from: source.catalog.name, to: target.catalog.name };
  const moved = moveDefinition({ kind, text, namespace }, catalogs);
  return moved.ok ? moved.text : text;
}

/** A function of the source as the target would have it. */
export function movedRoutine(routine: Routine, ends: BothEnds): Routine {
  const kind = routine.language.toUpperCase() === "SQL" ? "body" : "opaque";
  return { ...routine, definition: movedText(kind, routine.definition, routine, ends) };
}

/** The text of a view of the source with its names moved. */
export function movedView(view: Table, ends: BothEnds): string {
  const namespace = view.view?.namespace ?? { catalog: view.catalog, schema: view.schema };
  return movedText("query", view.view?.text ?? "", namespace, ends);
}
