import { sees } from "../../authorization/index.ts";
import type { Work } from "../work.ts";
import type { RowMaker, ViewRow } from "./views.ts";

interface Stamped {
  readonly createdAt: number;
  readonly createdBy: string;
  readonly updatedAt: number;
  readonly updatedBy: string;
}

/** The four columns most views end with. */
export function stamps({ createdAt, createdBy, updatedAt, updatedBy }: Stamped): ViewRow {
  return { created: createdAt, created_by: createdBy, last_altered: updatedAt, last_altered_by: updatedBy };
}

/** Catalogs, schemas, volumes and the tags on anything. */
export const objectViews = {
  catalogs: (work, catalogs) =>
    catalogs.flatMap((name) => {
      const record = work.context.metastore.catalog(name);
      return record === undefined
        ? []
        : [{ catalog_name: name, catalog_owner: record.owner, comment: record.comment, ...stamps(record) }];
    }),
  schemata: (work, catalogs) =>
    catalogs.flatMap((catalog) => [
      ...work.context.metastore
        .schemas(catalog)
        .filter((schema) => sees(work.viewer, { type: "schema", name: schema }))
        .map((s) => ({
          catalog_name: catalog,
          schema_name: s.schema,
          schema_owner: s.owner,
          comment: s.comment,
          ...stamps(s),
        })),
      { catalog_name: catalog, schema_name: "information_schema", schema_owner: "System user" },
    ]),
  volumes: (work, catalogs) =>
    catalogs.flatMap((catalog) =>
      work.context.metastore
        .volumes({ catalog })
        .filter((volume) => sees(work.viewer, { type: "volume", name: volume }))
        .map((v) => ({
          volume_catalog: v.catalog,
          volume_schema: v.schema,
          volume_name: v.name,
          volume_type: v.volumeType,
          volume_owner: v.owner,
          comment: v.comment,
          ...stamps(v),
          storage_location: v.location,
        })),
    ),
  catalog_tags: (work, catalogs) =>
    tagRows(work, catalogs, "catalog", false, ([catalog]) => ({ catalog_name: catalog })),
  schema_tags: (work, catalogs) =>
    tagRows(work, catalogs, "schema", false, ([catalog, schema]) => ({
      catalog_name: catalog,
      schema_name: schema,
    })),
  table_tags: (work, catalogs) =>
    tagRows(work, catalogs, "table", false, ([catalog, schema, table]) => ({
      catalog_name: catalog,
      schema_name: schema,
      table_name: table,
    })),
  column_tags: (work, catalogs) =>
    tagRows(work, catalogs, "table", true, ([catalog, schema, table]) => ({
      catalog_name: catalog,
      schema_name: schema,
      table_name: table,
    })),
  volume_tags: (work, catalogs) =>
    tagRows(work, catalogs, "volume", false, ([catalog, schema, volume]) => ({
      catalog_name: catalog,
      schema_name: schema,
      volume_name: volume,
    })),
} satisfies Record<string, RowMaker>;

function tagRows(
  work: Work,
  catalogs: readonly string[],
  type: "catalog" | "schema" | "table" | "volume",
  ofColumns: boolean,
  names: (parts: readonly string[]) => ViewRow,
): readonly ViewRow[] {
  return catalogs.flatMap((catalog) =>
    work.context.metastore
      .tagsBelow(catalog)
      .filter(
        (t) => t.type === type && (t.column !== undefined) === ofColumns && visible(work, type, t.fullName),
      )
      .map((t) => ({
        ...names(t.fullName.split(".")),
        ...(t.column !== undefined && { column_name: t.column }),
        tag_name: t.tag.name,
        tag_value: t.tag.value,
      })),
  );
}

function visible(work: Work, type: "catalog" | "schema" | "table" | "volume", fullName: string): boolean {
  const [catalog = "", schema = "", name = ""] = fullName.split(".");
  if (type === "catalog") return sees(work.viewer, { type, name: catalog });
  if (type === "schema") return sees(work.viewer, { type, name: { catalog, schema } });
  return sees(work.viewer, { type, name: { catalog, schema, name } });
}
