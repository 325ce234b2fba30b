import type { CloneRequestWire } from "@clone-xs/server/contract";
import type { Means } from "./equivalents.ts";
import { command, fitsList, flag, listFlag } from "./shell.ts";
import { yamlOf } from "./yaml.ts";

/** The name under which a request's YAML is said to be kept. */
const CONFIG_FILE = "clone.yaml";

/** A clone, or with `dry_run` what it would do. */
export function cloning(request: CloneRequestWire): Means & Required<Pick<Means, "cli" | "yaml">> {
  return {
    ...byRequest("clone", request),
    call: { method: "POST", path: "/api/clone", body: request },
  };
}

/** A look at what a clone would do, and why. */
export function planning(request: CloneRequestWire): Means {
  return { ...byRequest("plan", request), call: { method: "POST", path: "/api/plan", body: request } };
}

/** Whether a clone can be expected to succeed. */
export function lookingAhead(request: CloneRequestWire): Means {
  return {
    ...byRequest("preflight", request),
    call: { method: "POST", path: "/api/preflight", body: request },
  };
}

type Verb = "clone" | "plan" | "preflight";

/** A request as a command and as a file that the command reads; `more` are flags of the command itself. */
export function byRequest(verb: Verb, request: CloneRequestWire, ...more: readonly string[]) {
  const read = command(`clxs ${verb}`, [flag("--config", CONFIG_FILE), ...more]);
  const cli = fitsFlags(verb, request)
    ? command(`clxs ${verb}`, [...flagsOf(request), ...more])
    : `# Flags cannot say all of this request: keep the YAML as ${CONFIG_FILE}.\n${read}`;
  return { cli, yaml: { text: yamlOf(request), file: CONFIG_FILE, command: read } };
}

/** A request as flags of a command that makes no dry runs; undefined where flags cannot say all of it. */
export function requestFlags(request: CloneRequestWire): readonly string[] | undefined {
  return fitsFlags("plan", request) ? flagsOf(request) : undefined;
}

type Flag = (value: never) => readonly string[];

const one = (name: string) => (value: string | number) => [flag(name, value)];
const joined = (name: string) => (value: readonly string[]) => listFlag(name, value);
const ifTrue = (name: string) => (value: boolean) => (value ? [name] : []);
const ifFalse = (name: string) => (value: boolean) => (value ? [] : [name]);
const perEntry = (name: string, joint: string) => (value: Record<string, string>) =>
  Object.entries(value).map(([key, text]) => flag(name, `${key}${joint}${text}`));

type WireTarget = NonNullable<CloneRequestWire["target_workspace"]>;

function targetFlag(target: WireTarget): string {
  const { connection, destination_catalog, data_sync_mode }: Exclude<WireTarget, string> =
    typeof target === "string" ? { connection: target } : target;
  const dest = destination_catalog ? `,dest=${destination_catalog}` : "";
  const sync = data_sync_mode ? `,sync=${data_sync_mode}` : "";
  return flag("--target", `name=${connection ?? ""}${dest}${sync}`);
}

/** In the order in which the command's help lists them. */
const FLAGS: Partial<Record<keyof CloneRequestWire, Flag>> = {
  source_catalog: one("--source"),
  destination_catalog: one("--dest"),
  target_workspace: (value: WireTarget) => [targetFlag(value)],
  target_workspaces: (value: readonly WireTarget[]) => value.map(targetFlag),
  fanout_max_parallel: one("--fanout-max-parallel"),
  clone_type: one("--clone-type"),
  load_type: one("--load-type"),
  include_schemas: joined("--include-schemas"),
  exclude_schemas: joined("--exclude-schemas"),
  include_tables_regex: one("--include-tables-regex"),
  exclude_tables_regex: one("--exclude-tables-regex"),
  clone_views: ifFalse("--no-views"),
  clone_functions: ifFalse("--no-functions"),
  clone_volumes: ifFalse("--no-volumes"),
  where_clauses: perEntry("--where", ":"),
  schema_only: ifTrue("--schema-only"),
  location: one("--location"),
  as_of_timestamp: one("--as-of-timestamp"),
  as_of_version: one("--as-of-version"),
  copy_permissions: ifFalse("--no-permissions"),
  copy_ownership: ifFalse("--no-ownership"),
  copy_tags: ifFalse("--no-tags"),
  copy_security: ifFalse("--no-security"),
  copy_constraints: ifFalse("--no-constraints"),
  copy_comments: ifFalse("--no-comments"),
  copy_properties: ifFalse("--no-properties"),
  access: one("--access"),
  prune: one("--prune"),
  on_target_modified: one("--on-target-modified"),
  replace_foreign: ifTrue("--replace-foreign"),
  force_reclone: ifTrue("--force-reclone"),
  clone_tbl_properties: perEntry("--tbl-property", "="),
  quiesce_source: ifTrue("--quiesce-source"),
  quiesce_until: one("--quiesce-until"),
  quiesce_wide: ifTrue("--quiesce-wide"),
  validate_after_clone: ifTrue("--validate"),
  max_parallel_queries: one("--max-parallel"),
  strict: ifTrue("--strict"),
  dry_run: ifTrue("--dry-run"),
};

function flagsOf(request: CloneRequestWire): readonly string[] {
  return Object.entries(FLAGS).flatMap(([key, flag]) => {
    const value = request[key as keyof CloneRequestWire];
    return value === undefined || value === null ? [] : flag(value as never);
  });
}

/** A property is split at its first `=`, a condition at its first colon; what flags would change goes by a file, as do keys without one. */
function fitsFlags(verb: Verb, request: CloneRequestWire): boolean {
  const { include_schemas, exclude_schemas, clone_tbl_properties, where_clauses } = request;
  const lists = [include_schemas, exclude_schemas].filter((list) => list !== undefined);
  const trimmed = Object.entries(where_clauses ?? {}).flat();
  return (
    lists.every(fitsList) &&
    Object.keys(clone_tbl_properties ?? {}).every((key) => !key.includes("=")) &&
    trimmed.every((text) => text === text.trim()) &&
    Object.keys(where_clauses ?? {}).every((table) => !table.includes(":")) &&
    targetsFitFlags(request) &&
    Object.keys(request).every((key) => key in FLAGS && (key !== "dry_run" || verb === "clone"))
  );
}

/** Flags say a target's connection, its destination and its load, and make a fan-out of several. */
function targetsFitFlags({ target_workspace: one, target_workspaces: several }: CloneRequestWire): boolean {
  const said = new Set(["connection", "destination_catalog", "data_sync_mode"]);
  const plain = (text: string | null | undefined) => !text?.includes(",") && text === text?.trim();
  const fits = (target: WireTarget) =>
    typeof target === "string"
      ? plain(target)
      : Object.keys(target).every((key) => said.has(key)) &&
        plain(target.connection ?? undefined) &&
        plain(target.destination_catalog ?? undefined);
  return [...(one == null ? [] : [one]), ...(several ?? [])].every(fits) && several?.length !== 1;
}
