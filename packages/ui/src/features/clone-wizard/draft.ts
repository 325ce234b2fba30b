import type { CloneRequestWire } from "@clone-xs/server/contract";
import type { WizardSearch } from "../../app/search.ts";
import { type ConditionRow, firstConditionProblem } from "./conditions.ts";
import { momentProblem } from "./moment.ts";
import { firstPropertyProblem, type PropertyRow } from "./table-properties.ts";
import { atHome, choiceOf, newTarget, type TargetChoice, targetKeys } from "./targets.ts";
import { isCatalogName, NO_CATALOG_NAME, targetProblems } from "./target-problems.ts";

export type ScopedObject = NonNullable<CloneRequestWire["include_objects"]>[number];

/** What the wizard's controls hold. Everything in it reaches the request; nothing else is on the page. */
export interface Draft extends TargetChoice {
  readonly source: string;
  readonly destination: string;
  /** `all`: every schema but the excluded; `only`: the included. */
  readonly scope: "all" | "only";
  readonly excluded: readonly string[];
  readonly included: readonly string[];
  readonly includeTables: string;
  readonly excludeTables: string;
  readonly cloneType: "DEEP" | "SHALLOW";
  readonly loadType: "FULL" | "INCREMENTAL" | "SELECTIVE";
  readonly views: boolean;
  readonly functions: boolean;
  readonly volumes: boolean;
  readonly quiesce: boolean;
  readonly quiesceUntil: "cloned" | "pinned";
  readonly quiesceWide: boolean;
  /** Which moment of the source is copied; the other two hold what was typed for each. */
  readonly asOf: "latest" | "timestamp" | "version";
  readonly asOfTimestamp: string;
  readonly asOfVersion: string;
  readonly schemaOnly: boolean;
  readonly conditions: readonly ConditionRow[];
  readonly location: string;
  readonly copyPermissions: boolean;
  readonly copyOwnership: boolean;
  readonly copyTags: boolean;
  readonly copySecurity: boolean;
  readonly copyConstraints: boolean;
  readonly copyComments: boolean;
  readonly copyProperties: boolean;
  readonly access: "report" | "refuse";
  readonly prune: "report" | "drop";
  readonly onTargetModified: "fail" | "skip" | "overwrite";
  readonly replaceForeign: boolean;
  readonly forceReclone: boolean;
  readonly properties: readonly PropertyRow[];
  /** When there are any, only these are in scope, each as the rest of the scope allows. */
  readonly objects: readonly ScopedObject[];
  readonly maxParallel: number;
  /** Schemas listed at the same time. */
  readonly maxWorkers: number;
  /** Every copy is compared with its source when all is done. */
  readonly validate: boolean;
  readonly rollback: boolean;
  readonly strict: boolean;
  /** Keys of an earlier request that the page has no control for: they are kept as they were. */
  readonly carried: Readonly<Partial<CloneRequestWire>>;
}

/** What the engine excludes when nobody says otherwise: a request that names them would say nothing new. */
const EXCLUDED_BY_DEFAULT = ["information_schema", "default"];

export const emptyDraft: Draft = {
  source: "",
  destination: "",
  ...atHome,
  scope: "all",
  excluded: EXCLUDED_BY_DEFAULT,
  included: [],
  includeTables: "",
  excludeTables: "",
  cloneType: "DEEP",
  loadType: "FULL",
  views: true,
  functions: true,
  volumes: true,
  quiesce: false,
  quiesceUntil: "cloned",
  quiesceWide: false,
  asOf: "latest",
  asOfTimestamp: "",
  asOfVersion: "",
  schemaOnly: false,
  conditions: [],
  location: "",
  copyPermissions: true,
  copyOwnership: true,
  copyTags: true,
  copySecurity: true,
  copyConstraints: true,
  copyComments: true,
  copyProperties: true,
  access: "report",
  prune: "report",
  onTargetModified: "fail",
  replaceForeign: false,
  forceReclone: false,
  properties: [],
  objects: [],
  maxParallel: 10,
  maxWorkers: 4,
  validate: false,
  rollback: true,
  strict: false,
  carried: {},
};

/** What an address may say of a draft that is to be made. */
export type DraftSearch = Pick<
  WizardSearch,
  "source" | "destination" | "load" | "target" | "schemas" | "objects"
>;

/** A new draft with what an address says; `undefined` when it says nothing. */
export function begunBy(search: DraftSearch): Draft | undefined {
  const { source = "", destination = "", load, target, schemas, objects } = search;
  const said = [search.source, search.destination, load, target, schemas, objects];
  if (said.every((each) => each === undefined)) return undefined;
  const only = (objects ?? []).flatMap(scopedObject);
  return {
    ...emptyDraft,
    source,
    destination,
    loadType: load ?? emptyDraft.loadType,
    // The catalog that was looked at there, whichever the connection would choose.
    ...unless(target === undefined, {
      elsewhere: true,
      targets: [{ ...newTarget(target ?? ""), destination }],
    }),
    ...unless(schemas === undefined, { scope: "only", included: schemas ?? [] }),
    objects: only,
  };
}

export const KINDS = ["table", "view", "function", "volume"] as const;

/** `table:gold.spend`. What is no such thing is left out. */
function scopedObject(text: string) {
  const [, of, schema, name] = /^([a-z]+):([^.]+)\.(.+)$/u.exec(text) ?? [];
  const type = KINDS.find((kind) => kind === of);
  return type === undefined || schema === undefined || name === undefined ? [] : [{ schema, name, type }];
}

/** What can be left out of the copy, key by key of the request. */
export const COPIED = {
  copyPermissions: "copy_permissions",
  copyOwnership: "copy_ownership",
  copyTags: "copy_tags",
  copySecurity: "copy_security",
  copyConstraints: "copy_constraints",
  copyComments: "copy_comments",
  copyProperties: "copy_properties",
} as const;
export type Copied = keyof typeof COPIED;
export const copiedKeys = Object.keys(COPIED) as readonly Copied[];

/** The request of a draft, with only the keys that differ from what the engine fills in by itself. */
export function toRequest(draft: Draft): CloneRequestWire {
  const properties = draft.properties.filter(({ key }) => key.trim() !== "");
  const conditions = draft.conditions.filter(({ table }) => table.trim() !== "");
  return {
    source_catalog: draft.source,
    destination_catalog: draft.destination,
    ...targetKeys(draft),
    ...unless(draft.cloneType === "DEEP", { clone_type: draft.cloneType }),
    ...unless(draft.loadType === "FULL", { load_type: draft.loadType }),
    ...scopeOf(draft),
    ...unless(draft.includeTables === "", { include_tables_regex: draft.includeTables }),
    ...unless(draft.excludeTables === "", { exclude_tables_regex: draft.excludeTables }),
    ...unless(draft.views, { clone_views: false }),
    ...unless(draft.functions, { clone_functions: false }),
    ...unless(draft.volumes, { clone_volumes: false }),
    ...quiesceOf(draft),
    ...asOf(draft),
    ...unless(!draft.schemaOnly, { schema_only: true }),
    ...unless(conditions.length === 0, {
      where_clauses: Object.fromEntries(
        conditions.map(({ table, predicate }) => [table.trim(), predicate.trim()]),
      ),
    }),
    ...unless(draft.location.trim() === "", { location: draft.location.trim() }),
    ...Object.fromEntries(copiedKeys.filter((key) => !draft[key]).map((key) => [COPIED[key], false])),
    ...unless(draft.access === "report", { access: draft.access }),
    ...unless(draft.prune === "report", { prune: draft.prune }),
    ...unless(draft.onTargetModified === "fail", { on_target_modified: draft.onTargetModified }),
    ...unless(!draft.replaceForeign, { replace_foreign: true }),
    ...unless(!draft.forceReclone, { force_reclone: true }),
    ...unless(properties.length === 0, {
      clone_tbl_properties: Object.fromEntries(properties.map(({ key, value }) => [key.trim(), value])),
    }),
    ...unless(draft.maxParallel === emptyDraft.maxParallel, { max_parallel_queries: draft.maxParallel }),
    ...unless(draft.objects.length === 0, { include_objects: draft.objects.map((each) => ({ ...each })) }),
    ...unless(draft.maxWorkers === emptyDraft.maxWorkers, { max_workers: draft.maxWorkers }),
    ...unless(!draft.validate, { validate_after_clone: true }),
    ...unless(draft.rollback, { enable_rollback: false }),
    ...unless(!draft.strict, { strict: true }),
    ...draft.carried,
  };
}

function quiesceOf({ quiesce, quiesceUntil, quiesceWide }: Draft): Partial<CloneRequestWire> {
  if (!quiesce) return {};
  return {
    quiesce_source: true,
    ...unless(quiesceUntil === "cloned", { quiesce_until: quiesceUntil }),
    ...unless(!quiesceWide, { quiesce_wide: true }),
  };
}

function asOf(draft: Draft): Partial<CloneRequestWire> {
  if (draft.asOf === "latest") return {};
  return draft.asOf === "version"
    ? { as_of_version: draft.asOfVersion.trim() }
    : { as_of_timestamp: draft.asOfTimestamp.trim() };
}

function scopeOf(draft: Draft): Partial<CloneRequestWire> {
  if (draft.scope === "only") return { include_schemas: [...draft.included] };
  return unless(sameNames(draft.excluded, EXCLUDED_BY_DEFAULT), { exclude_schemas: [...draft.excluded] });
}

/** The draft that gives this request: to run something again. Whether it was a dry run is for the preview to ask anew. */
export function fromRequest(request: CloneRequestWire): Draft {
  const included = request.include_schemas ?? [];
  return {
    source: request.source_catalog,
    destination: request.destination_catalog,
    ...choiceOf(request),
    scope: included.length > 0 ? "only" : "all",
    included,
    excluded: request.exclude_schemas ?? emptyDraft.excluded,
    includeTables: request.include_tables_regex ?? "",
    excludeTables: request.exclude_tables_regex ?? "",
    cloneType: request.clone_type ?? emptyDraft.cloneType,
    loadType: request.load_type ?? emptyDraft.loadType,
    views: request.clone_views ?? true,
    functions: request.clone_functions ?? true,
    volumes: request.clone_volumes ?? true,
    quiesce: request.quiesce_source ?? false,
    quiesceUntil: request.quiesce_until ?? emptyDraft.quiesceUntil,
    quiesceWide: request.quiesce_wide ?? false,
    asOf: request.as_of_version != null ? "version" : request.as_of_timestamp ? "timestamp" : "latest",
    asOfTimestamp: request.as_of_timestamp ?? "",
    asOfVersion: String(request.as_of_version ?? ""),
    schemaOnly: request.schema_only ?? false,
    conditions: Object.entries(request.where_clauses ?? {}).map(([table, predicate]) => ({
      table,
      predicate,
    })),
    location: request.location ?? "",
    ...copiedOf(request),
    access: request.access ?? emptyDraft.access,
    prune: request.prune ?? emptyDraft.prune,
    onTargetModified: request.on_target_modified ?? emptyDraft.onTargetModified,
    replaceForeign: request.replace_foreign ?? false,
    forceReclone: request.force_reclone ?? false,
    properties: Object.entries(request.clone_tbl_properties ?? {}).map(([key, value]) => ({ key, value })),
    maxParallel: request.max_parallel_queries ?? emptyDraft.maxParallel,
    objects: request.include_objects ?? [],
    maxWorkers: request.max_workers ?? emptyDraft.maxWorkers,
    validate: request.validate_after_clone ?? false,
    rollback: request.enable_rollback ?? true,
    strict: request.strict ?? false,
    carried: Object.fromEntries(Object.entries(request).filter(([key]) => !KNOWN.has(key))),
  };
}

function copiedOf(request: CloneRequestWire): Pick<Draft, Copied> {
  const entries = copiedKeys.map((key) => [key, request[COPIED[key]] ?? true]);
  return Object.fromEntries(entries) as Pick<Draft, Copied>;
}

/** Keys that the page has a control for, and the one that is a button. */
const KNOWN: ReadonlySet<string> = new Set([
  "source_catalog",
  "destination_catalog",
  "target_workspace",
  "target_workspaces",
  "fanout_max_parallel",
  "clone_type",
  "load_type",
  "include_schemas",
  "exclude_schemas",
  "include_tables_regex",
  "exclude_tables_regex",
  "clone_views",
  "clone_functions",
  "clone_volumes",
  "quiesce_source",
  "quiesce_until",
  "quiesce_wide",
  "as_of_timestamp",
  "as_of_version",
  "schema_only",
  "where_clauses",
  "location",
  ...Object.values(COPIED),
  "access",
  "prune",
  "on_target_modified",
  "replace_foreign",
  "force_reclone",
  "clone_tbl_properties",
  "include_objects",
  "max_parallel_queries",
  "max_workers",
  "validate_after_clone",
  "enable_rollback",
  "strict",
  "dry_run",
]);

/** What keeps a draft from being previewed, by control. */
export function problemsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const properties = firstPropertyProblem(draft.properties);
  const conditions = firstConditionProblem(draft.conditions);
  const same = !draft.elsewhere && draft.source.toLowerCase() === draft.destination.toLowerCase();
  return {
    ...unless(draft.source !== "", { source: "Choose the catalog to clone." }),
    ...unless(draft.destination !== "", { destination: "Name the catalog to clone into." }),
    ...unless(draft.destination === "" || !same, {
      destination: "This is the source. Name another catalog.",
    }),
    ...unless(isCatalogName(draft.destination), {
      destination: NO_CATALOG_NAME,
    }),
    ...targetProblems(draft),
    ...unless(draft.scope === "all" || draft.included.length > 0, {
      included: "Choose at least one schema.",
    }),
    ...unless(isPattern(draft.includeTables), { includeTables: "This is no regular expression." }),
    ...unless(isPattern(draft.excludeTables), { excludeTables: "This is no regular expression." }),
    ...unless(Number.isInteger(draft.maxParallel) && draft.maxParallel >= 1 && draft.maxParallel <= 256, {
      maxParallel: "A whole number from 1 to 256.",
    }),
    ...unless(Number.isInteger(draft.maxWorkers) && draft.maxWorkers >= 1 && draft.maxWorkers <= 64, {
      maxWorkers: "A whole number from 1 to 64.",
    }),
    ...(properties === undefined ? {} : { properties }),
    ...(conditions === undefined ? {} : { conditions }),
    ...contentProblems(draft),
  };
}

/** What cannot be had together, in the order in which the engine asks: each of these says by itself which rows a copy has. */
function contentProblems(draft: Draft): Partial<Record<keyof Draft, string>> {
  const filtered = draft.conditions.some(({ table }) => table.trim() !== "");
  const shallow = draft.cloneType === "SHALLOW";
  const timestamp = draft.asOf === "timestamp" ? momentProblem(draft.asOfTimestamp) : undefined;
  const badVersion = draft.asOf === "version" && !/^\d+$/u.test(draft.asOfVersion.trim());
  return {
    ...unless(!(filtered && shallow), { conditions: "A shallow clone cannot leave rows out." }),
    ...unless(timestamp === undefined, { asOfTimestamp: timestamp ?? "" }),
    ...unless(!badVersion, { asOfVersion: "A version is a whole number." }),
    ...unless(!(draft.schemaOnly && (shallow || filtered || draft.asOf !== "latest")), {
      schemaOnly: `Tables without rows cannot be had ${shallow ? "as shallow clones" : filtered ? "with conditions" : "of an earlier moment"}.`,
    }),
  };
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function unless<T extends object>(condition: boolean, value: T): Partial<T> {
  return condition ? {} : value;
}
