import { createCatalog, createSchema, createView, id, insertValues, sql, statement } from "@clone-xs/sql";
import type { ObjectName, Workspace } from "@clone-xs/unity";
import { between } from "./random.ts";

/** A small catalog of random shape: tables with a few commits each, and a view a schema. Returns its tables. */
export async function makeCatalog(
  workspace: Workspace,
  catalog: string,
  random: () => number,
): Promise<readonly ObjectName[]> {
  await workspace.statements.execute(createCatalog({ catalog }));
  const tables: ObjectName[] = [];
  const schemas = between(random, 1, 2);
  for (let s = 0; s < schemas; s += 1)
    tables.push(...(await makeSchema(workspace, { catalog, schema: `s${s}` }, random)));
  return tables;
}

async function makeSchema(
  workspace: Workspace,
  schema: { readonly catalog: string; readonly schema: string },
  random: () => number,
): Promise<readonly ObjectName[]> {
  await workspace.statements.execute(createSchema(schema));
  const tables = Array.from({ length: between(random, 1, 3) }, (_, t) => ({ ...schema, name: `t${t}` }));
  for (const table of tables) {
    await workspace.statements.execute(
      statement("create", sql`CREATE TABLE ${id(table)} (id BIGINT, name STRING)`),
    );
    const commits = between(random, 0, 2);
    for (let commit = 0; commit < commits; commit += 1) await insertRow(workspace, table, random);
  }
  const read = { ...schema, name: "t0" };
  const { text } = sql`SELECT id, upper(name) AS name FROM ${id(read)}`;
  await workspace.statements.execute(createView({ ...schema, name: "v", text }));
  return tables;
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

/** The rows of a table or view, in no order. */
export async function rowsOf(workspace: Workspace, table: ObjectName): Promise<readonly string[]> {
  const { rows } = await workspace.statements.execute(
    statement("select", sql`SELECT id, name FROM ${id(table)}`),
  );
  return rows.map((row) => JSON.stringify(row)).sort();
}

export async function dropCatalog(workspace: Workspace, catalog: string): Promise<void> {
  await workspace.statements.execute(statement("drop", sql`DROP CATALOG IF EXISTS ${id(catalog)} CASCADE`));
}
