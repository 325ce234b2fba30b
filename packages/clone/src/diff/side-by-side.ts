import type { Catalog, Routine, Schema, Table, Volume } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import { type Inventory, localKey, type SchemaInventory } from "../inspect/inventory.ts";
import type { CatalogComparison, ComparedObject, ComparedRow, ObjectState } from "./comparison.ts";
import { type GovernanceRows, governanceRows, unreadGovernance } from "./governance-rows.ts";
import {
  columnRows,
  definitionRow,
  describedRows,
  propertyRows,
  routineRow,
  row,
  tableRows,
} from "./object-rows.ts";
import { type BothEnds, movedRoutine, movedView, pair, renamer, schemaPairs, withCoverOf } from "./pairs.ts";
import { rowsSideBySide } from "./rows.ts";

/**
 * Puts two catalogs side by side, by the rules of `diffCatalogs`: where that finds a difference, an object differs here, and the other
 * way round. Pure.
 */
export function sideBySide(source: Inventory, target: Inventory): CatalogComparison {
  const ends: Ends = {
    source,
    target,
    governance: governanceRows({ source, target }),
    data: rowsSideBySide(source, target),
  };
  const objects = [
    catalogObject(source.catalog, target.catalog, ends),
    ...schemaPairs(ends).flatMap(([one, other]) => schemaObjects(one, other, ends)),
  ];
  return {
    source_catalog: source.catalog.name,
    destination_catalog: target.catalog.name,
    figures: figuresOf(objects),
    unread: unreadGovernance(ends),
    objects,
  };
}

interface Ends extends BothEnds {
  readonly governance: GovernanceRows;
  readonly data: ReadonlyMap<string, ComparedRow>;
}

type Sides<T> = readonly [source: T | undefined, target: T | undefined];

function catalogObject(source: Catalog, target: Catalog, { governance }: Ends): ComparedObject {
  const rows = [...describedRows(source, target), ...governance("catalog")];
  return objectOf({ kind: "catalog", name: source.name }, [source, target], rows);
}

function schemaObjects(
  source: SchemaInventory | undefined,
  target: SchemaInventory | undefined,
  ends: Ends,
): readonly ComparedObject[] {
  const schema = schemaObject([source?.schema, target?.schema], ends);
  const failures = [source, target].flatMap((end) => end?.failure ?? []);
  if (failures.length > 0) {
    const note = failures.map(({ message }) => message).join(" ");
    const unknown: ComparedRow = { what: "schema", state: "unknown", source: null, target: null, note };
    return [objectOf(schema, [source, target], [...schema.rows, unknown])];
  }
  const of = <T extends { readonly name: string }>(
    list: (schema: SchemaInventory) => readonly T[],
    object: (sides: Sides<T>, ends: Ends) => ComparedObject,
  ) =>
    pair(source ? list(source) : [], target ? list(target) : [], ({ name }) => name).map((sides) => ({
      ...object(sides, ends),
      // Both ends may write it differently.
      schema: schema.name,
    }));
  return [
    schema,
    ...of(({ tables }) => tables, tableObject),
    ...of(({ functions }) => functions, routineObject),
    ...of(({ volumes }) => volumes, volumeObject),
  ];
}

function schemaObject([source, target]: Sides<Schema>, { governance }: Ends): ComparedObject {
  const name = (source ?? target)?.schema ?? "";
  const rows = [
    ...describedRows(source, target),
    ...propertyRows(source?.properties, target?.properties),
    ...governance(`schema:${name}`),
  ];
  return objectOf({ kind: "schema", name }, [source, target], rows);
}

function tableObject([source, target]: Sides<Table>, ends: Ends): ComparedObject {
  const { schema = "", name = "" } = source ?? target ?? {};
  const kind = kindOf(source ?? target);
  const about = { kind, schema, name } as const;
  if (source && target && isView(source) !== isView(target))
    return objectOf(about, [source, target], row({ what: kind }, source.tableType, target.tableType));
  const rename = renamer(ends);
  const moved = source && withCoverOf(source, rename);
  const data = source && target ? ends.data.get(localKey({ schema, name })) : undefined;
  const tagsOf = (column: string) => ends.governance(`column:${schema}.${name}.${column}`);
  const rows = [
    ...(data === undefined ? [] : [data]),
    ...columnRows(moved?.columns, target?.columns, tagsOf),
    ...(kind === "view" ? definitionRow(source && movedView(source, ends), target?.view?.text) : []),
    ...tableRows(moved, target, rename),
    ...describedRows(source, target),
    ...ends.governance(`table:${schema}.${name}`),
  ];
  return objectOf(about, [source, target], rows);
}

function kindOf(table: Table | undefined): "table" | "view" {
  return table !== undefined && isView(table) ? "view" : "table";
}

function routineObject([source, target]: Sides<Routine>, ends: Ends): ComparedObject {
  const { schema = "", name = "" } = source ?? target ?? {};
  const rows = [
    ...routineRow(source && movedRoutine(source, ends), target),
    ...describedRows(source, target),
    ...ends.governance(`function:${schema}.${name}`),
  ];
  return objectOf({ kind: "function", schema, name }, [source, target], rows);
}

function volumeObject([source, target]: Sides<Volume>, { governance }: Ends): ComparedObject {
  const { schema = "", name = "" } = source ?? target ?? {};
  const rows = [
    ...row({ what: "volume" }, source?.volumeType, target?.volumeType),
    ...describedRows(source, target),
    ...governance(`volume:${schema}.${name}`),
  ];
  return objectOf({ kind: "volume", schema, name }, [source, target], rows);
}

function objectOf(
  { kind, schema, name }: Pick<ComparedObject, "kind" | "schema" | "name">,
  [source, target]: Sides<unknown>,
  rows: readonly ComparedRow[],
): ComparedObject {
  return {
    kind,
    ...(schema === undefined ? {} : { schema }),
    name,
    state: stateOf(source, target, rows),
    rows,
  };
}

function stateOf(source: unknown, target: unknown, rows: readonly ComparedRow[]): ObjectState {
  if (target === undefined) return "only_source";
  if (source === undefined) return "only_target";
  if (rows.some(({ state }) => state !== "same" && state !== "unknown")) return "differs";
  return rows.some(({ state }) => state === "unknown") ? "not_compared" : "same";
}

function figuresOf(objects: readonly ComparedObject[]): CatalogComparison["figures"] {
  const figures = { same: 0, differs: 0, only_source: 0, only_target: 0, not_compared: 0 };
  for (const { state } of objects) figures[state] += 1;
  return figures;
}
