import { id, join, lit, sql, type SqlFragment, statement } from "@clone-xs/sql";
import type { Statements } from "@clone-xs/unity";
import { failureOf } from "./failure.ts";
import type { DirectGrant, Failure, GovernanceRead, SecurableReference, TagAssignment } from "./inventory.ts";
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

interface Reading<T extends SecurableReference> {
  readonly views: readonly View[];
  readonly values: readonly string[];
  readonly where?: SqlFragment;
  readonly attempted: string;
  readonly parse: (row: Row) => T;
}

const TAGS: Reading<TagAssignment> = {
  views: TAG_VIEWS,
  values: ["tag_name", "tag_value"],
  attempted: "Tags could not be read",
  parse: (row) => ({ ...securable(row), tag: row.get("tag_name") ?? "", value: row.get("tag_value") ?? "" }),
};

/** Inherited grants are none of their own and must not become such. */
const GRANTS: Reading<DirectGrant> = {
  views: PRIVILEGE_VIEWS,
  values: ["grantee", "privilege_type"],
  where: sql`inherited_from = 'NONE'`,
  attempted: "Grants could not be read",
  parse: (row) => ({
    ...securable(row),
    principal: row.get("grantee") ?? "",
    privilege: (row.get("privilege_type") ?? "").replaceAll(" ", "_"),
  }),
};

/** All tags of a catalog in one statement; one for each kind of securable where that one fails. */
export function readTags(statements: Statements, catalog: string, signal?: AbortSignal) {
  return read(TAGS, { statements, catalog, ...(signal ? { signal } : {}) });
}

/** All direct grants of a catalog in one statement; one for each kind of securable where that one fails. */
export function readGrants(statements: Statements, catalog: string, signal?: AbortSignal) {
  return read(GRANTS, { statements, catalog, ...(signal ? { signal } : {}) });
}

interface Place {
  readonly statements: Statements;
  readonly catalog: string;
  readonly signal?: AbortSignal;
}

/** A view or a column that one workspace lacks must not take the others along. */
async function read<T extends SecurableReference>(
  reading: Reading<T>,
  place: Place,
): Promise<GovernanceRead<T>> {
  const all = await readViews(reading, reading.views, place);
  if (all.ok) return all;
  const reads = await Promise.all(
    reading.views.map(async (view) => ({ view, read: await readViews(reading, [view], place) })),
  );
  const rows = reads.flatMap(({ read: one }) => (one.ok ? one.rows : []));
  const levels = reads.flatMap(({ view, read: one }) => (one.ok ? [view.level] : []));
  const failed = reads.flatMap(({ view, read: one }) => (one.ok ? [] : [{ view, failure: one.failure }]));
  const [first] = failed;
  // Every part can be read by itself: what failed was of the moment.
  if (first === undefined) return { ok: true, rows };
  const { code, message } = first.failure;
  const names = failed.map(({ view }) => view.view).join(", ");
  return { ok: false, failure: { code, message: `${message} (${names})` }, partial: { levels, rows } };
}

async function readViews<T>(
  {
    values,
    where,
    attempted,
    parse,
  }: Omit<Reading<SecurableReference>, "parse"> & {
    readonly parse: (row: Row) => T;
  },
  views: readonly View[],
  { statements, catalog, signal }: Place,
): Promise<
  { readonly ok: true; readonly rows: readonly T[] } | { readonly ok: false; readonly failure: Failure }
> {
  try {
    const text = union(catalog, views, values, where);
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
