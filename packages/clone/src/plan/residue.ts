import type { Table } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import type { Decision } from "../decide/decision.ts";
import { schemaInScope } from "../decide/scope.ts";
import { groupBy } from "../inspect/rows.ts";
import type { GovernanceRead, Inventory, SchemaInventory, SecurableReference } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import type { Residue } from "../summarize/summary.ts";
import type { Planning } from "./planning.ts";

/**
 * What the source has beside data and the copies will not get, one line per securable and aspect, with the reason. Aspects that
 * the request turns off are not missed. Only securables that are on the target after the run are asked.
 */
export function governanceResidue(planning: Planning, decisions: readonly Decision[]): readonly Residue[] {
  const { request, source } = planning;
  const present = new Set(decisions.filter(isPresent).map((d) => `${d.kind}:${d.schema}.${d.name}`));
  const securables = [
    catalogSecurable(source),
    ...source.schemas
      .filter(({ schema, failure }) => !failure && schemaInScope(schema.schema, request.scope))
      .flatMap((schema) => [schemaSecurable(schema), ...objectSecurables(schema, present)]),
  ];
  const tags = readableBySecurable(source.tags);
  const grants = readableBySecurable(source.grants);
  return [
    ...unreadable(source, request),
    ...securables.flatMap((securable) => [
      ...(request.copy.tags ? assigned(securable, tags, "tags") : []),
      ...(request.copy.permissions ? assigned(securable, grants, "grants") : []),
      ...(request.copy.ownership ? ownerResidue(securable, planning) : []),
      ...(request.copy.comments ? securable.comment : []),
      ...(request.copy.constraints ? securable.constraints : []),
      ...securable.files,
    ]),
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

interface Securable {
  /** As residue names it. */
  readonly object: string;
  readonly key: string;
  readonly owner: string;
  readonly comment: readonly Residue[];
  readonly constraints: readonly Residue[];
  readonly files: readonly Residue[];
  /** Whose tags are looked for below this one. */
  readonly columns: readonly { readonly object: string; readonly key: string }[];
}

const nothing = { comment: [], constraints: [], files: [], columns: [] };

function catalogSecurable({ catalog }: Inventory): Securable {
  return { ...nothing, object: catalog.name, key: "catalog", owner: catalog.owner };
}

function schemaSecurable({ schema }: SchemaInventory): Securable {
  return {
    ...nothing,
    object: schema.schema,
    key: `schema:${schema.schema}`.toLowerCase(),
    owner: schema.owner,
  };
}

function objectSecurables(inventory: SchemaInventory, present: ReadonlySet<string>): readonly Securable[] {
  const schema = inventory.schema.schema;
  const is = (kind: string) => (object: { readonly name: string }) =>
    present.has(`${kind}:${schema}.${object.name}`);
  return [
    ...inventory.tables.filter((table) => is(isView(table) ? "view" : "table")(table)).map(tableSecurable),
    ...inventory.functions.filter(is("function")).map(({ name, owner }) => ({
      ...nothing,
      object: `${schema}.${name}`,
      key: `function:${schema}.${name}`.toLowerCase(),
      owner,
    })),
    ...inventory.volumes.filter(is("volume")).map(({ name, owner }) => ({
      ...nothing,
      object: `${schema}.${name}`,
      key: `volume:${schema}.${name}`.toLowerCase(),
      owner,
      files: [{ object: `${schema}.${name}`, what: "files", reason: "files of volumes are not copied yet" }],
    })),
  ];
}

function tableSecurable(table: Table): Securable {
  const object = `${table.schema}.${table.name}`;
  const key = `table:${object}`.toLowerCase();
  const commented = !isView(table) && table.comment !== undefined && table.comment !== "";
  return {
    ...nothing,
    object,
    key,
    owner: table.owner,
    comment: commented
      ? [{ object, what: "comment", reason: "CLONE does not carry a table's comment; not copied yet" }]
      : [],
    constraints:
      table.constraints.length > 0
        ? [{ object, what: "constraints", reason: "primary and foreign keys are not copied yet" }]
        : [],
    columns: table.columns.map(({ name }) => ({
      object: `${object}.${name}`,
      key: `column:${object}.${name}`.toLowerCase(),
    })),
  };
}

function assigned(
  securable: Securable,
  present: ReadonlyMap<string, readonly SecurableReference[]>,
  what: "tags" | "grants",
): readonly Residue[] {
  return [securable, ...securable.columns]
    .filter(({ key }) => present.has(key))
    .map(({ object }) => ({ object, what, reason: `${what} are not copied yet` }));
}

function ownerResidue({ object, owner }: Securable, { target, source }: Planning): readonly Residue[] {
  const runner = (target ?? source).userName;
  if (owner === runner) return [];
  return [
    { object, what: "owner", reason: `the copy belongs to ${runner}; ownership is not handed over yet` },
  ];
}

function readableBySecurable<Row extends SecurableReference>(
  read: GovernanceRead<Row>,
): ReadonlyMap<string, readonly Row[]> {
  return groupBy(read.ok ? read.rows : [], securableKey);
}

/** `catalog`, `schema:s`, `table:s.t`, `column:s.t.c`, `volume:s.v`, `function:s.f`, in lower case. */
export function securableKey({ level, schema, name, column }: SecurableReference): string {
  const parts = [schema, name, column].filter((part) => part !== undefined).join(".");
  return (parts === "" ? level : `${level}:${parts}`).toLowerCase();
}

function unreadable({ catalog, tags, grants }: Inventory, { copy }: CloneRequest): readonly Residue[] {
  return [
    ...(copy.tags && !tags.ok ? [{ object: catalog.name, what: "tags", reason: tags.failure.message }] : []),
    ...(copy.permissions && !grants.ok
      ? [{ object: catalog.name, what: "grants", reason: grants.failure.message }]
      : []),
  ];
}

function isPresent({ action }: Decision): boolean {
  return action === "clone" || action === "keep";
}
