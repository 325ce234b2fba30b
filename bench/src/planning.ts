import type { Inventory, SchemaInventory } from "@clone-xs/clone";
import { type CloneRequest, parseCloneRequest, planClone } from "@clone-xs/clone";
import type { Table } from "@clone-xs/unity";
import { shown, time } from "./measure.ts";

const TABLES = 100_000;
const SCHEMAS = 100;
const TARGET = { milliseconds: 1000, mebibytes: 500 };
const ROUNDS = 3;

/** What deciding and planning take when everything is in memory: nothing drifted, and everything is to be cloned. */
export async function benchPlanning(): Promise<void> {
  const parsed = parseCloneRequest({
    source_catalog: "prod",
    destination_catalog: "dev",
    load_type: "SELECTIVE",
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const source = inventory("prod", () => ({}));
  const stamped = inventory("dev", (table) => ({ "clxs.clone": stampOf(table) }));
  await measured("everything to clone", parsed.request, source, undefined);
  await measured("nothing drifted", parsed.request, source, stamped);
}

async function measured(
  what: string,
  request: CloneRequest,
  source: Inventory,
  target: Inventory | undefined,
): Promise<void> {
  const took: number[] = [];
  let steps = 0;
  for (let round = 0; round < ROUNDS; round += 1)
    took.push(
      await time(() => {
        const plan = planClone(request, source, target);
        if (plan.refused.length > 0) throw new Error(JSON.stringify(plan.refused[0]));
        steps = plan.steps.filter(({ kind }) => kind === "table").length;
      }),
    );
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `planning ${TABLES} tables in memory, ${what}: ${shown(took)} (target ${TARGET.milliseconds} ms) for ${steps} tables to clone; peak memory of the process ${peak.toFixed(0)} MiB, inventories and all (target ${TARGET.mebibytes})`,
  );
}

function inventory(catalog: string, properties: (table: Table) => Record<string, string>): Inventory {
  const schemas = Array.from({ length: SCHEMAS }, (_, i): SchemaInventory => {
    const schema = `s${i}`;
    const tables = Array.from({ length: TABLES / SCHEMAS }, (__, j) => tableOf(catalog, schema, `t${j}`));
    const found = tables.map((table) => ({ ...table, properties: properties(table) }));
    const around = { catalog, schema, owner: "runner", properties: {} };
    return { schema: around, tables: found, functions: [], volumes: [] };
  });
  const tables = schemas.flatMap((schema) => schema.tables);
  const operation = catalog === "prod" ? "WRITE" : "CLONE";
  const entry = { version: "0", timestamp: "2026-01-01T00:00:00Z", operation, parameters: {}, metrics: {} };
  return {
    catalog: { name: catalog, owner: "runner", catalogType: "MANAGED_CATALOG", properties: {} },
    userName: "runner",
    schemas,
    unread: [],
    groups: { ok: true, rows: [] },
    histories: Object.fromEntries(
      tables.map(({ schema, name }) => [`${schema}.${name}`, { ok: true, entries: [entry], complete: true }]),
    ),
    fingerprints: {},
    definitions: {},
    volumes: {},
    tags: { ok: true, rows: [] },
    grants: { ok: true, rows: [] },
  };
}

function tableOf(catalog: string, schema: string, name: string): Table {
  const column = (column: string, position: number) => ({
    name: column,
    position,
    typeText: "bigint",
    nullable: true,
  });
  return {
    catalog,
    schema,
    name,
    tableType: "MANAGED",
    format: "DELTA",
    owner: "runner",
    columns: ["id", "at", "amount", "note"].map(column),
    properties: {},
    tableId: `id-of-${schema}.${name}`,
    constraints: [],
    updatedAt: 0,
  };
}

/** As a clone of an earlier run carries it. */
function stampOf({ schema, name }: Table): string {
  return JSON.stringify({
    v: 1,
    run: "earlier1",
    step: `table:${schema}.${name}`,
    source: `prod.${schema}.${name}`,
    target: `dev.${schema}.${name}`,
    sourceId: `id-of-${schema}.${name}`,
    version: "0",
    versionTimestamp: "2026-01-01T00:00:00Z",
    fingerprint: null,
  });
}
