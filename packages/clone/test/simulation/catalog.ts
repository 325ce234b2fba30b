import {
  createCatalog,
  createSchema,
  createView,
  grant,
  id,
  insertValues,
  lit,
  type SecurableName,
  setTags,
  sql,
  statement,
} from "@clone-xs/sql";
import type { ObjectName, Privilege, SchemaName, Statement, Workspace } from "@clone-xs/unity";
import { between, pick } from "./random.ts";

/** Who may write to the source, directly or as a member of the group. */
export const WRITERS = ["writer", "etl_team"] as const;

/** A small catalog of random shape: tables with a few commits each, a view a schema, grants at every level, tags. Returns its tables. */
export async function makeCatalog(
  workspace: Workspace,
  catalog: string,
  random: () => number,
): Promise<readonly ObjectName[]> {
  const execute = (made: Statement) => workspace.statements.execute(made);
  await execute(createCatalog({ catalog }));
  const tables: ObjectName[] = [];
  const schemas = between(random, 1, 2);
  for (let s = 0; s < schemas; s += 1)
    tables.push(...(await makeSchema(workspace, { catalog, schema: `s${s}` }, random)));
  for (const principal of WRITERS) await grantSomewhere(workspace, { catalog, tables, principal }, random);
  return tables;
}

async function makeSchema(
  workspace: Workspace,
  schema: SchemaName,
  random: () => number,
): Promise<readonly ObjectName[]> {
  const execute = (made: Statement) => workspace.statements.execute(made);
  await execute(createSchema(schema));
  const tables = Array.from({ length: between(random, 1, 3) }, (_, t) => ({ ...schema, name: `t${t}` }));
  for (const table of tables) {
    await makeTable(workspace, table);
    const commits = between(random, 0, 2);
    for (let commit = 0; commit < commits; commit += 1) await insertRow(workspace, table, random);
    if (random() < 0.3)
      await execute(setTags({ type: "table", ...table }, { tier: pick(random, ["gold", "raw"]) }));
  }
  const read = { ...schema, name: "t0" };
  const { text } = sql`SELECT id, upper(name) AS name FROM ${id(read)}`;
  await execute(createView({ ...schema, name: "v", text }));
  return tables;
}

export async function makeTable(workspace: Workspace, table: ObjectName): Promise<void> {
  const create = sql`CREATE TABLE ${id(table)} (id BIGINT, name STRING)`;
  await workspace.statements.execute(statement("create", create));
}

async function grantSomewhere(
  { statements }: Workspace,
  {
    catalog,
    tables,
    principal,
  }: { readonly catalog: string; readonly tables: readonly ObjectName[]; readonly principal: string },
  random: () => number,
): Promise<void> {
  const [first] = tables;
  if (first === undefined) return;
  const { schema } = first;
  const on = pick<SecurableName>(random, [
    { type: "catalog", catalog },
    { type: "schema", catalog, schema },
    { type: "table", ...first },
  ]);
  const privileges = pick<readonly Privilege[]>(random, [
    ["MODIFY"],
    ["SELECT", "MODIFY"],
    ["ALL_PRIVILEGES"],
  ]);
  await statements.execute(grant(["USE_CATALOG"], { type: "catalog", catalog }, principal));
  await statements.execute(grant(["USE_SCHEMA"], { type: "schema", catalog, schema }, principal));
  await statements.execute(grant(privileges, on, principal));
}

/** One more data-changing commit. */
export async function insertRow(
  workspace: Workspace,
  table: ObjectName,
  random: () => number,
): Promise<void> {
  const row = [between(random, 1, 1_000_000), `row ${between(random, 1, 99)}`];
  await workspace.statements.execute(insertValues({ table, columns: ["id", "name"], rows: [row] }));
}

/** The rows of a table or view, in no order; of one version, when it is given. */
export async function rowsOf(
  workspace: Workspace,
  table: ObjectName,
  version?: string,
): Promise<readonly string[]> {
  const at = version === undefined ? sql`` : sql` VERSION AS OF ${lit(BigInt(version))}`;
  const { rows } = await workspace.statements.execute(
    statement("select", sql`SELECT * FROM ${id(table)}${at}`),
  );
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** Direct grants on a catalog and all in it, but for those of whoever looks. */
export async function grantsOf(
  { statements, identity }: Workspace,
  catalog: string,
): Promise<readonly string[]> {
  const levels = [
    ["catalog_privileges", sql`''`, sql`''`],
    ["schema_privileges", id("schema_name"), sql`''`],
    ["table_privileges", id("table_schema"), id("table_name")],
  ] as const;
  const found: string[] = [];
  for (const [view, schema, name] of levels) {
    const from = id(catalog, "information_schema", view);
    const select = sql`SELECT ${schema}, ${name}, grantee, privilege_type FROM ${from} WHERE inherited_from = 'NONE'`;
    const { rows } = await statements.execute(statement("select", select));
    found.push(
      ...rows.filter(([, , grantee]) => grantee !== identity.userName).map((row) => [view, ...row].join(" ")),
    );
  }
  return found.toSorted();
}

export async function dropCatalog(workspace: Workspace, catalog: string): Promise<void> {
  await workspace.statements.execute(statement("drop", sql`DROP CATALOG IF EXISTS ${id(catalog)} CASCADE`));
}
