import type { Column, Routine, Table, Volume } from "@clone-xs/unity";
import { hasVersions } from "../src/decide/cloneable.ts";
import { isKnownByFiles } from "../src/decide/fingerprint.ts";
import { STAMP_PROPERTY, writeStamp } from "../src/decide/provenance.ts";
import {
  type HistoryEntry,
  type HistoryRead,
  localKey,
  type Inventory,
  type SchemaInventory,
} from "../src/inspect/inventory.ts";
import type { ClonePlan, Operation } from "../src/plan/plan.ts";
import type { VolumeComparison } from "../src/volumes/compare.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import type { CloneRequest } from "../src/request/request.ts";
import { afterGovernance, isGovernance } from "./apply-governance.ts";

/** A request from `prod` to `dev`. */
export function cloneRequest(wire: object = {}): CloneRequest {
  const parsed = parseCloneRequest({ source_catalog: "prod", destination_catalog: "dev", ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

export const column = (name: string, position = 0, more: Partial<Column> = {}): Column => ({
  name,
  position,
  typeText: "bigint",
  nullable: true,
  ...more,
});

export const table = (schema: string, name: string, more: Partial<Table> = {}): Table => ({
  catalog: "prod",
  schema,
  name,
  tableType: "MANAGED",
  format: "DELTA",
  owner: "runner",
  columns: [column("id")],
  properties: {},
  tableId: `id-of-${schema}.${name}`,
  constraints: [],
  updatedAt: 0,
  ...more,
});

export const view = (schema: string, name: string, text: string, more: Partial<Table> = {}): Table => {
  const { format: _, ...rest } = table(schema, name);
  return { ...rest, tableType: "VIEW", view: { text, namespace: { catalog: "prod", schema } }, ...more };
};

export const routine = (
  schema: string,
  name: string,
  definition: string,
  more: Partial<Routine> = {},
): Routine => ({
  catalog: "prod",
  schema,
  name,
  owner: "runner",
  parameters: [{ name: "x", typeText: "bigint" }],
  returns: "bigint",
  language: "SQL",
  definition,
  deterministic: true,
  ...more,
});

export const volume = (schema: string, name: string, more: Partial<Volume> = {}): Volume => ({
  catalog: "prod",
  schema,
  name,
  volumeType: "MANAGED",
  storageLocation: `/volumes/${schema}/${name}`,
  owner: "runner",
  ...more,
});

export const schemaOf = (
  name: string,
  objects: Partial<Pick<SchemaInventory, "tables" | "functions" | "volumes" | "failure">> = {},
): SchemaInventory => ({
  schema: { catalog: "prod", schema: name, owner: "runner", properties: {} },
  tables: [],
  functions: [],
  volumes: [],
  ...objects,
});

const NONE = { count: 0, names: [] };
export const NO_FILES: VolumeComparison = {
  copy: 0,
  bytes: 0,
  keep: 0,
  known: false,
  foreign: NONE,
  modified: NONE,
  left: NONE,
  orphaned: NONE,
};

/** A catalog whose Delta tables all have one version, 0, and whose parquet tables one fingerprint. */
export function inventory(schemas: readonly SchemaInventory[], more: Partial<Inventory> = {}): Inventory {
  const tables = schemas.flatMap((schema) => schema.tables);
  const versioned = tables.filter(hasVersions);
  const listed = tables.filter(isKnownByFiles);
  return {
    catalog: { name: "prod", owner: "runner", catalogType: "MANAGED_CATALOG", properties: {} },
    userName: "runner",
    schemas,
    unread: [],
    groups: { ok: true, rows: [] },
    histories: Object.fromEntries(versioned.map((one) => [localKey(one), history("CREATE TABLE")])),
    fingerprints: Object.fromEntries(
      listed.map((one) => [localKey(one), { ok: true, fingerprint: "files" }]),
    ),
    definitions: {},
    volumes: Object.fromEntries(
      schemas
        .flatMap((schema) => schema.volumes)
        .map((one) => [localKey(one), { ok: true, comparison: NO_FILES }]),
    ),
    tags: { ok: true, rows: [] },
    grants: { ok: true, rows: [] },
    ...more,
  };
}

/** A whole history, oldest operation first, versions from 0. */
export function history(...operations: readonly string[]): HistoryRead {
  const entries = operations.map(
    (operation, version): HistoryEntry => ({
      version: `${version}`,
      timestamp: `2026-01-01T00:00:0${version}Z`,
      operation,
      parameters: {},
      metrics: {},
    }),
  );
  return { ok: true, entries: entries.toReversed(), complete: true };
}

/** What a target holds after all steps of a plan were carried out on it by a faithful workspace. */
export function applied(plan: ClonePlan, source: Inventory, before: Inventory | undefined): Inventory {
  const start: Inventory = before ?? {
    ...inventory([]),
    catalog: {
      name: plan.destinationCatalog,
      owner: source.userName,
      catalogType: "MANAGED_CATALOG",
      properties: {},
    },
    userName: source.userName,
    groups: source.groups,
  };
  return plan.steps.reduce((target, { id, operation }) => afterStep(target, id, operation, source), start);
}

function afterStep(target: Inventory, step: string, operation: Operation, source: Inventory): Inventory {
  const stamp = (names: { source: string; target: string }, more = {}) => ({
    [STAMP_PROPERTY]: writeStamp({
      run: "run",
      step,
      sourceId: null,
      version: null,
      versionTimestamp: null,
      fingerprint: null,
      ...names,
      ...more,
    }),
  });
  if (isGovernance(operation)) return afterGovernance(target, operation);
  switch (operation.kind) {
    case "create_catalog":
      return { ...target, catalog: { ...target.catalog, ...commented(operation) } };
    case "create_schema": {
      const { catalog, schema, source, properties } = operation;
      const names = { source, target: `${catalog}.${schema}` };
      const made = schemaOf(schema);
      const stamped = { ...properties, ...stamp(names) };
      return {
        ...target,
        schemas: [
          ...target.schemas,
          {
            ...made,
            schema: {
              ...made.schema,
              catalog,
              owner: target.userName,
              properties: stamped,
              ...commented(operation),
            },
          },
        ],
      };
    }
    case "clone_table": {
      const original = find(source, operation.source);
      const names = { source: dotted(operation.source), target: dotted(operation.target) };
      const { version, versionTimestamp, fingerprint, sourceTableId: sourceId } = operation;
      const { comment: _, rowFilter: __, ...copied } = original;
      const existing = operation.existing === "replace" ? found(target, operation.target) : undefined;
      const made: Table = {
        ...copied,
        ...operation.target,
        owner: existing?.owner ?? target.userName,
        ...(existing?.comment === undefined ? {} : { comment: existing.comment }),
        ...(existing?.rowFilter === undefined ? {} : { rowFilter: existing.rowFilter }),
        constraints: existing?.constraints ?? [],
        columns: original.columns.map(({ mask: ___, ...column }) => {
          const mask = existing?.columns.find(({ name }) => name === column.name)?.mask;
          return mask === undefined ? column : { ...column, mask };
        }),
        tableType: operation.depth === "SHALLOW" ? "MANAGED_SHALLOW_CLONE" : "MANAGED",
        format: "DELTA",
        properties: {
          ...original.properties,
          ...operation.properties,
          ...stamp(names, { version, versionTimestamp, fingerprint, sourceId }),
        },
      };
      const histories = { ...target.histories, [localKey(made)]: history("CLONE") };
      return { ...withTable(target, made), histories };
    }
    case "create_view": {
      const original = find(source, operation.source);
      const names = { source: dotted(operation.source), target: dotted(operation.target) };
      const { text, namespace } = operation;
      const properties = { ...operation.properties, ...stamp(names) };
      const owner = target.userName;
      return withTable(target, {
        ...original,
        ...operation.target,
        owner,
        properties,
        view: { text, namespace },
      });
    }
    case "alter_view": {
      const existing = find(target, operation.target);
      return withTable(target, {
        ...existing,
        view: { text: operation.text, namespace: operation.namespace },
      });
    }
    case "create_function":
      return inSchema(target, operation.routine.schema, (schema) => ({
        ...schema,
        functions: [
          ...schema.functions.filter(({ name }) => name !== operation.routine.name),
          { ...operation.routine, owner: target.userName },
        ],
      }));
    case "drop_orphan":
      return inSchema(target, operation.target.schema, (schema) => ({
        ...schema,
        tables: schema.tables.filter(({ name }) => name !== operation.target.name),
      }));
    case "open_route":
    case "close_route":
      return target;
    default:
      return inSchema(target, operation.target.schema, (schema) => ({
        ...schema,
        volumes: [
          ...schema.volumes,
          { ...volume("", ""), ...operation.target, owner: target.userName, ...commented(operation) },
        ],
      }));
  }
}

function withTable(target: Inventory, made: Table): Inventory {
  return inSchema(target, made.schema, (schema) => ({
    ...schema,
    tables: [...schema.tables.filter(({ name }) => name !== made.name), made],
  }));
}

function inSchema(
  target: Inventory,
  name: string,
  change: (schema: SchemaInventory) => SchemaInventory,
): Inventory {
  const schemas = target.schemas.map((schema) => (schema.schema.schema === name ? change(schema) : schema));
  return { ...target, schemas };
}

function find(inventory: Inventory, wanted: { schema: string; name: string }): Table {
  const table = found(inventory, wanted);
  if (!table) throw new Error(`No table ${wanted.schema}.${wanted.name}`);
  return table;
}

function found({ schemas }: Inventory, wanted: { schema: string; name: string }): Table | undefined {
  return schemas
    .find(({ schema }) => schema.schema === wanted.schema)
    ?.tables.find(({ name }) => name === wanted.name);
}

function commented({ comment }: { readonly comment: string | null }): { readonly comment?: string } {
  return comment === null ? {} : { comment };
}

function dotted({ catalog, schema, name }: { catalog: string; schema: string; name: string }): string {
  return `${catalog}.${schema}.${name}`;
}
