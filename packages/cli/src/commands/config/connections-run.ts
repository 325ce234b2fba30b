import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  checkConnection,
  CONNECTIONS_FILE,
  type ConnectionStore,
  connectionView,
  nameProblems,
  readDetails,
} from "@clone-xs/server";
import type { ConnectionCheck } from "@clone-xs/server/contract";
import { homeOf } from "../../connection/home.ts";
import { targetOpener } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { withConnections } from "../../targets/targets.ts";
import { UsageError } from "../../usage-error.ts";
import { tableText } from "../../views/human/table.ts";
import type { OutputOptions } from "../options.ts";

export type ListOptions = OutputOptions<"human" | "json">;

export interface AddOptions {
  readonly host?: string;
  readonly warehouseId?: string;
  readonly dest?: string;
  readonly clientId?: string;
  readonly fromProfile?: string;
  readonly secretEnv?: string;
  readonly replace?: boolean;
}

/** `clxs config connections list`: exit 0, also when there are none. */
export async function listConnections(
  { output }: ListOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const saved = await savedConnections(surroundings);
  const rows = saved.map(({ name, host, auth_method, warehouse_id, destination_catalog, credentials }) => [
    name,
    host ?? "as the profile says",
    auth_method,
    warehouse_id ?? "",
    destination_catalog ?? "",
    credentials,
  ]);
  const human = saved.length === 0 ? NONE : tableText(COLUMNS, rows);
  surroundings.out.write(`${output === "json" ? JSON.stringify({ connections: saved }, null, 2) : human}\n`);
  return ExitCode.done;
}

/** Where nothing was ever saved, looking makes no directory. */
async function savedConnections(surroundings: Surroundings) {
  if (!existsSync(join(homeOf(surroundings), CONNECTIONS_FILE))) return [];
  return withConnections(surroundings, (connections) => connections.list().map(connectionView));
}

const NONE = "There are no saved connections. Add one with: clxs config connections add NAME --host ADDRESS";
const COLUMNS = ["name", "host", "auth", "warehouse", "destination", "credentials"].map((name) => ({
  name,
  typeText: "STRING",
  typeName: "STRING",
}));

/** `clxs config connections add`: exit 2 for a name that is taken, and for what cannot be used. Saving does not require that it works. */
export async function addConnection(
  name: string,
  options: AddOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const wrong = nameProblems(name);
  if (wrong.length > 0) throw new UsageError(wrong.map(({ message }) => message).join("\n"));
  const read = readDetails(await bodyOf(options, surroundings));
  if (!read.ok)
    throw new UsageError(read.problems.map(({ path, message }) => inFlags(path, message)).join("\n"));
  const at = surroundings.clock.now();
  await withConnections(surroundings, (connections) => {
    const replaces = options.replace === true && connections.get(name) !== undefined;
    if (replaces) connections.change(name, read.value, at);
    else connections.add(name, read.value, at);
  });
  tell(surroundings, `Connection ${name} is saved. Try it with: clxs config connections test ${name}`);
  return ExitCode.done;
}

/** `clxs config connections remove`: exit 2 when there is none of that name. */
export async function removeConnection(name: string, surroundings: Surroundings): Promise<ExitCode> {
  await withConnections(surroundings, (connections) => {
    if (!connections.remove(name)) throw notSaved(name, connections);
  });
  tell(surroundings, `Connection ${name} is deleted.`);
  return ExitCode.done;
}

/** `clxs config connections test`: exit 0 when it works, 4 when not. */
export async function testConnection(
  name: string,
  { output }: ListOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const check = await withConnections(surroundings, (connections) => {
    const saved = connections.get(name);
    if (saved === undefined) throw notSaved(name, connections);
    const open = targetOpener(surroundings);
    return checkConnection(
      async () => open(connections.details(name), surroundings.interrupted),
      saved.warehouseId,
    );
  });
  surroundings.out.write(`${output === "json" ? JSON.stringify(check, null, 2) : checkText(check)}\n`);
  return check.ok ? ExitCode.done : ExitCode.noConnection;
}

function checkText({ checks }: ConnectionCheck): string {
  return checks.map(({ ok, message }) => `${ok ? "✓" : "✗"} ${message}`).join("\n");
}

/** The keys of the API for what was typed, with the secret from where it does not show in a list of processes. */
async function bodyOf(options: AddOptions, surroundings: Surroundings) {
  const { host, warehouseId, dest, clientId, fromProfile } = options;
  const place = { host: host ?? null, warehouse_id: warehouseId ?? null, destination_catalog: dest ?? null };
  if (fromProfile !== undefined) return { ...place, auth_method: "profile", profile: fromProfile } as const;
  const secret = await secretOf(options, surroundings);
  return clientId === undefined
    ? ({ ...place, auth_method: "pat", token: secret } as const)
    : ({ ...place, auth_method: "service_principal", client_id: clientId, client_secret: secret } as const);
}

async function secretOf({ secretEnv }: AddOptions, surroundings: Surroundings): Promise<string> {
  if (secretEnv !== undefined) {
    const secret = surroundings.env[secretEnv];
    if (secret) return secret;
    throw new UsageError(`--secret-env: the environment variable ${secretEnv} is not set.`);
  }
  if (surroundings.inputIsTerminal)
    throw new UsageError(
      "Give the secret on standard input (… < token.txt), or name the environment variable that holds it: --secret-env VARIABLE.",
    );
  return surroundings.readInput();
}

const FLAGS: Readonly<Record<string, string>> = {
  host: "--host",
  client_id: "--client-id",
  profile: "--from-profile",
  destination_catalog: "--dest",
  token: "The token",
  client_secret: "The client's secret",
};

function inFlags(path: string, message: string): string {
  const flag = FLAGS[path] ?? path;
  return message.startsWith(path) ? `${flag}${message.slice(path.length)}` : `${flag}: ${message}`;
}

function notSaved(name: string, connections: ConnectionStore): UsageError {
  const names = connections.list().map((each) => each.name);
  return new UsageError(
    `There is no saved connection ${name}. Saved: ${names.length === 0 ? "none" : names.join(", ")}.`,
  );
}
