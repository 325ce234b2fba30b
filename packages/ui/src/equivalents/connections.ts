import type { NewConnection } from "@clone-xs/server/contract";
import type { Means } from "./equivalents.ts";
import { fromEnvironment } from "./secret.ts";
import { command, flag } from "./shell.ts";

/** The variable of the shell that holds a connection's token or client secret. */
const TARGET_SECRET = "CLXS_TARGET_TOKEN";

/** A connection as it is to be; its secrets are left where the shell has them. */
export type ConnectionBody = Pick<
  NewConnection,
  "name" | "host" | "auth_method" | "client_id" | "profile" | "warehouse_id" | "destination_catalog"
>;

/** Saves a connection. */
export function addingConnection(connection: ConnectionBody): Means {
  return {
    cli: add(connection),
    call: { method: "POST", path: "/api/connections", body: withSecret(connection) },
  };
}

/** Puts a connection in the place of the one that is called so now. */
export function changingConnection(name: string, connection: ConnectionBody): Means {
  // The command line puts a connection under the same name only.
  const cli = name === connection.name ? { cli: add(connection, "--replace") } : {};
  return { ...cli, call: { method: "PUT", path: at(name), body: withSecret(connection) } };
}

export function removingConnection(name: string): Means {
  return {
    cli: command("clxs config connections remove", [], name),
    call: { method: "DELETE", path: at(name) },
  };
}

/** Tries a saved connection: signs in, asks for its metastore and its warehouse. */
export function testingConnection(name: string): Means {
  return {
    cli: command("clxs config connections test", [], name),
    call: { method: "POST", path: at(name, "/validate") },
  };
}

const at = (name: string, rest = "") => `/api/connections/${encodeURIComponent(name)}${rest}`;

function add(connection: ConnectionBody, ...more: readonly string[]): string {
  const { name, host, auth_method, client_id, profile, warehouse_id, destination_catalog } = connection;
  const signsIn =
    auth_method === "profile"
      ? [flag("--from-profile", profile ?? "DEFAULT")]
      : [
          ...(auth_method === "service_principal" ? [flag("--client-id", client_id ?? "")] : []),
          flag("--secret-env", TARGET_SECRET),
        ];
  const flags = [
    ...(host ? [flag("--host", host)] : []),
    ...signsIn,
    ...(warehouse_id ? [flag("--warehouse-id", warehouse_id)] : []),
    ...(destination_catalog ? [flag("--dest", destination_catalog)] : []),
    ...more,
  ];
  return command("clxs config connections add", flags, name);
}

function withSecret({ name, host, auth_method, client_id, profile, ...place }: ConnectionBody): object {
  const said = (key: string, value: unknown) => (value == null || value === "" ? {} : { [key]: value });
  const secret = fromEnvironment(TARGET_SECRET);
  const signsIn = {
    pat: { token: secret },
    service_principal: { client_id, client_secret: secret },
    profile: said("profile", profile),
  }[auth_method];
  return {
    name,
    ...said("host", host),
    auth_method,
    ...signsIn,
    ...said("warehouse_id", place.warehouse_id),
    ...said("destination_catalog", place.destination_catalog),
  };
}
