import { randomUUID } from "node:crypto";
import { type CloneRequest, type InlineTarget, withSealedTargets } from "@clone-xs/clone";
import type { JudgeHost } from "../access/allowed-hosts.ts";
import type { FieldProblem } from "../contract/index.ts";
import type { RunTarget } from "../runs/store.ts";
import { invalidRequest } from "../validation.ts";
import { type ConnectionStore, GIVEN } from "./connection-store.ts";
import { type ConnectionDetails, readDetails } from "./details.ts";

/** A request as it may be stored and shown, and what it said of workspaces that are not saved. */
export interface SettledTargets {
  /** Every target by its reference, without a secret. */
  readonly body: unknown;
  /** The connections that it gave, by the references that stand for them. */
  readonly given: ReadonlyMap<string, ConnectionDetails>;
}

type Saved = Pick<ConnectionStore, "get">;

/** What is wrong with an address that a request gives; `undefined`: nothing. A command line's user may go anywhere. */
type Judge = { readonly judgeHost?: JudgeHost | undefined };

/**
 * Replaces targets that say themselves how to connect by references, and fills in what is saved with the others: their destination
 * catalog. No workspace is asked. Throws INVALID_REQUEST for a connection that is not saved, and for one that cannot be used as given.
 */
export async function settleTargets(
  body: unknown,
  connections: Saved,
  { judgeHost = () => undefined }: Judge = {},
): Promise<SettledTargets> {
  const given = new Map<string, ConnectionDetails>();
  const problems: FieldProblem[] = [];
  const sealed = await withSealedTargets(body, (target) => {
    const read = readDetails(keysOf(target));
    const reference = `${GIVEN}${randomUUID()}`;
    if (read.ok) {
      const { host } = read.value;
      const problem = host === undefined ? undefined : judgeHost(host, `${pathOf(body, target)}.host`);
      if (problem !== undefined) problems.push(problem);
      given.set(reference, read.value);
    } else problems.push(...read.problems.map((problem) => under(pathOf(body, target), problem)));
    return reference;
  });
  if (problems.length > 0) throw invalidRequest(problems);
  const settled = eachTarget(sealed, (path, target) => {
    const name = connectionOf(target);
    if (name === undefined || given.has(name)) return target;
    const saved = connections.get(name);
    if (saved === undefined) problems.push(unknownConnection(path, target, name));
    return withDestination(target, saved?.destinationCatalog);
  });
  if (problems.length > 0) throw invalidRequest(problems);
  return { body: settled, given };
}

/** The targets of a request as the run store knows them. Throws INVALID_REQUEST when two of them are the same place. */
export function targetsOf(
  { targets, destinationCatalog }: CloneRequest,
  { connections, given }: { readonly connections: Saved } & Pick<SettledTargets, "given">,
): readonly RunTarget[] {
  const places = new Map<string, string>();
  return targets.map((target) => {
    const destination = target.destinationCatalog ?? destinationCatalog;
    const saved = connections.get(target.connection);
    const other = given.get(target.connection);
    const host = saved?.host ?? other?.host ?? `profile ${saved?.profile ?? target.connection}`;
    const place = `${host}/${destination.toLowerCase()}`;
    const twin = places.get(place);
    if (twin !== undefined) throw invalidRequest([samePlace(target.name, twin, place)]);
    places.set(place, target.name);
    return { name: target.name, destinationCatalog: destination, place };
  });
}

function keysOf({ host, warehouseId, auth }: InlineTarget) {
  const place = { host: host ?? null, warehouse_id: warehouseId ?? null };
  switch (auth.method) {
    case "pat":
      return { ...place, auth_method: auth.method, token: auth.token };
    case "profile":
      return { ...place, auth_method: auth.method, profile: auth.profile };
    case "service_principal": {
      const { method, clientId, clientSecret } = auth;
      return { ...place, auth_method: method, client_id: clientId, client_secret: clientSecret };
    }
  }
}

/** Gives the same body with each target changed; what is no target is left to whoever judges the body. */
function eachTarget(body: unknown, change: (path: string, target: unknown) => unknown): unknown {
  if (!isObject(body)) return body;
  const { target_workspace: one, target_workspaces: several } = body;
  return {
    ...body,
    ...(one === undefined ? {} : { target_workspace: change("target_workspace", one) }),
    ...(Array.isArray(several)
      ? { target_workspaces: several.map((each, at) => change(`target_workspaces[${at}]`, each)) }
      : {}),
  };
}

function connectionOf(target: unknown): string | undefined {
  const name = isObject(target) ? target["connection"] : target;
  return typeof name === "string" && name !== "" ? name : undefined;
}

function withDestination(target: unknown, destination: string | undefined): unknown {
  if (destination === undefined) return target;
  if (!isObject(target)) return { connection: target, destination_catalog: destination };
  return target["destination_catalog"] ? target : { ...target, destination_catalog: destination };
}

function unknownConnection(path: string, target: unknown, name: string): FieldProblem {
  const at = isObject(target) ? `${path}.connection` : path;
  const message = name.startsWith(GIVEN)
    ? `${at} stands for a connection that was given with another run. Give it again, or save it and give its name.`
    : `${at}: there is no saved connection ${name}. Save it first (Settings on the page, POST /api/connections, or clxs config connections add).`;
  return { path: at, message };
}

function samePlace(name: string, twin: string, place: string): FieldProblem {
  const message = `Targets ${twin} and ${name} are the same place, ${place}: give one of them another destination_catalog.`;
  return { path: "target_workspaces", message };
}

/** Where in the body the target stands that was read: it has the same host, and the same credentials. */
function pathOf(body: unknown, { host, auth }: InlineTarget): string {
  let found = "target_workspace";
  eachTarget(body, (path, target) => {
    if (isObject(target) && (target["host"] ?? undefined) === host && target["auth_method"] === auth.method)
      found = path;
    return target;
  });
  return found;
}

function under(path: string, { path: key, message }: FieldProblem): FieldProblem {
  return { path: `${path}.${key}`, message: message.startsWith(key) ? `${path}.${message}` : message };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
