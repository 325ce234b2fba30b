import { id, join, lit, sql, type SqlFragment, statement } from "@clone-xs/sql";
import type { Statements } from "@clone-xs/unity";
import { failureOf } from "./failure.ts";
import type { DirectGrant, GovernanceRead, SecurableReference, TagAssignment } from "./inventory.ts";
import { type Row, rowsByName } from "./rows.ts";

type Level = SecurableReference["level"];

interface View {
  readonly level: Level;
  readonly view: string;
  readonly schema?: string;
  readonly name?: string;
  readonly column?: string;
}

/** Source: information_schema in the Databricks documentation. Tag views say `schema_name`, most others `table_schema`. */
const TAG_VIEWS: readonly View[] = [
  { level: "catalog", view: "catalog_tags" },
  { level: "schema", view: "schema_tags", schema: "schema_name" },
  { level: "table", view: "table_tags", schema: "schema_name", name: "table_name" },
  { level: "column", view: "column_tags", schema: "schema_name", name: "table_name", column: "column_name" },
  { level: "volume", view: "volume_tags", schema: "schema_name", name: "volume_name" },
];

const PRIVILEGE_VIEWS: readonly View[] = [
  { level: "catalog", view: "catalog_privileges" },
  { level: "schema", view: "schema_privileges", schema: "schema_name" },
  { level: "table", view: "table_privileges", schema: "table_schema", name: "table_name" },
  { level: "volume", view: "volume_privileges", schema: "volume_schema", name: "volume_name" },
  { level: "function", view: "routine_privileges", schema: "routine_schema", name: "routine_name" },
];

/** All tags of a catalog in one statement. */
export function readTags(statements: Statements, catalog: string, signal?: AbortSignal) {
  const text = union(catalog, TAG_VIEWS, ["tag_name", "tag_value"]);
  return read(
    statements,
    text,
    signal,
    "Tags could not be read",
    (row): TagAssignment => ({
      ...securable(row),
      tag: row.get("tag_name") ?? "",
      value: row.get("tag_value") ?? "",
    }),
  );
}

/** All direct grants of a catalog in one statement; inherited ones are not grants of their own and must not become such. */
export function readGrants(statements: Statements, catalog: string, signal?: AbortSignal) {
  const text = union(catalog, PRIVILEGE_VIEWS, ["grantee", "privilege_type"], sql`inherited_from = 'NONE'`);
  return read(
    statements,
    text,
    signal,
    "Grants could not be read",
    (row): DirectGrant => ({
      ...securable(row),
      principal: row.get("grantee") ?? "",
      privilege: (row.get("privilege_type") ?? "").replaceAll(" ", "_"),
    }),
  );
}

async function read<T>(
  statements: Statements,
  text: SqlFragment,
  signal: AbortSignal | undefined,
  attempted: string,
  parse: (row: Row) => T,
): Promise<GovernanceRead<T>> {
  try {
    const result = await statements.execute(statement("select", text), signal ? { signal } : {});
    return { ok: true, rows: rowsByName(result).map(parse) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, attempted) };
  }
}

function union(
  catalog: string,
  views: readonly View[],
  values: readonly string[],
  where?: SqlFragment,
): SqlFragment {
  const part = (column: string | undefined, as: string) =>
    sql`${column === undefined ? sql`CAST(NULL AS STRING)` : id(column)} AS ${id(as)}`;
  const selects = views.map((view) => {
    const columns = join([
      sql`${lit(view.level)} AS ${id("level")}`,
      part(view.schema, "in_schema"),
      part(view.name, "object_name"),
      part(view.column, "object_column"),
      ...values.map((value) => id(value)),
    ]);
    const conditions = [
      ...(view.schema === undefined ? [] : [sql`${id(view.schema)} <> 'information_schema'`]),
      ...(where === undefined ? [] : [where]),
    ];
    const filter = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, " AND ")}`;
    return sql`SELECT ${columns} FROM ${id(catalog, "information_schema", view.view)}${filter}`;
  });
  return join(selects, " UNION ALL ");
}

function securable(row: Row): SecurableReference {
  const [schema, name, column] = [row.get("in_schema"), row.get("object_name"), row.get("object_column")];
  return {
    level: row.get("level") as Level,
    ...(schema ? { schema } : {}),
    ...(name ? { name } : {}),
    ...(column ? { column } : {}),
  };
}
