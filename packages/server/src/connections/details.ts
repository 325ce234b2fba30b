import { Secret, parseHost } from "@clone-xs/databricks/client";
import { invalidNameReason, WorkspaceError } from "@clone-xs/unity";
import { isLoopback } from "../access/access.ts";
import { isForbiddenHost } from "../access/forbidden-hosts.ts";
import type { ConnectionChange, FieldProblem } from "../contract/index.ts";

export type AuthMethod = "pat" | "service_principal" | "profile";

export type Credentials =
  | { readonly method: "pat"; readonly token: Secret }
  | { readonly method: "service_principal"; readonly clientId: string; readonly clientSecret: Secret }
  | { readonly method: "profile"; readonly profile: string };

/** Everything about a connection but its credentials. */
export interface ConnectionPlace {
  /** Origin; absent: the profile says. */
  readonly host?: string;
  readonly warehouseId?: string;
  readonly destinationCatalog?: string;
}

/** How to reach a workspace. Prints without its secrets. */
export interface ConnectionDetails extends ConnectionPlace {
  readonly credentials: Credentials;
}

/** What is saved of a connection before a change: its credentials are only kept where they were given for. */
export interface SavedDetails extends ConnectionPlace {
  readonly method: AuthMethod;
  readonly profile?: string;
}

/** Details as they were given; without credentials: those that are saved stay. */
type GivenDetails = ConnectionPlace & { readonly credentials?: Credentials };

/** What was read, or every reason why it cannot be used. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Reads a connection from the keys that were sent, all of it. Names every key that is missing, wrong, or of another way of signing in. */
export function readDetails(body: ConnectionChange): Read<ConnectionDetails> {
  const read = readChange(body, undefined);
  if (!read.ok) return read;
  const { credentials, ...place } = read.value;
  if (credentials === undefined) return { ok: false, problems: [missing("auth_method")] };
  return { ok: true, value: { ...place, credentials } };
}

/** Reads a change of a saved connection: what is absent stays, null or empty text takes away. */
export function readChange(body: ConnectionChange, saved: SavedDetails | undefined): Read<GivenDetails> {
  const method = body.auth_method ?? saved?.method;
  if (method === undefined) return { ok: false, problems: [missing("auth_method")] };
  const host = body.host === undefined ? saved?.host : originOf(body.host);
  const problems = [
    ...(typeof host === "object" ? [host] : []),
    ...(host === undefined && method !== "profile" ? [missing("host")] : []),
    ...foreignKeys(body, method),
    ...catalogProblem(body.destination_catalog),
  ];
  const moved = saved === undefined || method !== saved.method || host !== saved.host;
  const given = moved || CREDENTIAL_KEYS[method].some((key) => text(body[key]) !== undefined);
  const read: Read<Credentials | undefined> = given
    ? readCredentials(body, method, saved)
    : { ok: true, value: undefined };
  if (!read.ok || problems.length > 0 || typeof host === "object")
    return { ok: false, problems: [...problems, ...(read.ok ? [] : read.problems)] };
  return {
    ok: true,
    value: {
      ...(host === undefined ? {} : { host }),
      ...kept("warehouseId", body.warehouse_id, saved?.warehouseId),
      ...kept("destinationCatalog", body.destination_catalog, saved?.destinationCatalog),
      ...(read.value === undefined ? {} : { credentials: read.value }),
    },
  };
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,99}$/u;

/** A name stands in addresses, on the command line between `=` and `,`, and as the name of a directory. */
export function nameProblems(name: string, path = "name"): readonly FieldProblem[] {
  if (NAME.test(name) && name.trim() === name) return [];
  const message = `${path} must begin with a letter or digit and go on with letters, digits, blanks and any of . _ @ + -, at most 100 in all.`;
  return [{ path, message }];
}

const CREDENTIAL_KEYS = {
  pat: ["token"],
  service_principal: ["client_id", "client_secret"],
  profile: ["profile"],
} as const satisfies Readonly<Record<AuthMethod, readonly (keyof ConnectionChange)[]>>;

function readCredentials(
  body: ConnectionChange,
  method: AuthMethod,
  saved: SavedDetails | undefined,
): Read<Credentials> {
  const absent = CREDENTIAL_KEYS[method].filter((key) => text(body[key]) === undefined);
  if (method === "profile" && saved?.profile !== undefined && absent.length > 0)
    return { ok: true, value: { method, profile: saved.profile } };
  const why = saved === undefined ? "" : " Kept credentials are not sent to another host or in another way.";
  const problems = absent.map((path) => ({
    path,
    message: `${path} is required with auth_method ${method}.${why}`,
  }));
  const unusable = CREDENTIAL_KEYS[method]
    .filter((key) => method !== "profile" && !/^[\x21-\x7e]*$/u.test(text(body[key]) ?? ""))
    .map((path) => ({
      path,
      message: `${path} contains a space, line break or character that none has. Copy it again.`,
    }));
  if (problems.length + unusable.length > 0) return { ok: false, problems: [...problems, ...unusable] };
  return { ok: true, value: credentialsOf(body, method) };
}

function credentialsOf(body: ConnectionChange, method: AuthMethod): Credentials {
  if (method === "pat") return { method, token: new Secret(text(body.token) ?? "") };
  if (method === "profile") return { method, profile: text(body.profile) ?? "" };
  const clientSecret = new Secret(text(body.client_secret) ?? "");
  return { method, clientId: text(body.client_id) ?? "", clientSecret };
}

/** A credential that the way of signing in does not use would be dropped silently. */
function foreignKeys(body: ConnectionChange, method: AuthMethod): readonly FieldProblem[] {
  return Object.values(CREDENTIAL_KEYS)
    .flat()
    .filter((key) => !(CREDENTIAL_KEYS[method] as readonly string[]).includes(key))
    .filter((key) => text(body[key]) !== undefined)
    .map((path) => ({ path, message: `${path} is of no use with auth_method ${method}. Leave it out.` }));
}

/** The origin of an address as people paste it; what is wrong with it otherwise. Empty: none. */
function originOf(given: string | null): string | undefined | FieldProblem {
  const address = text(given);
  if (address === undefined) return undefined;
  try {
    const { origin } = parseHost(address, "host");
    const { protocol, hostname } = new URL(origin);
    if (isForbiddenHost(hostname))
      return {
        path: "host",
        message: `host ${origin} is an address of this network's own services. No workspace is there.`,
      };
    if (protocol === "https:" || isLoopback(hostname)) return origin;
    const message = `host ${origin} would send credentials in the clear. Use https; plain http is for this machine only.`;
    return { path: "host", message };
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    return { path: "host", message: error.message };
  }
}

function catalogProblem(name: string | null | undefined): readonly FieldProblem[] {
  const catalog = text(name);
  const reason = catalog === undefined ? undefined : invalidNameReason(catalog);
  if (reason === undefined) return [];
  const path = "destination_catalog";
  return [{ path, message: `${path} "${catalog}" cannot be a catalog name: it ${reason}.` }];
}

function kept<Key extends "warehouseId" | "destinationCatalog">(
  key: Key,
  given: string | null | undefined,
  saved: string | undefined,
): { readonly [K in Key]?: string } {
  const value = given === undefined ? saved : text(given);
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: string };
}

function missing(path: string): FieldProblem {
  return { path, message: `${path} is required.` };
}

/** Forms send empty text for what nobody filled in. */
function text(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}
