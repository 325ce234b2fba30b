import { effectivePrivileges, manages, namesOf, nameOf, type Target } from "../../authorization/index.ts";
import type { Work } from "../work.ts";
import type { RowMaker, ViewRow } from "./views.ts";

type Named = Exclude<Target, { type: "metastore" }>;

/** Privileges with those inherited. Whoever does not manage a securable sees only what it was granted itself. */
export const grantViews = {
  catalog_privileges: (work, catalogs) =>
    privileges(
      work,
      catalogs.map((name) => ({ type: "catalog", name })),
      ([catalog]) => ({ catalog_name: catalog }),
    ),
  schema_privileges: (work, catalogs) =>
    privileges(
      work,
      catalogs.flatMap((catalog) =>
        work.context.metastore
          .schemas(catalog)
          .map((name): Named => ({ type: "schema", name: { catalog: name.catalog, schema: name.schema } })),
      ),
      ([catalog, schema]) => ({ catalog_name: catalog, schema_name: schema }),
    ),
  table_privileges: (work, catalogs) =>
    privileges(
      work,
      catalogs.flatMap((catalog) =>
        work.context.metastore.tables({ catalog }).map((name): Named => ({ type: "table", name })),
      ),
      ([catalog, schema, table]) => ({ table_catalog: catalog, table_schema: schema, table_name: table }),
    ),
  volume_privileges: (work, catalogs) =>
    privileges(
      work,
      catalogs.flatMap((catalog) =>
        work.context.metastore.volumes({ catalog }).map((name): Named => ({ type: "volume", name })),
      ),
      ([catalog, schema, volume]) => ({
        volume_catalog: catalog,
        volume_schema: schema,
        volume_name: volume,
      }),
    ),
  routine_privileges: (work, catalogs) =>
    privileges(
      work,
      catalogs.flatMap((catalog) =>
        work.context.metastore.functions({ catalog }).map((name): Named => ({ type: "function", name })),
      ),
      ([catalog, schema, routine]) => ({
        specific_catalog: catalog,
        specific_schema: schema,
        specific_name: routine,
        routine_catalog: catalog,
        routine_schema: schema,
        routine_name: routine,
      }),
    ),
} satisfies Record<string, RowMaker>;

/** Privileges that say nothing about a table, routine or volume are inherited by it without a row of its own. */
const ON_LEAVES: Readonly<Record<"table" | "function" | "volume", readonly string[]>> = {
  table: ["SELECT", "MODIFY", "REFRESH"],
  function: ["EXECUTE"],
  volume: ["READ_VOLUME", "WRITE_VOLUME"],
};
const ANYWHERE = ["ALL_PRIVILEGES", "MANAGE", "APPLY_TAG", "BROWSE"];

function applies(privilege: string, type: Named["type"]): boolean {
  if (type === "catalog" || type === "schema") return true;
  return ANYWHERE.includes(privilege) || ON_LEAVES[type].includes(privilege);
}

function privileges(
  work: Work,
  targets: readonly Named[],
  names: (parts: readonly string[]) => ViewRow,
): readonly ViewRow[] {
  const own = namesOf(work.viewer.principal);
  return targets.flatMap((target) => {
    const all = manages(work.viewer, target);
    return effectivePrivileges(work.context.metastore, target)
      .filter(({ principal, privilege }) => (all || own.has(principal)) && applies(privilege, target.type))
      .map(({ principal, privilege, inheritedFrom }) => ({
        grantee: principal,
        ...names(nameOf(target).split(".")),
        privilege_type: privilege,
        is_grantable: "NO",
        inherited_from: inheritedFrom === undefined ? "NONE" : inheritedFrom.type.toUpperCase(),
      }));
  });
}
