import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, got, type Shape } from "./api.ts";

/** What is looked at stays as it was seen for a while: moving about in the tree asks nothing twice. */
const SEEN_MS = 60_000;

/** Kinds that have a page of their own; a view is a table there. */
export type ObjectKind = "table" | "function" | "volume";

/** One line of a schema's listing. */
export interface ListedObject {
  readonly kind: ObjectKind;
  /** VIEW, MANAGED, FUNCTION, VOLUME … */
  readonly type: string;
  readonly name: string;
  readonly note: string;
  readonly comment: string | null;
}

/** Everything in a schema: tables and views, then functions, then volumes. */
export const objectsOf = (catalog: string, schema: string) =>
  queryOptions({
    queryKey: ["explorer", "objects", catalog, schema],
    queryFn: async ({ signal }) => {
      const params = { path: { catalog, schema } };
      const [{ tables }, { functions }, { volumes }] = await Promise.all([
        got(api.GET("/api/catalogs/{catalog}/schemas/{schema}/tables", { params, signal })),
        got(api.GET("/api/catalogs/{catalog}/schemas/{schema}/functions", { params, signal })),
        got(api.GET("/api/catalogs/{catalog}/schemas/{schema}/volumes", { params, signal })),
      ]);
      return [...fromTables(tables), ...fromFunctions(functions), ...fromVolumes(volumes)];
    },
    staleTime: SEEN_MS,
  });

function fromTables(tables: Shape<"Tables">["tables"]): readonly ListedObject[] {
  return [...tables].sort(byName).map(({ name, table_type, format, columns, comment }) => ({
    kind: "table",
    type: table_type,
    name,
    note: [table_type === "VIEW" ? "view" : (format ?? table_type).toLowerCase(), `${columns} columns`].join(
      ", ",
    ),
    comment,
  }));
}

function fromFunctions(functions: Shape<"Functions">["functions"]): readonly ListedObject[] {
  return [...functions].sort(byName).map(({ name, returns, comment }) => ({
    kind: "function",
    type: "FUNCTION",
    name,
    note: `returns ${returns.toLowerCase()}`,
    comment,
  }));
}

function fromVolumes(volumes: Shape<"Volumes">["volumes"]): readonly ListedObject[] {
  return [...volumes].sort(byName).map(({ name, volume_type, comment }) => ({
    kind: "volume",
    type: "VOLUME",
    name,
    note: `${volume_type.toLowerCase()} volume`,
    comment,
  }));
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);

export const catalogDetail = (catalog: string) =>
  queryOptions({
    queryKey: ["explorer", "catalog", catalog],
    queryFn: ({ signal }) =>
      got(api.GET("/api/catalogs/{catalog}", { params: { path: { catalog } }, signal })),
    staleTime: SEEN_MS,
  });

export const schemaDetail = (catalog: string, schema: string) =>
  queryOptions({
    queryKey: ["explorer", "schema", catalog, schema],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/catalogs/{catalog}/schemas/{schema}", {
          params: { path: { catalog, schema } },
          signal,
        }),
      ),
    staleTime: SEEN_MS,
  });

export const tableDetail = (catalog: string, schema: string, table: string) =>
  queryOptions({
    queryKey: ["explorer", "table", catalog, schema, table],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/catalogs/{catalog}/schemas/{schema}/tables/{table}", {
          params: { path: { catalog, schema, table } },
          signal,
        }),
      ),
    staleTime: SEEN_MS,
  });

export const functionDetail = (catalog: string, schema: string, name: string) =>
  queryOptions({
    queryKey: ["explorer", "function", catalog, schema, name],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/catalogs/{catalog}/schemas/{schema}/functions/{function}", {
          params: { path: { catalog, schema, function: name } },
          signal,
        }),
      ),
    staleTime: SEEN_MS,
  });

export const volumeDetail = (catalog: string, schema: string, volume: string) =>
  queryOptions({
    queryKey: ["explorer", "volume", catalog, schema, volume],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/catalogs/{catalog}/schemas/{schema}/volumes/{volume}", {
          params: { path: { catalog, schema, volume } },
          signal,
        }),
      ),
    staleTime: SEEN_MS,
  });

/** Versions of a table, newest first, page after page. */
export const historyOf = (catalog: string, schema: string, table: string) =>
  infiniteQueryOptions({
    queryKey: ["explorer", "history", catalog, schema, table],
    queryFn: ({ signal, pageParam }) =>
      got(
        api.GET("/api/catalogs/{catalog}/schemas/{schema}/tables/{table}/history", {
          params: {
            path: { catalog, schema, table },
            query: { limit: 50, ...(pageParam === "" ? {} : { before: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: SEEN_MS,
  });

/** Files of a folder, page after page. */
export const filesOf = (catalog: string, schema: string, volume: string, path: string) =>
  infiniteQueryOptions({
    queryKey: ["explorer", "files", catalog, schema, volume, path],
    queryFn: ({ signal, pageParam }) =>
      got(
        api.GET("/api/catalogs/{catalog}/schemas/{schema}/volumes/{volume}/files", {
          params: {
            path: { catalog, schema, volume },
            query: { path, limit: 200, ...(pageParam === "" ? {} : { after: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: SEEN_MS,
  });

export const lineageOf = (catalog: string) =>
  queryOptions({
    queryKey: ["explorer", "lineage", catalog],
    queryFn: ({ signal }) =>
      got(api.GET("/api/catalogs/{catalog}/lineage", { params: { path: { catalog } }, signal })),
    staleTime: SEEN_MS,
  });
