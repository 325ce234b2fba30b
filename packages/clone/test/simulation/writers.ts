import { id, lit, sql, type SqlFragment, statement } from "@clone-xs/sql";
import { fullName, type ObjectName, type Workspace } from "@clone-xs/unity";
import { insertRow, makeTable, rowsOf } from "./catalog.ts";
import { between, pick } from "./random.ts";

/** What others do to the source while it is being cloned. */
export const CHANGES = [
  "insert",
  "update",
  "delete",
  "optimize",
  "vacuum",
  "add_column",
  "rename",
  "drop",
  "create",
] as const;
export type Change = (typeof CHANGES)[number];

/**
 * What is known of the source beside the engine: which tables there are, and the rows that each had at each version. Tables are known
 * by the name that they have now.
 */
export interface SourceModel {
  readonly tables: () => readonly ObjectName[];
  /** Rows of a table at a version; `undefined` when it never had such a version under this name. */
  readonly rowsAt: (table: ObjectName, version: string) => readonly string[] | undefined;
  readonly rowsNow: (table: ObjectName) => readonly string[];
  readonly change: (change: Change) => Promise<void>;
}

/** Tables and the rows that each has at each of its versions so far. */
export async function modelOf(
  workspace: Workspace,
  tables: readonly ObjectName[],
  random: () => number,
): Promise<SourceModel> {
  const known = new Map<
    string,
    { readonly name: ObjectName; readonly versions: Map<string, readonly string[]> }
  >();
  const look = async (name: ObjectName) => {
    const { versions } = known.get(fullName(name)) ?? { versions: new Map() };
    known.set(fullName(name), { name, versions });
    versions.set(await newestVersion(workspace, name), await rowsOf(workspace, name));
  };
  for (const table of tables) {
    await look(table);
    const { versions } = known.get(fullName(table)) ?? { versions: new Map() };
    const newest = Number([...versions.keys()][0]);
    for (let version = 0; version < newest; version += 1)
      versions.set(String(version), await rowsOf(workspace, table, String(version)));
  }
  const run = (what: SqlFragment) => workspace.statements.execute(statement("write", what));
  /** What stands in a share is not dropped. */
  const unlessShared = (what: SqlFragment) =>
    run(what).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Error && error.message.includes("because it is in share")) return false;
        throw error;
      },
    );
  const all = () => [...known.values()].map(({ name }) => name);
  let made = 0;

  async function change(kind: Change): Promise<void> {
    const [first, ...rest] = all();
    if (first === undefined) return;
    const table = pick(random, [first, ...rest]);
    const fresh = { ...table, name: `new${(made += 1)}` };
    switch (kind) {
      case "insert":
        await insertRow(workspace, table, random);
        return look(table);
      case "update":
        await run(
          sql`UPDATE ${id(table)} SET name = ${lit(`changed ${between(random, 1, 99)}`)} WHERE id % 2 = 0`,
        );
        return look(table);
      case "delete":
        await run(sql`DELETE FROM ${id(table)} WHERE id % 3 = 0`);
        return look(table);
      case "optimize":
        await run(sql`OPTIMIZE ${id(table)}`);
        return look(table);
      case "vacuum":
        await run(sql`VACUUM ${id(table)}`);
        return look(table);
      case "add_column":
        await run(sql`ALTER TABLE ${id(table)} ADD COLUMNS (${id(`extra${made}`)} STRING)`);
        return look(table);
      case "rename":
        if (table.name === "t0") return;
        await run(sql`ALTER TABLE ${id(table)} RENAME TO ${id(fresh)}`);
        known.set(fullName(fresh), {
          name: fresh,
          versions: known.get(fullName(table))?.versions ?? new Map(),
        });
        known.delete(fullName(table));
        return look(fresh);
      case "drop":
        if (table.name === "t0") return;
        if (!(await unlessShared(sql`DROP TABLE ${id(table)}`))) return;
        known.delete(fullName(table));
        return;
      case "create":
        await makeTable(workspace, fresh);
        return look(fresh);
    }
  }

  return {
    tables: all,
    rowsNow(table) {
      const { versions } = known.get(fullName(table)) ?? { versions: new Map<string, readonly string[]>() };
      return versions.get(String(Math.max(...[...versions.keys()].map(Number)))) ?? [];
    },
    rowsAt: (table, version) => known.get(fullName(table))?.versions.get(version),
    change,
  };
}

async function newestVersion(workspace: Workspace, table: ObjectName): Promise<string> {
  const { columns, rows } = await workspace.statements.execute(
    statement("history", sql`DESCRIBE HISTORY ${id(table)} LIMIT 1`),
  );
  return rows[0]?.[columns.findIndex(({ name }) => name === "version")] ?? "";
}
