import type { TargetRequest } from "@clone-xs/clone";
import { parseProfiles, profileNames } from "@clone-xs/databricks/client";
import {
  type ConnectionStore,
  forgetGiven,
  openConnections,
  type RunStore,
  ServerError,
  type SettledTargets,
  targetBook,
  type TargetBook,
  type TargetedRequest,
} from "@clone-xs/server";
import { flagOf } from "../commands/clone/flags.ts";
import { requestOf } from "../commands/clone/request.ts";
import { readIfThere, targetOpener } from "../connection/connect.ts";
import { storeDirectory } from "../connection/home.ts";
import type { Workspace } from "@clone-xs/unity";
import type { Surroundings } from "../surroundings.ts";
import { UsageError } from "../usage-error.ts";

type Wire = Readonly<Record<string, unknown>>;

/**
 * Reads a request with its targets: saved connections by their names, else profiles of `~/.databrickscfg`. Throws a UsageError that names
 * each flag which cannot be.
 */
export async function targetedRequest(wire: Wire, surroundings: Surroundings): Promise<TargetedRequest> {
  if (!namesTargets(wire)) return { request: requestOf(wire), wire, targets: [], given: new Map() };
  return inBook(wire, surroundings, (book, named) => book.read(named));
}

/** The keys of a request that is no clone, with its targets as they are kept. Throws as `targetedRequest` does. */
export async function settledTargets(wire: Wire, surroundings: Surroundings): Promise<SettledTargets> {
  if (!namesTargets(wire)) return { body: wire, given: new Map() };
  return inBook(wire, surroundings, (book, named) => book.settle(named));
}

async function inBook<Result>(
  wire: Wire,
  surroundings: Surroundings,
  read: (book: TargetBook, wire: Wire) => Promise<Result>,
): Promise<Result> {
  const profiles = await profilesOf(surroundings);
  return withConnections(surroundings, async (connections) => {
    const isProfile = (name: string) => connections.get(name) === undefined && profiles.includes(name);
    try {
      return await read(bookOf(connections, surroundings), withProfiles(wire, isProfile));
    } catch (error) {
      throw error instanceof ServerError && error.code === "INVALID_REQUEST" ? usageError(error) : error;
    }
  });
}

/** Whether the keys of a request name other workspaces. */
function namesTargets(wire: Wire): boolean {
  return wire["target_workspace"] != null || wire["target_workspaces"] != null;
}

/** Connects to targets by what is kept in the home; each workspace is for the caller to close. */
export function targetConnector(
  surroundings: Surroundings,
  { given }: Partial<Pick<TargetedRequest, "given">> = {},
): (target: TargetRequest) => Promise<Workspace> {
  const options = { signal: surroundings.interrupted, ...(given === undefined ? {} : { given }) };
  return (target) =>
    withConnections(surroundings, (connections) =>
      bookOf(connections, surroundings).connect(target, options),
    );
}

/** Where the targets of a request are, as it is kept now. */
export function targetHosts(
  targets: readonly TargetRequest[],
  surroundings: Surroundings,
): Promise<(target: TargetRequest) => string | undefined> {
  if (targets.length === 0) return Promise.resolve(() => undefined);
  return withConnections(surroundings, (connections) => {
    const hosts = new Map(targets.map(({ name, connection }) => [name, connections.hostOf(connection)]));
    return ({ name }) => hosts.get(name);
  });
}

/** Keeps the connections that a request gave itself for as long as its run may be gone on with. */
export function keepConnections(
  runId: string,
  targeted: Pick<TargetedRequest, "given">,
  surroundings: Surroundings,
): Promise<void> {
  if (targeted.given.size === 0) return Promise.resolve();
  return withConnections(surroundings, (connections) =>
    bookOf(connections, surroundings).keep(runId, targeted),
  );
}

/** Deletes the connections that were given with runs which are over. */
export function forgetConnections(store: RunStore, surroundings: Surroundings): Promise<void> {
  const home = storeDirectory(surroundings);
  return withConnections(surroundings, (connections) =>
    forgetGiven({ connections, store, home }, surroundings.clock.now()),
  );
}

/** Opens what is saved of other workspaces for as long as `work` takes. */
export async function withConnections<Result>(
  surroundings: Surroundings,
  work: (connections: ConnectionStore) => Result | Promise<Result>,
): Promise<Result> {
  const connections = openConnections(storeDirectory(surroundings), surroundings.env["CLXS_SECRET_KEY"]);
  try {
    return await work(connections);
  } finally {
    connections.close();
  }
}

/** The targets of saved connections, as requests name them. */
export function bookOf(connections: ConnectionStore, surroundings: Surroundings): TargetBook {
  const { clock } = surroundings;
  return targetBook({
    connections,
    openWorkspace: targetOpener(surroundings),
    now: () => clock.now(),
  });
}

async function profilesOf({ env, homeDir }: Surroundings): Promise<readonly string[]> {
  const file = env["DATABRICKS_CONFIG_FILE"] || "~/.databrickscfg";
  const text = await readIfThere(file.replace(/^~(?=\/|$)/u, () => homeDir));
  return profileNames(parseProfiles(text ?? ""));
}

/** Puts the profile of that name in the place of a connection that is not saved. */
function withProfiles(wire: Wire, isProfile: (name: string) => boolean): Wire {
  const change = (target: unknown): unknown => {
    const { connection, ...rest } = isObject(target) ? target : { connection: target };
    if (typeof connection !== "string" || !isProfile(connection)) return target;
    return { name: connection, ...rest, auth_method: "profile", profile: connection };
  };
  const { target_workspace: one, target_workspaces: several } = wire;
  return {
    ...wire,
    ...(one == null ? {} : { target_workspace: change(one) }),
    ...(Array.isArray(several) ? { target_workspaces: several.map(change) } : {}),
  };
}

function usageError({ fields, message }: ServerError): UsageError {
  const lines = fields.map((field) => `${flagOf(field.path)}: ${field.message}`);
  return new UsageError(lines.length === 0 ? message : lines.join("\n"));
}

function isObject(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
