import { Secret } from "@clone-xs/databricks/client";
import type Database from "libsql";
import { ServerError } from "../errors.ts";
import { type DatabaseLayout, durably, openDatabase } from "../runs/database.ts";
import type { AuthMethod, ConnectionDetails, ConnectionPlace, Credentials, SavedDetails } from "./details.ts";
import { type Binding, keyIdOf, NONCE_BYTES, seal, unseal } from "./seal.ts";
import type { SecretKeys } from "./secret-keys.ts";

/** A saved connection as it may be shown. Times are epoch milliseconds. */
export interface SavedConnection extends SavedDetails {
  readonly name: string;
  /** What keeps the credentials from being used now: they were sealed with a key that is not here. */
  readonly readable: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * The durable memory of connections: those that were saved under a name, and those that were given with a run, which live as long as it
 * may be gone on with. Credentials are sealed. Synchronous: a call that has returned is on disk. Several processes may have it open.
 */
export interface ConnectionStore {
  /** By name. */
  list(): readonly SavedConnection[];
  get(name: string): SavedConnection | undefined;
  /** Throws ALREADY_EXISTS. */
  add(name: string, details: ConnectionDetails, at: number): void;
  /**
   * Puts other details in the place of those of a saved connection, and another name when `change.name` gives one; without credentials
   * the kept ones stay. Throws NOT_FOUND, ALREADY_EXISTS for the new name, and SECRET_UNREADABLE.
   */
  change(name: string, change: DetailsChange, at: number): void;
  /** `false`: there was none. */
  remove(name: string): boolean;
  /** Keeps a connection that was given with a run, under a reference that nobody can save one as. */
  keepForRun(runId: string, reference: string, details: ConnectionDetails, at: number): void;
  /** The runs that connections are kept for, and since when (epoch milliseconds). */
  keptFor(): readonly { readonly runId: string; readonly since: number }[];
  /** Deletes what is kept for a run. */
  forgetRun(runId: string): void;
  /** With credentials. Throws NOT_FOUND, or SECRET_UNREADABLE when no key here opens them. */
  details(reference: string): ConnectionDetails;
  /** Address of what is kept under a reference; `undefined` when there is none, or its profile knows. */
  hostOf(reference: string): string | undefined;
  /** Seals anew, with the current key, what an earlier one of the keys here sealed. */
  sealAnew(): void;
  close(): void;
}

type DetailsChange = ConnectionPlace & {
  readonly name?: string;
  readonly credentials?: Credentials;
};

/** In the home directory. */
export const CONNECTIONS_FILE = "connections.db";

const LAYOUT: DatabaseLayout = {
  file: CONNECTIONS_FILE,
  versions: [
    `CREATE TABLE connections (
      reference TEXT PRIMARY KEY,
      run_id TEXT,
      host TEXT,
      auth_method TEXT NOT NULL,
      profile TEXT,
      warehouse_id TEXT,
      destination_catalog TEXT,
      sealed TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) WITHOUT ROWID`,
  ],
};

interface Row {
  readonly reference: string;
  readonly run_id: string | null;
  readonly host: string | null;
  readonly auth_method: AuthMethod;
  readonly profile: string | null;
  readonly warehouse_id: string | null;
  readonly destination_catalog: string | null;
  readonly sealed: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

/** How the references of connections begin that were given with a run: no connection can be saved under such a name. */
export const GIVEN = "inline:";

/** Opens the connections of a home directory (created when missing). */
export function openConnectionStore(
  directory: string,
  { keys, randomBytes }: { readonly keys: SecretKeys; readonly randomBytes: (size: number) => Buffer },
): ConnectionStore {
  const database = openDatabase(directory, LAYOUT);
  // What is deleted is overwritten, though it is sealed.
  database.pragma("secure_delete = ON");
  const rows = rowsOf(database);

  const sealedOf = (row: Omit<Row, "sealed">, credentials: Credentials) => {
    const plain = plainOf(credentials);
    if (plain === undefined) return null;
    return seal(JSON.stringify(plain), keys.current(), bindingOf(row), randomBytes(NONCE_BYTES));
  };
  const withSealed = (row: Omit<Row, "sealed">, credentials: Credentials): Row => ({
    ...row,
    sealed: sealedOf(row, credentials),
  });
  const saved = (name: string) => {
    const row = rows.get(name);
    return row?.run_id === null ? row : undefined;
  };
  const shown = (row: Row): SavedConnection => ({
    name: row.reference,
    ...placeOf(row),
    method: row.auth_method,
    ...(row.profile === null ? {} : { profile: row.profile }),
    readable: row.sealed === null || keys.all().some(({ id }) => id === keyIdOf(row.sealed ?? "")),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
  const insert = (reference: string, runId: string | null, details: ConnectionDetails, at: number) => {
    if (rows.get(reference) !== undefined) throw taken(reference);
    rows.put(withSealed(rowOf(reference, runId, details, at), details.credentials));
  };

  return {
    list: () => rows.saved().map(shown),
    get(name) {
      const row = saved(name);
      return row === undefined ? undefined : shown(row);
    },
    add: (name, details, at) => durably(database, () => insert(name, null, details, at)),
    change(name, { name: renamed = name, credentials, ...place }, at) {
      durably(database, () => {
        const before = saved(name);
        if (before === undefined) throw unknown(name);
        if (renamed !== name && rows.get(renamed) !== undefined) throw taken(renamed);
        const signIn = credentials ?? credentialsIn(before, keys);
        const after = rowOf(renamed, null, { ...place, credentials: signIn }, at);
        rows.remove(name);
        rows.put(withSealed({ ...after, created_at: before.created_at }, signIn));
      });
    },
    remove: (name) => durably(database, () => saved(name) !== undefined && rows.remove(name)),
    keepForRun: (runId, reference, details, at) =>
      durably(database, () => insert(reference, runId, details, at)),
    keptFor: () => rows.runs(),
    forgetRun: (runId) => durably(database, () => rows.removeRun(runId)),
    details(reference) {
      const row = rows.get(reference);
      if (row === undefined) throw unknown(reference);
      return { ...placeOf(row), credentials: credentialsIn(row, keys) };
    },
    hostOf: (reference) => rows.get(reference)?.host ?? undefined,
    sealAnew() {
      const all = keys.all();
      const [current] = all;
      const old = rows
        .all()
        .filter(({ sealed }) => sealed !== null && all.some(({ id }) => id === keyIdOf(sealed)))
        .filter(({ sealed }) => keyIdOf(sealed ?? "") !== current?.id);
      if (old.length === 0) return;
      durably(database, () => {
        for (const row of old) rows.put(withSealed(row, credentialsIn(row, keys)));
      });
    },
    close: () => {
      database.close();
    },
  };
}

function rowsOf(database: Database.Database) {
  const prepared = {
    get: database.prepare("SELECT * FROM connections WHERE reference = ?"),
    all: database.prepare("SELECT * FROM connections"),
    saved: database.prepare("SELECT * FROM connections WHERE run_id IS NULL ORDER BY reference"),
    put: database.prepare("INSERT OR REPLACE INTO connections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    remove: database.prepare("DELETE FROM connections WHERE reference = ?"),
    runs: database.prepare(
      "SELECT run_id AS runId, max(created_at) AS since FROM connections WHERE run_id IS NOT NULL GROUP BY run_id",
    ),
    removeRun: database.prepare("DELETE FROM connections WHERE run_id = ?"),
  };
  return {
    get: (reference: string) => (prepared.get.all(reference) as Row[])[0],
    all: () => prepared.all.all() as Row[],
    saved: () => prepared.saved.all() as Row[],
    put(row: Row) {
      const { reference, run_id, host, auth_method, profile, warehouse_id, destination_catalog } = row;
      const place = [host, auth_method, profile, warehouse_id, destination_catalog];
      prepared.put.run(reference, run_id, ...place, row.sealed, row.created_at, row.updated_at);
    },
    remove: (reference: string) => prepared.remove.run(reference).changes > 0,
    runs: () => prepared.runs.all() as { runId: string; since: number }[],
    removeRun: (runId: string) => void prepared.removeRun.run(runId),
  };
}

function rowOf(
  reference: string,
  runId: string | null,
  { host, warehouseId, destinationCatalog, credentials }: ConnectionDetails,
  at: number,
): Omit<Row, "sealed"> {
  return {
    reference,
    run_id: runId,
    host: host ?? null,
    auth_method: credentials.method,
    profile: credentials.method === "profile" ? credentials.profile : null,
    warehouse_id: warehouseId ?? null,
    destination_catalog: destinationCatalog ?? null,
    created_at: at,
    updated_at: at,
  };
}

function placeOf({ host, warehouse_id, destination_catalog }: Row): ConnectionPlace {
  return {
    ...(host === null ? {} : { host }),
    ...(warehouse_id === null ? {} : { warehouseId: warehouse_id }),
    ...(destination_catalog === null ? {} : { destinationCatalog: destination_catalog }),
  };
}

/** Credentials are sealed to whose they are and where they go: a row that was given another host opens nothing. */
function bindingOf({ reference, host, auth_method }: Omit<Row, "sealed">): Binding {
  return [reference, host, auth_method];
}

/** What is sealed; `undefined`: there is nothing secret. */
function plainOf(credentials: Credentials): readonly string[] | undefined {
  switch (credentials.method) {
    case "pat":
      return [credentials.token.reveal()];
    case "service_principal":
      return [credentials.clientId, credentials.clientSecret.reveal()];
    case "profile":
      return undefined;
  }
}

function credentialsIn(row: Row, keys: SecretKeys): Credentials {
  const { auth_method: method, profile, sealed } = row;
  if (method === "profile") return { method, profile: profile ?? "" };
  const plain = unseal(sealed ?? "", keys.all(), bindingOf(row));
  if (plain === undefined) throw unreadable(row, keys);
  const [first = "", second = ""] = JSON.parse(plain) as readonly string[];
  if (method === "pat") return { method, token: new Secret(first) };
  return { method, clientId: first, clientSecret: new Secret(second) };
}

function unknown(reference: string): ServerError {
  if (reference.startsWith(GIVEN))
    return new ServerError(
      "NOT_FOUND",
      "The connection that was given with the run is not kept any more. Save it under a name, and clone again.",
    );
  return new ServerError("NOT_FOUND", `There is no saved connection ${reference}.`);
}

function taken(name: string): ServerError {
  return new ServerError(
    "ALREADY_EXISTS",
    `There is a connection ${name} already. Choose another name, or change that one.`,
  );
}

function unreadable({ reference, run_id, sealed }: Row, keys: SecretKeys): ServerError {
  const known = keys.all().some(({ id }) => id === keyIdOf(sealed ?? ""));
  const why = known
    ? "were changed where they are kept"
    : `were sealed with another key (${keyIdOf(sealed ?? "")}) than there is now (${keys.origin})`;
  const whose = run_id === null ? `of connection ${reference}` : `that were given with run ${run_id}`;
  const way = run_id === null ? "Save them again" : "Submit the clone again";
  const back = known
    ? ""
    : ", or put the earlier key back (CLXS_SECRET_KEY takes several, separated by commas)";
  return new ServerError(
    "SECRET_UNREADABLE",
    `The credentials ${whose} cannot be opened: they ${why}. ${way}${back}.`,
  );
}
