import { z } from "zod";

const given = z.string().nullish();

/** How a connection signs in. `profile`: with a profile of `~/.databrickscfg` of the user that the server runs as. */
const authMethod = z.enum(["pat", "service_principal", "profile"]);

/** What each way of signing in needs. Only ever sent to the server, never back. */
const credentials = {
  /** Of `pat`. */
  token: given,
  /** Of `service_principal`. */
  client_id: given,
  client_secret: given,
  /** Of `profile`: its name. */
  profile: given,
};

const settings = {
  /** `https://my-workspace.cloud.databricks.com`; plain http on this machine only. Of `profile` it may be left out. */
  host: given,
  auth_method: authMethod,
  ...credentials,
  /** The first usable one when absent. */
  warehouse_id: given,
  /** Where clones to this target go, when the request does not say. */
  destination_catalog: given,
};

/** Body of `POST /api/connections`: the whole connection. Saving does not require that it works. */
export const newConnection = z.strictObject({ name: z.string(), ...settings });

/** Body of `PUT /api/connections/{name}`: the whole connection, with its credentials. */
export const wholeConnection = z.strictObject({ name: z.string().optional(), ...settings });

/**
 * Body of `PATCH /api/connections/{name}`: what changes. Credentials that are not given stay, unless host or way of signing in change:
 * they are never sent anywhere else than where they were given for. `name`: its new name.
 */
export const connectionChange = z.strictObject({ name: z.string(), ...settings }).partial();

/**
 * Body of `POST /api/connections/{validate,warehouses,catalogs,whoami}`: a connection that need not be saved. With the name of a saved
 * one, what is not given is taken from there, by the rule of a change.
 */
export const triedConnection = z
  .strictObject({ name: z.string().describe("Of a saved connection, for what is not given"), ...settings })
  .partial();

/** A saved connection, without its credentials. */
export const connection = z.object({
  name: z.string(),
  /** Null: its profile says. */
  host: z.string().nullable(),
  auth_method: authMethod,
  profile: z.string().nullable(),
  warehouse_id: z.string().nullable(),
  destination_catalog: z.string().nullable(),
  /** `kept`: sealed here. `unreadable`: sealed with a key that is not here any more; give them again. `profile`: not here at all. */
  credentials: z.enum(["kept", "unreadable", "profile"]),
  created_at: z.string(),
  updated_at: z.string(),
});

export const connections = z.object({ connections: z.array(connection) });

const warehouse = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string().nullable(),
  size: z.string().nullable(),
  serverless: z.boolean(),
});

/** The SQL warehouses that the connection may use. */
export const warehouses = z.object({ warehouses: z.array(warehouse) });

/** Whether a connection works: what was tried, in order, until something failed. */
export const connectionCheck = z.object({
  ok: z.boolean(),
  host: z.string().nullable(),
  user_name: z.string().nullable(),
  /** `cloud:region:uuid`: two workspaces with the same one share a metastore. */
  metastore_id: z.string().nullable(),
  warehouse: warehouse.nullable(),
  checks: z.array(
    z.object({ check: z.enum(["connect", "metastore", "warehouse"]), ok: z.boolean(), message: z.string() }),
  ),
});

export const deletedConnection = z.object({ name: z.string(), message: z.string() });

export type NewConnection = z.input<typeof newConnection>;
export type WholeConnection = z.input<typeof wholeConnection>;
export type ConnectionChange = z.input<typeof connectionChange>;
export type TriedConnection = z.input<typeof triedConnection>;
export type Connection = z.infer<typeof connection>;
export type Connections = z.infer<typeof connections>;
export type Warehouse = z.infer<typeof warehouse>;
export type Warehouses = z.infer<typeof warehouses>;
export type ConnectionCheck = z.infer<typeof connectionCheck>;
