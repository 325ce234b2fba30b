import type { CloneRequestWire } from "@clone-xs/server/contract";
import { curlOf, type Equivalents, quoted } from "../../equivalents/equivalents.ts";

/** A clone by the other front ends. */
export function equivalentsOf(
  request: CloneRequestWire,
  origin: string,
  needsToken: boolean,
): Required<Equivalents> {
  const call = { method: "POST", path: "/api/clone", body: request } as const;
  return { cli: cli(request), yaml: yaml(request), curl: curlOf(call, { origin, needsToken }) };
}

type Flag = (value: never) => string[];

const one = (flag: string) => (value: string | number) => [`${flag} ${quoted(String(value))}`];
const joined = (flag: string) => (value: readonly string[]) => [`${flag} ${quoted(value.join(","))}`];
const ifTrue = (flag: string) => (value: boolean) => (value ? [flag] : []);
const ifFalse = (flag: string) => (value: boolean) => (value ? [] : [flag]);

type WireTarget = NonNullable<CloneRequestWire["target_workspace"]>;

function targetFlag(target: WireTarget): string {
  const { connection, destination_catalog, data_sync_mode }: Exclude<WireTarget, string> =
    typeof target === "string" ? { connection: target } : target;
  const dest = destination_catalog ? `,dest=${destination_catalog}` : "";
  const sync = data_sync_mode ? `,sync=${data_sync_mode}` : "";
  return `--target ${quoted(`name=${connection ?? ""}${dest}${sync}`)}`;
}

/** Flags say a target's connection, its destination and its load, and make a fan-out of several. */
function targetsFitFlags({ target_workspace: one, target_workspaces: several }: CloneRequestWire): boolean {
  const said = new Set(["connection", "destination_catalog", "data_sync_mode"]);
  const fits = (target: WireTarget) =>
    typeof target === "string"
      ? !target.includes(",")
      : Object.keys(target).every((key) => said.has(key)) && !target.connection?.includes(",");
  return [...(one == null ? [] : [one]), ...(several ?? [])].every(fits) && several?.length !== 1;
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
  where_clauses: (value: Record<string, string>) =>
    Object.entries(value).map(([table, predicate]) => `--where ${quoted(`${table}:${predicate}`)}`),
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
  clone_tbl_properties: (value: Record<string, string>) =>
    Object.entries(value).map(([key, text]) => `--tbl-property ${quoted(`${key}=${text}`)}`),
  quiesce_source: ifTrue("--quiesce-source"),
  quiesce_until: one("--quiesce-until"),
  quiesce_wide: ifTrue("--quiesce-wide"),
  max_parallel_queries: one("--max-parallel"),
  strict: ifTrue("--strict"),
};

/** The name under which the YAML is said to be kept. */
export const CONFIG_FILE = "clone.yaml";
export const FROM_CONFIG = `clxs clone --config ${CONFIG_FILE}`;

function cli(request: CloneRequestWire): string {
  if (!fitsFlags(request)) {
    return `# Flags cannot say all of this request: keep the YAML as ${CONFIG_FILE}.\n${FROM_CONFIG}`;
  }
  const flags = Object.entries(FLAGS).flatMap(([key, flag]) => {
    const value = request[key as keyof CloneRequestWire];
    return value === undefined || value === null ? [] : flag(value as never);
  });
  return ["clxs clone", ...flags].join(flags.length > 3 ? " \\\n  " : " ");
}

/**
 * Lists are split at commas and trimmed, a property at its first `=`, a condition at its first colon; what that would change goes by a
 * file, as do keys that have no flag.
 */
function fitsFlags(request: CloneRequestWire): boolean {
  const { include_schemas, exclude_schemas, clone_tbl_properties, where_clauses } = request;
  const schemas = [...(include_schemas ?? []), ...(exclude_schemas ?? [])];
  const keys = Object.keys(clone_tbl_properties ?? {});
  return (
    schemas.every((name) => !name.includes(",") && name === name.trim()) &&
    keys.every((key) => !key.includes("=")) &&
    targetsFitFlags(request) &&
    Object.keys(where_clauses ?? {}).every((table) => !table.includes(":")) &&
    Object.keys(request).every((key) => key in FLAGS)
  );
}

function yaml(request: CloneRequestWire): string {
  return Object.entries(request)
    .map(([key, value]) => `${key}:${yamlValue(value)}`)
    .join("\n");
}

function yamlValue(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? " []" : value.map((each) => `\n  - ${yamlItem(each)}`).join("");
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([key, each]) => `\n  ${yamlText(key)}: ${yamlText(each)}`)
      .join("");
  }
  return ` ${yamlText(value)}`;
}

/** An object in a list: its first key beside the dash. */
function yamlItem(value: unknown): string {
  if (typeof value !== "object" || value === null) return yamlText(value);
  return Object.entries(value)
    .map(([key, each]) => `${yamlText(key)}: ${yamlText(each)}`)
    .join("\n    ");
}

/** Words that YAML 1.1 or 1.2 reads as something else, and all but plain names, are quoted; JSON's quoting is YAML's too. */
function yamlText(value: unknown): string {
  const plain = typeof value === "string" && /^[A-Za-z_][\w.-]*$/u.test(value);
  const special = /^(true|false|yes|no|on|off|null|y|n)$/iu;
  return plain && !special.test(value) ? value : JSON.stringify(value);
}
