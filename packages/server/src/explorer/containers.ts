import { rowsByName } from "@clone-xs/clone";
import { id, join, lit, sql, type SqlFragment, statement } from "@clone-xs/sql";
import { fullName, type SchemaName, type Workspace } from "@clone-xs/unity";
import type { CatalogDetail, ObjectCounts, SchemaDetail } from "../contract/index.ts";
import { provenanceOf, readGrants, readTags } from "./governance.ts";
import { found, part, requireNames } from "./parts.ts";

/** A catalog and what stands around it. Throws NOT_FOUND. */
export async function catalogDetail(
  workspace: Workspace,
  name: string,
  signal: AbortSignal,
): Promise<CatalogDetail> {
  requireNames("catalog", name);
  const catalog = found(await workspace.unity.catalog(name), "catalog", name);
  const [counts, grants, tags] = await Promise.all([
    readCounts(workspace, { catalog: catalog.name }, signal),
    readGrants(workspace, "catalog", catalog.name),
    readTags(workspace, { type: "catalog", catalog: catalog.name }, signal),
  ]);
  return {
    name: catalog.name,
    owner: catalog.owner,
    comment: catalog.comment ?? null,
    catalog_type: catalog.catalogType,
    share: catalog.share ? { ...catalog.share } : null,
    properties: { ...catalog.properties },
    counts,
    grants,
    tags,
  };
}

/** A schema and what stands around it. Throws NOT_FOUND. */
export async function schemaDetail(
  workspace: Workspace,
  name: SchemaName,
  signal: AbortSignal,
): Promise<SchemaDetail> {
  requireNames("schema", name.catalog, name.schema);
  const schemas = await workspace.unity.schemas(name.catalog);
  const wanted = name.schema.toLowerCase();
  const schema = found(
    schemas.find(({ schema: each }) => each.toLowerCase() === wanted),
    "schema",
    fullName(name),
  );
  const [counts, grants, tags] = await Promise.all([
    readCounts(workspace, schema, signal),
    readGrants(workspace, "schema", fullName({ catalog: schema.catalog, schema: schema.schema })),
    readTags(workspace, { type: "schema", catalog: schema.catalog, schema: schema.schema }, signal),
  ]);
  return {
    catalog: schema.catalog,
    name: schema.schema,
    owner: schema.owner,
    comment: schema.comment ?? null,
    properties: { ...schema.properties },
    provenance: provenanceOf({
      catalog: schema.catalog,
      schema: schema.schema,
      properties: schema.properties,
    }),
    counts,
    grants,
    tags,
  };
}

interface Scope {
  readonly catalog: string;
  readonly schema?: string;
}

/** How many objects of each kind, in one statement; information_schema itself does not count. */
function readCounts(workspace: Workspace, scope: Scope, signal: AbortSignal): Promise<ObjectCounts> {
  return part("Its objects could not be counted", async () => {
    const result = await workspace.statements.execute(statement("select", countRows(scope)), { signal });
    const counted = new Map(rowsByName(result).map((row) => [row.get("kind"), Number(row.get("n") ?? 0)]));
    const of = (kind: string) => counted.get(kind) ?? 0;
    return {
      schemas: of("schemas"),
      tables: of("tables"),
      views: of("views"),
      functions: of("functions"),
      volumes: of("volumes"),
    };
  });
}

function countRows({ catalog, schema }: Scope): SqlFragment {
  const count = (kind: string, view: string, column: string, more: readonly SqlFragment[] = []) => {
    const conditions = [
      sql`${id(column)} <> 'information_schema'`,
      ...(schema === undefined ? [] : [sql`${id(column)} = ${lit(schema)}`]),
      ...more,
    ];
    return sql`SELECT ${lit(kind)} AS ${id("kind")}, count(*) AS ${id("n")} FROM ${id(catalog, "information_schema", view)} WHERE ${join(conditions, " AND ")}`;
  };
  const isView = sql`${id("table_type")} = 'VIEW'`;
  return join(
    [
      count("schemas", "schemata", "schema_name"),
      count("tables", "tables", "table_schema", [sql`NOT ${isView}`]),
      count("views", "tables", "table_schema", [isView]),
      count("functions", "routines", "routine_schema"),
      count("volumes", "volumes", "volume_schema"),
    ],
    " UNION ALL ",
  );
}
