import { queryOptions } from "@tanstack/react-query";
import { api, got, type Shape } from "./api.ts";

export type WorkspaceFacts = Shape<"WorkspaceFacts">;
export type AuditTables = Shape<"AuditTables">;
export type ServerWarehouse = Shape<"WorkspaceWarehouses">["warehouses"][number];

export const workspaceFacts = queryOptions({
  queryKey: ["workspace"],
  queryFn: ({ signal }) => got(api.GET("/api/workspace", { signal })),
  staleTime: 60_000,
});

/** None is started for it. */
export const serverWarehouses = queryOptions({
  queryKey: ["warehouses"],
  queryFn: async ({ signal }) => (await got(api.GET("/api/warehouses", { signal }))).warehouses,
});

/** `counted`: also how much is in them, which starts the warehouse. */
export const auditTables = (counted: boolean) =>
  queryOptions({
    queryKey: ["audit", counted],
    queryFn: ({ signal }) =>
      got(api.GET("/api/audit", { params: { query: { counted: counted ? "true" : "false" } }, signal })),
    retry: false,
  });

/** For administrators. */
export const serverState = queryOptions({
  queryKey: ["state"],
  queryFn: ({ signal }) => got(api.GET("/api/state", { signal })),
});
