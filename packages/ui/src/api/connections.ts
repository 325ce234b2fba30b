import type {
  Catalogs,
  Connection,
  ConnectionChange,
  ConnectionCheck,
  Connections,
  NewConnection,
  TriedConnection,
  Warehouses,
} from "@clone-xs/server/contract";
import { queryOptions } from "@tanstack/react-query";
import { json } from "./client.ts";

const at = encodeURIComponent;

export const connections = queryOptions({
  queryKey: ["connections"],
  queryFn: async ({ signal }) => (await json<Connections>("/api/connections", { signal })).connections,
});

/** Catalogs of a saved connection's workspace, for pickers. */
export const catalogsOf = (connection: string) =>
  queryOptions({
    queryKey: ["connections", connection, "catalogs"],
    queryFn: async ({ signal }) =>
      (await json<Catalogs>(`/api/connections/${at(connection)}/catalogs`, { signal })).catalogs,
    staleTime: 60_000,
    retry: false,
  });

export function addConnection(connection: NewConnection): Promise<Connection> {
  return json<Connection>("/api/connections", { method: "POST", body: connection });
}

export interface ConnectionChangeCall {
  /** Its name before the change. */
  readonly saved: string;
  readonly change: ConnectionChange;
}

export function changeConnection({ saved, change }: ConnectionChangeCall): Promise<Connection> {
  return json<Connection>(`/api/connections/${at(saved)}`, { method: "PATCH", body: change });
}

export async function deleteConnection(name: string): Promise<void> {
  await json(`/api/connections/${at(name)}`, { method: "DELETE" });
}

/** Tries a saved connection. */
export function validateConnection(name: string): Promise<ConnectionCheck> {
  return json<ConnectionCheck>(`/api/connections/${at(name)}/validate`, { method: "POST" });
}

/** Tries a connection as it stands in a form; what is not given is taken from the saved one of its name. */
export function tryConnection(tried: TriedConnection): Promise<ConnectionCheck> {
  return json<ConnectionCheck>("/api/connections/validate", { method: "POST", body: tried });
}

/** The SQL warehouses that a connection as it stands in a form may use. */
export async function warehousesOf(tried: TriedConnection): Promise<Warehouses["warehouses"]> {
  return (await json<Warehouses>("/api/connections/warehouses", { method: "POST", body: tried })).warehouses;
}
