import { fullName, type ObjectName, type Workspace } from "@clone-xs/unity";
import { id, sql, statement } from "@clone-xs/sql";
import { inspectExistingCatalog } from "../../src/inspect/inspect.ts";

/** Everything that a catalog is, rows too, but for the times at which things changed and the versions that tables have. */
export async function fingerprint(workspace: Workspace, catalog: string): Promise<unknown> {
  const {
    tags,
    grants,
    schemas,
    catalog: itself,
  } = await inspectExistingCatalog(workspace, {
    catalog,
    wanted: () => true,
    parallel: 4,
  });
  const rows: Record<string, readonly string[]> = {};
  for (const table of schemas.flatMap(({ tables }) => tables))
    rows[fullName(table)] = await rowsOf(workspace, table);
  const timeless = JSON.stringify(
    { itself, schemas, tags: sorted(tags), grants: sorted(grants), rows },
    (key, value: unknown) => (key === "updatedAt" ? undefined : value),
  );
  return JSON.parse(timeless);
}

async function rowsOf(workspace: Workspace, table: ObjectName): Promise<readonly string[]> {
  const { rows } = await workspace.statements.execute(statement("select", sql`SELECT * FROM ${id(table)}`));
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

function sorted(read: { readonly ok: boolean; readonly rows?: readonly unknown[] }): readonly string[] {
  if (read.rows === undefined) throw new Error("tags or grants could not be read");
  return read.rows.map((row) => JSON.stringify(row)).toSorted();
}
