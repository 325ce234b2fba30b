import type { Routine, Schema, Table, Volume } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import type { Inventory, SchemaInventory } from "../inspect/inventory.ts";
import { moveDefinition } from "../plan/definition.ts";
import {
  aspect,
  columnsAspect,
  constraintsAspect,
  definitionAspect,
  functionAspect,
  propertiesAspect,
} from "./aspects.ts";
import type { CatalogDiff, Difference } from "./diff.ts";
import { type GovernanceDifferences, governanceDifferences, unreadable } from "./governance.ts";
import { compareRows } from "./rows.ts";

/**
 * Compares two catalogs as clone and source: names in definitions count as moved, and properties that only clones carry do not
 * count. Rows are compared by the versions that the inventories' histories tell. Pure.
 */
export function diffCatalogs(source: Inventory, target: Inventory): CatalogDiff {
  const ends = { source, target, governance: governanceDifferences(source, target) };
  const { rows, differences: changed } = compareRows(source, target);
  const differences = [
    ...unreadable(source, target),
    ...aspect(source.catalog.name, "comment", source.catalog.comment, target.catalog.comment),
    ...aspect(source.catalog.name, "owner", source.catalog.owner, target.catalog.owner),
    ...(ends.governance.get("catalog")?.(source.catalog.name) ?? []),
    ...schemaDifferences(ends),
    ...changed,
  ];
  return {
    source_catalog: source.catalog.name,
    destination_catalog: target.catalog.name,
    identical: differences.length === 0,
    compared: compared(source),
    rows,
    differences,
  };
}

interface Ends {
  readonly source: Inventory;
  readonly target: Inventory;
  readonly governance: GovernanceDifferences;
}

function schemaDifferences(ends: Ends): readonly Difference[] {
  const pairs = pair(ends.source.schemas.filter(counts), ends.target.schemas.filter(counts), nameOfSchema);
  return pairs.flatMap(([source, target]) => {
    const schema = (source ?? target)?.schema;
    if (!source || !target) return presence(schema?.schema ?? "", "schema", source, target);
    return [...sameSchema(source.schema, target.schema, ends), ...objectDifferences(source, target, ends)];
  });
}

/** `default` comes into being with every catalog: an empty one is no schema to compare. */
function counts({ schema, tables, functions, volumes, failure }: SchemaInventory): boolean {
  const holds = tables.length + functions.length + volumes.length > 0 || failure !== undefined;
  return holds || schema.schema.toLowerCase() !== "default";
}

function nameOfSchema({ schema }: SchemaInventory): string {
  return schema.schema;
}

function sameSchema(source: Schema, target: Schema, { governance }: Ends): readonly Difference[] {
  const object = source.schema;
  return [
    ...aspect(object, "comment", source.comment, target.comment),
    ...aspect(object, "owner", source.owner, target.owner),
    ...propertiesAspect(object, source.properties, target.properties),
    ...(governance.get(`schema:${object}`.toLowerCase())?.(object) ?? []),
  ];
}

function objectDifferences(
  source: SchemaInventory,
  target: SchemaInventory,
  ends: Ends,
): readonly Difference[] {
  const schema = source.schema.schema;
  const failures = [source, target].flatMap(({ failure }) => failure ?? []);
  if (failures.length > 0) {
    const message = failures.map((failure) => failure.message).join(" ");
    return [{ object: schema, what: "schema", source: message, target: null }];
  }
  const relations = pair(source.tables, target.tables, byName).flatMap(([one, other]) => {
    const table = one ?? other;
    const kind = table && isView(table) ? "view" : "table";
    if (!one || !other) return presence(`${schema}.${table?.name ?? ""}`, kind, one, other);
    return isView(one) === isView(other) ? sameTable(one, other, ends) : otherKind(one, other);
  });
  const functions = pair(source.functions, target.functions, byName).flatMap(([one, other]) =>
    one && other
      ? sameRoutine(one, other, ends)
      : presence(`${schema}.${(one ?? other)?.name ?? ""}`, "function", one, other),
  );
  const volumes = pair(source.volumes, target.volumes, byName).flatMap(([one, other]) =>
    one && other
      ? sameVolume(one, other, ends)
      : presence(`${schema}.${(one ?? other)?.name ?? ""}`, "volume", one, other),
  );
  return [...relations, ...functions, ...volumes];
}

function otherKind(source: Table, target: Table): readonly Difference[] {
  const object = `${source.schema}.${source.name}`;
  return aspect(object, isView(source) ? "view" : "table", source.tableType, target.tableType);
}

function sameTable(source: Table, target: Table, ends: Ends): readonly Difference[] {
  const object = `${source.schema}.${source.name}`;
  const rename = renamer(ends);
  const filter = source.rowFilter && rename(source.rowFilter.functionName);
  return [
    ...columnsAspect(object, withMasksOf(source, rename), target),
    ...propertiesAspect(object, source.properties, target.properties),
    ...aspect(object, "comment", source.comment, target.comment),
    ...aspect(object, "owner", source.owner, target.owner),
    ...aspect(object, "row filter", filter, target.rowFilter?.functionName),
    ...constraintsAspect(object, source.constraints, target.constraints, rename),
    ...(isView(source) ? sameDefinition(object, source, target, ends) : []),
    ...(ends.governance.get(`table:${object}`.toLowerCase())?.(object) ?? []),
    ...source.columns.flatMap(({ name }) => {
      const column = `${object}.${name}`;
      return ends.governance.get(`column:${column}`.toLowerCase())?.(column) ?? [];
    }),
  ];
}

/** Functions of masks as the target would name them. */
function withMasksOf(table: Table, rename: (fullName: string) => string): Table {
  const columns = table.columns.map((column) =>
    column.mask
      ? { ...column, mask: { ...column.mask, functionName: rename(column.mask.functionName) } }
      : column,
  );
  return { ...table, columns };
}

function sameDefinition(object: string, source: Table, target: Table, ends: Ends): readonly Difference[] {
  const namespace = source.view?.namespace ?? { catalog: source.catalog, schema: source.schema };
  const text = source.view?.text ?? "";
  return definitionAspect(object, movedText("query", text, namespace, ends), target.view?.text ?? "");
}

function sameRoutine(source: Routine, target: Routine, ends: Ends): readonly Difference[] {
  const object = `${source.schema}.${source.name}`;
  const kind = source.language.toUpperCase() === "SQL" ? "body" : "opaque";
  const definition = movedText(kind, source.definition, source, ends);
  return [
    ...functionAspect(object, { ...source, definition }, target),
    ...aspect(object, "comment", source.comment, target.comment),
    ...aspect(object, "owner", source.owner, target.owner),
    ...(ends.governance.get(`function:${object}`.toLowerCase())?.(object) ?? []),
  ];
}

function sameVolume(source: Volume, target: Volume, { governance }: Ends): readonly Difference[] {
  const object = `${source.schema}.${source.name}`;
  return [
    ...aspect(object, "volume", source.volumeType, target.volumeType),
    ...aspect(object, "comment", source.comment, target.comment),
    ...aspect(object, "owner", source.owner, target.owner),
    ...(governance.get(`volume:${object}`.toLowerCase())?.(object) ?? []),
  ];
}

/** A text that cannot be understood is compared as it stands. */
function movedText(
  kind: "query" | "body" | "opaque",
  text: string,
  namespace: { readonly catalog: string; readonly schema: string },
  { source, target }: Ends,
): string {
  const catalogs = { from: source.catalog.name, to: target.catalog.name };
  const moved = moveDefinition({ kind, text, namespace }, catalogs);
  return moved.ok ? moved.text : text;
}

function renamer({ source, target }: Ends): (name: string) => string {
  const prefix = `${source.catalog.name}.`;
  return (name) => (name.startsWith(prefix) ? `${target.catalog.name}.${name.slice(prefix.length)}` : name);
}

/** Items of both sides by name as Unity Catalog compares names, the source's order first. */
function pair<T>(
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

function byName({ name }: { readonly name: string }): string {
  return name;
}

function presence(object: string, what: string, source: unknown, target: unknown): readonly Difference[] {
  const text = (side: unknown) => (side === undefined ? null : "present");
  return [{ object, what, source: text(source), target: text(target) }];
}

function compared({ schemas }: Inventory): CatalogDiff["compared"] {
  const counted = schemas.filter(counts);
  const total = (count: (schema: SchemaInventory) => number) =>
    counted.reduce((sum, schema) => sum + count(schema), 0);
  return {
    schemas: counted.length,
    tables: total(({ tables }) => tables.filter((table) => !isView(table)).length),
    views: total(({ tables }) => tables.filter(isView).length),
    functions: total(({ functions }) => functions.length),
    volumes: total(({ volumes }) => volumes.length),
  };
}
