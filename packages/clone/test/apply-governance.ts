import type { Column, Table } from "@clone-xs/unity";
import type {
  DirectGrant,
  Inventory,
  SchemaInventory,
  SecurableReference,
} from "../src/inspect/inventory.ts";
import type { GovernanceOperation } from "../src/plan/governance/operations.ts";
import type { Operation } from "../src/plan/plan.ts";

const KINDS: ReadonlySet<string> = new Set([
  "set_mask",
  "set_row_filter",
  "add_constraint",
  "set_comment",
  "set_properties",
  "set_tags",
  "grant",
  "set_owner",
] satisfies readonly GovernanceOperation["kind"][]);

export function isGovernance(operation: Operation): operation is GovernanceOperation {
  return KINDS.has(operation.kind);
}

/** What a target holds after one governance statement, as a faithful workspace leaves it. */
export function afterGovernance(target: Inventory, operation: GovernanceOperation): Inventory {
  switch (operation.kind) {
    case "set_tags": {
      const reference = referenceOf(operation.target);
      const rows = target.tags.ok ? target.tags.rows : [];
      const set = Object.entries(operation.tags).map(([tag, value]) => ({ ...reference, tag, value }));
      const others = rows.filter(
        (row) => !(sameReference(row, reference) && Object.hasOwn(operation.tags, row.tag)),
      );
      return { ...target, tags: { ok: true, rows: [...others, ...set] } };
    }
    case "grant": {
      const reference = referenceOf(operation.target);
      const { principal } = operation;
      const rows = target.grants.ok ? target.grants.rows : [];
      const given = operation.privileges.map(
        (privilege): DirectGrant => ({ ...reference, principal, privilege }),
      );
      return { ...target, grants: { ok: true, rows: [...rows, ...given] } };
    }
    case "set_owner":
      return described(target, referenceOf(operation.target), { owner: operation.owner });
    case "set_comment":
      return described(target, referenceOf(operation.target), { comment: operation.comment });
    case "set_properties":
      return withProperties(target, referenceOf(operation.target), operation.properties);
    case "add_constraint":
      return onTable(target, operation.target, (table) => ({
        ...table,
        constraints: [
          ...table.constraints.filter(({ name }) => name !== operation.constraint.name),
          operation.constraint,
        ],
      }));
    case "set_mask": {
      const { column, function: mask, usingColumns } = operation;
      const functionName = `${mask.catalog}.${mask.schema}.${mask.name}`;
      return onTable(target, operation.target, (table) =>
        onColumn(table, column, (one) => ({ ...one, mask: { functionName, usingColumns } })),
      );
    }
    case "set_row_filter": {
      const { function: filter, columns: inputColumns } = operation;
      const functionName = `${filter.catalog}.${filter.schema}.${filter.name}`;
      return onTable(target, operation.target, (table) => ({
        ...table,
        rowFilter: { functionName, inputColumns },
      }));
    }
  }
}

type OnTarget = Extract<GovernanceOperation, { kind: "set_tags" | "set_comment" | "set_owner" }>["target"];

function referenceOf(target: OnTarget): SecurableReference {
  switch (target.type) {
    case "catalog":
      return { level: "catalog" };
    case "schema":
      return { level: "schema", schema: target.schema };
    case "column":
      return { level: "column", schema: target.schema, name: target.name, column: target.column };
    default: {
      const level = target.type === "view" ? "table" : target.type;
      return { level, schema: target.schema, name: target.name };
    }
  }
}

function sameReference(a: SecurableReference, b: SecurableReference): boolean {
  return a.level === b.level && a.schema === b.schema && a.name === b.name && a.column === b.column;
}

interface Facts {
  readonly owner?: string;
  readonly comment?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

function withProperties(
  target: Inventory,
  reference: SecurableReference,
  properties: Readonly<Record<string, string>>,
): Inventory {
  const { schema = "", name } = reference;
  const found = target.schemas.find((one) => one.schema.schema === schema);
  const before =
    name === undefined
      ? found?.schema.properties
      : found?.tables.find((table) => table.name === name)?.properties;
  return described(target, reference, { properties: { ...before, ...properties } });
}

function described(target: Inventory, reference: SecurableReference, facts: Facts): Inventory {
  const { level, schema = "", name = "", column } = reference;
  const changed = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
    items.map((item) => (item.name === name ? { ...item, ...facts } : item));
  switch (level) {
    case "catalog":
      return { ...target, catalog: { ...target.catalog, ...facts } };
    case "schema":
      return inSchema(target, schema, (one) => ({ ...one, schema: { ...one.schema, ...facts } }));
    case "table":
      return inSchema(target, schema, (one) => ({ ...one, tables: changed(one.tables) }));
    case "function":
      return inSchema(target, schema, (one) => ({ ...one, functions: changed(one.functions) }));
    case "volume":
      return inSchema(target, schema, (one) => ({ ...one, volumes: changed(one.volumes) }));
    case "column":
      return onTable(target, { schema, name }, (table) =>
        onColumn(table, column ?? "", (one) => ({ ...one, ...facts })),
      );
  }
}

function onColumn(table: Table, name: string, change: (column: Column) => Column): Table {
  return {
    ...table,
    columns: table.columns.map((column) => (column.name === name ? change(column) : column)),
  };
}

function onTable(
  target: Inventory,
  { schema, name }: { readonly schema: string; readonly name: string },
  change: (table: Table) => Table,
): Inventory {
  return inSchema(target, schema, (one) => ({
    ...one,
    tables: one.tables.map((table) => (table.name === name ? change(table) : table)),
  }));
}

function inSchema(
  target: Inventory,
  name: string,
  change: (schema: SchemaInventory) => SchemaInventory,
): Inventory {
  return {
    ...target,
    schemas: target.schemas.map((schema) => (schema.schema.schema === name ? change(schema) : schema)),
  };
}
