import type { Routine, Schema, Table, Volume } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import type { Inventory, SchemaInventory } from "../inspect/inventory.ts";
import {
  aspect,
  columnsAspect,
  constraintsAspect,
  definitionAspect,
  filterText,
  functionAspect,
  propertiesAspect,
} from "./aspects.ts";
import type { CatalogDiff, Difference } from "./diff.ts";
import { type GovernanceDifferences, governanceDifferences, unreadable } from "./governance.ts";
import {
  type BothEnds,
  counts,
  movedRoutine,
  movedView,
  pair,
  renamer,
  schemaPairs,
  withCoverOf,
} from "./pairs.ts";
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

interface Ends extends BothEnds {
  readonly governance: GovernanceDifferences;
}

function schemaDifferences(ends: Ends): readonly Difference[] {
  return schemaPairs(ends).flatMap(([source, target]) => {
    const schema = (source ?? target)?.schema;
    if (!source || !target) return presence(schema?.schema ?? "", "schema", source, target);
    return [...sameSchema(source.schema, target.schema, ends), ...objectDifferences(source, target, ends)];
  });
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
  const moved = withCoverOf(source, rename);
  return [
    ...columnsAspect(object, moved, target),
    ...propertiesAspect(object, source.properties, target.properties),
    ...aspect(object, "comment", source.comment, target.comment),
    ...aspect(object, "owner", source.owner, target.owner),
    ...aspect(object, "row filter", filterText(moved), filterText(target)),
    ...constraintsAspect(object, source.constraints, target.constraints, rename),
    ...(isView(source) ? sameDefinition(object, source, target, ends) : []),
    ...(ends.governance.get(`table:${object}`.toLowerCase())?.(object) ?? []),
    ...source.columns.flatMap(({ name }) => {
      const column = `${object}.${name}`;
      return ends.governance.get(`column:${column}`.toLowerCase())?.(column) ?? [];
    }),
  ];
}

function sameDefinition(object: string, source: Table, target: Table, ends: Ends): readonly Difference[] {
  return definitionAspect(object, movedView(source, ends), target.view?.text ?? "");
}

function sameRoutine(source: Routine, target: Routine, ends: Ends): readonly Difference[] {
  const object = `${source.schema}.${source.name}`;
  return [
    ...functionAspect(object, movedRoutine(source, ends), target),
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
