import { readStamp, rowsByName } from "@clone-xs/clone";
import { id, join, lit, sql, type SqlFragment, statement } from "@clone-xs/sql";
import type { ObjectName, SchemaName, SecurableType, Workspace } from "@clone-xs/unity";
import type { Grants, Provenance, Tags } from "../contract/index.ts";
import { part } from "./parts.ts";

/** Everything that anybody holds on a securable, granted there or above. One call. */
export function readGrants(workspace: Workspace, type: SecurableType, name: string): Promise<Grants> {
  return part("Its grants could not be read", async () => {
    const held = await workspace.unity.effectivePermissions(type, name);
    return held.map(({ principal, privilege, inheritedFrom }) => ({
      principal,
      privilege,
      inherited_from: inheritedFrom ? { ...inheritedFrom } : null,
    }));
  });
}

/** Something that can be tagged. */
export type Tagged =
  | { readonly type: "catalog"; readonly catalog: string }
  | ({ readonly type: "schema" } & SchemaName)
  | ({ readonly type: "table" | "volume" } & ObjectName);

/** The tags of one securable and, of a table, those of its columns: one statement. */
export function readTags(workspace: Workspace, tagged: Tagged, signal: AbortSignal): Promise<Tags> {
  return part("Its tags could not be read", async () => {
    const result = await workspace.statements.execute(statement("select", tagRows(tagged)), { signal });
    return rowsByName(result).map((row) => ({
      column: row.get("of_column") ?? null,
      name: row.get("tag_name") ?? "",
      value: row.get("tag_value") ?? "",
    }));
  });
}

/** Source: information_schema in the Databricks documentation; all five views say `schema_name`. */
function tagRows(tagged: Tagged): SqlFragment {
  const from = (view: string, conditions: readonly SqlFragment[], column: SqlFragment) => {
    const where = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, " AND ")}`;
    return sql`SELECT ${column} AS ${id("of_column")}, ${id("tag_name")}, ${id("tag_value")} FROM ${id(tagged.catalog, "information_schema", view)}${where}`;
  };
  const none = sql`CAST(NULL AS STRING)`;
  if (tagged.type === "catalog") return from("catalog_tags", [], none);
  const schema = sql`${id("schema_name")} = ${lit(tagged.schema)}`;
  if (tagged.type === "schema") return from("schema_tags", [schema], none);
  if (tagged.type === "volume")
    return from("volume_tags", [schema, sql`${id("volume_name")} = ${lit(tagged.name)}`], none);
  const table = [schema, sql`${id("table_name")} = ${lit(tagged.name)}`];
  return join(
    [from("table_tags", table, none), from("column_tags", table, id("column_name"))],
    " UNION ALL ",
  );
}

/** Where a table, view or schema comes from, when it says that it is a clone of ours under this very name. */
export function provenanceOf(
  object: (ObjectName | SchemaName) & { readonly properties: Readonly<Record<string, string>> },
): Provenance | null {
  const stamp = readStamp(object.properties, object);
  if (stamp === undefined) return null;
  const { run, source, version, versionTimestamp, extent } = stamp;
  return {
    run_id: run,
    source,
    source_version: version,
    source_timestamp: versionTimestamp,
    rows: extent?.rows ?? "all",
    predicate: extent?.rows === "where" ? extent.predicate : null,
  };
}
