import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { objectsOf } from "../../../api/explorer.ts";
import { catalogs, schemasOf } from "../../../api/queries.ts";
import { type Children, schemaKey, type TreeContent } from "./tree-rows.ts";

/** Reads what is open in the tree, and nothing else. */
export function useTreeContent(open: ReadonlySet<string>) {
  const top = useQuery(catalogs);
  const openCatalogs = [...open].filter((id) => !id.includes("\u0000"));
  const openSchemas = [...open]
    .map((id) => id.split("\u0000"))
    .flatMap(([catalog, schema]) =>
      catalog === undefined || schema === undefined ? [] : [{ catalog, schema }],
    );
  const schemas = useQueries({ queries: openCatalogs.map((catalog) => schemasOf(catalog)) });
  const objects = useQueries({
    queries: openSchemas.map(({ catalog, schema }) => objectsOf(catalog, schema)),
  });
  const content: TreeContent = {
    catalogs: (top.data ?? []).map(({ name, catalog_type }) => ({ name, note: noteOf(catalog_type) })),
    schemas: new Map(
      openCatalogs.map((catalog, index) => [
        catalog,
        childrenOf(schemas[index], (listed) =>
          listed.map(({ name }) => name).filter((name) => name.toLowerCase() !== "information_schema"),
        ),
      ]),
    ),
    objects: new Map(
      openSchemas.map(({ catalog, schema }, index) => [
        schemaKey(catalog, schema),
        childrenOf(objects[index], (listed) => listed),
      ]),
    ),
  };
  return { content, loading: top.isPending, error: top.error, retry: () => void top.refetch() };
}

function childrenOf<Data, Item>(
  query: UseQueryResult<Data> | undefined,
  items: (data: Data) => readonly Item[],
): Children<Item> {
  if (query?.data !== undefined) return { state: "there", items: items(query.data) };
  if (query?.error) return { state: "failed", message: query.error.message };
  return { state: "loading" };
}

function noteOf(type: string): string {
  return type === "DELTASHARING_CATALOG" ? "shared" : type === "FOREIGN_CATALOG" ? "foreign" : "";
}
