import type { Table } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import type { Decision } from "../decide/decision.ts";
import { differingProperties } from "../decide/properties.ts";
import { schemaInScope } from "../decide/scope.ts";
import {
  type GovernanceRead,
  localKey,
  type SchemaInventory,
  type SecurableReference,
} from "../inspect/inventory.ts";
import type { Residue } from "../summarize/summary.ts";
import { type Planning, targetTable } from "./planning.ts";

/**
 * What the source has beside data and the copies will not get, one line per securable and aspect, with the reason. Aspects that
 * the request turns off are not missed. Only what is on the target after the run can miss something.
 */
export function governanceResidue(planning: Planning, decisions: readonly Decision[]): readonly Residue[] {
  const { request, source } = planning;
  const schemas = source.schemas.filter(
    ({ schema, failure }) => !failure && schemaInScope(schema.schema, request.scope),
  );
  const present = presentKeys(schemas, decisions);
  const { copy } = request;
  return [
    ...(copy.tags ? assigned(source.tags, "tags", present, planning) : []),
    ...(copy.permissions ? assigned(source.grants, "grants", present, planning) : []),
    ...(copy.ownership ? owners(planning, schemas, present) : []),
    ...keptProperties(planning, decisions),
    ...schemas.flatMap(({ tables }) =>
      tables
        .filter((table) => present.has(`table:${localKey(table)}`))
        .flatMap((table) => tableResidue(table, planning)),
    ),
    ...schemas.flatMap(({ volumes }) =>
      volumes
        .filter((volume) => present.has(`volume:${localKey(volume)}`))
        .map(({ schema, name }) => ({
          object: `${schema}.${name}`,
          what: "files",
          reason: "files of volumes are not copied yet",
        })),
    ),
  ];
}

/** Objects of `default`, which is left out unless it is named: comes into being with every catalog, is empty in most. */
export function defaultSchemaResidue({ request, source }: Planning): readonly Residue[] {
  if (!request.scope.excludeSchemas.some((name) => name.toLowerCase() === "default")) return [];
  if (request.scope.includeSchemas.length > 0 || request.scope.includeObjects.length > 0) return [];
  const found = source.schemas.find(({ schema }) => schema.schema.toLowerCase() === "default");
  const reason =
    "the schema default is left out; name it in include_schemas, or give exclude_schemas without it";
  const line = (what: string) => (object: { readonly name: string }) => ({
    object: `default.${object.name}`,
    what,
    reason,
  });
  return [
    ...(found?.tables ?? []).map((table) => line(isView(table) ? "view" : "table")(table)),
    ...(found?.functions ?? []).map(line("function")),
    ...(found?.volumes ?? []).map(line("volume")),
  ];
}

/** `catalog`, `schema:s`, `table:s.t`, `column:s.t.c`, `volume:s.v`, `function:s.f`, in lower case. A view is a table here. */
export function securableKey({ level, schema, name, column }: SecurableReference): string {
  const parts = [schema, name, column].filter((part) => part !== undefined).join(".");
  return (parts === "" ? level : `${level}:${parts}`).toLowerCase();
}

function presentKeys(
  schemas: readonly SchemaInventory[],
  decisions: readonly Decision[],
): ReadonlySet<string> {
  const made = decisions.filter(({ action }) => action === "clone" || action === "keep");
  return new Set([
    "catalog",
    ...schemas.map(({ schema }) => `schema:${schema.schema}`.toLowerCase()),
    ...made.map((decision) => `${decision.kind === "view" ? "table" : decision.kind}:${localKey(decision)}`),
  ]);
}

/** One line for each securable that has any; a line for the catalog when they could not be read. */
function assigned(
  read: GovernanceRead<SecurableReference>,
  what: "tags" | "grants",
  present: ReadonlySet<string>,
  { source }: Planning,
): readonly Residue[] {
  if (!read.ok) return [{ object: source.catalog.name, what, reason: read.failure.message }];
  const objects = read.rows
    .filter((row) => present.has(ownerKey(row)))
    .map(({ schema, name, column }) => [schema, name, column].filter((part) => part !== undefined).join("."));
  return [...new Set(objects)].map((object) => ({
    object: object === "" ? source.catalog.name : object,
    what,
    reason: `${what} are not copied yet`,
  }));
}

/** Key of what has to be there for the tag or grant to be missed: the table, for a column. */
function ownerKey(row: SecurableReference): string {
  const { level, schema = "", name = "" } = row;
  return level === "column" ? `table:${localKey({ schema, name })}` : securableKey(row);
}

function owners(
  { source, target }: Planning,
  schemas: readonly SchemaInventory[],
  present: ReadonlySet<string>,
): readonly Residue[] {
  const runner = (target ?? source).userName;
  const owned = schemas.flatMap(({ schema, tables, functions, volumes }) => [
    { object: schema.schema, owner: schema.owner, key: `schema:${schema.schema}`.toLowerCase() },
    ...tables.map((table) => ownedObject("table", table)),
    ...functions.map((routine) => ownedObject("function", routine)),
    ...volumes.map((volume) => ownedObject("volume", volume)),
  ]);
  return [{ object: source.catalog.name, owner: source.catalog.owner, key: "catalog" }, ...owned]
    .filter(({ owner, key }) => owner !== runner && present.has(key))
    .map(({ object }) => ({
      object,
      what: "owner",
      reason: `the copy belongs to ${runner}; ownership is not handed over yet`,
    }));
}

function ownedObject(
  kind: string,
  object: { readonly schema: string; readonly name: string; readonly owner: string },
) {
  const { schema, name, owner } = object;
  return { object: `${schema}.${name}`, owner, key: `${kind}:${localKey(object)}` };
}

/** A copy in sync is not made again for its properties alone; what the request itself sets is no difference. */
function keptProperties(planning: Planning, decisions: readonly Decision[]): readonly Residue[] {
  const kept = new Set(decisions.filter(({ action }) => action === "keep").map(localKey));
  const tables = planning.source.schemas.flatMap((schema) => schema.tables);
  return tables
    .filter((table) => kept.has(localKey(table)))
    .flatMap((table) => {
      const target = targetTable(table, planning)?.properties ?? {};
      const names = differingProperties(table.properties, target).filter(
        (name) =>
          !(name in planning.request.tableProperties) ||
          planning.request.tableProperties[name] !== target[name],
      );
      if (names.length === 0) return [];
      const reason = `${names.join(", ")}: set since it was cloned; properties alone are not brought over`;
      return [{ object: `${table.schema}.${table.name}`, what: "properties", reason }];
    });
}

function tableResidue(table: Table, { request: { copy } }: Planning): readonly Residue[] {
  const object = `${table.schema}.${table.name}`;
  const comment = {
    object,
    what: "comment",
    reason: "CLONE does not carry a table's comment; not copied yet",
  };
  const constraints = { object, what: "constraints", reason: "primary and foreign keys are not copied yet" };
  return [
    ...(copy.comments && !isView(table) && table.comment ? [comment] : []),
    ...(copy.constraints && table.constraints.length > 0 ? [constraints] : []),
  ];
}
