import type { CloneRequestWire } from "@clone-xs/server/contract";
import { firstPropertyProblem, type PropertyRow } from "./table-properties.ts";

/** What the wizard's controls hold. Everything in it reaches the request; nothing else is on the page. */
export interface Draft {
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
  readonly onTargetModified: "fail" | "skip" | "overwrite";
  readonly replaceForeign: boolean;
  readonly forceReclone: boolean;
  readonly properties: readonly PropertyRow[];
  readonly maxParallel: number;
}

/** What the engine excludes when nobody says otherwise: a request that names them would say nothing new. */
const EXCLUDED_BY_DEFAULT = ["information_schema", "default"];

export const emptyDraft: Draft = {
  source: "",
  destination: "",
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
  onTargetModified: "fail",
  replaceForeign: false,
  forceReclone: false,
  properties: [],
  maxParallel: 10,
};

/** The request of a draft, with only the keys that differ from what the engine fills in by itself. */
export function toRequest(draft: Draft): CloneRequestWire {
  const properties = draft.properties.filter(({ key }) => key.trim() !== "");
  return {
    source_catalog: draft.source,
    destination_catalog: draft.destination,
    ...unless(draft.cloneType === "DEEP", { clone_type: draft.cloneType }),
    ...unless(draft.loadType === "FULL", { load_type: draft.loadType }),
    ...scopeOf(draft),
    ...unless(draft.includeTables === "", { include_tables_regex: draft.includeTables }),
    ...unless(draft.excludeTables === "", { exclude_tables_regex: draft.excludeTables }),
    ...unless(draft.views, { clone_views: false }),
    ...unless(draft.functions, { clone_functions: false }),
    ...unless(draft.volumes, { clone_volumes: false }),
    ...unless(draft.onTargetModified === "fail", { on_target_modified: draft.onTargetModified }),
    ...unless(!draft.replaceForeign, { replace_foreign: true }),
    ...unless(!draft.forceReclone, { force_reclone: true }),
    ...unless(properties.length === 0, {
      clone_tbl_properties: Object.fromEntries(properties.map(({ key, value }) => [key.trim(), value])),
    }),
    ...unless(draft.maxParallel === emptyDraft.maxParallel, { max_parallel_queries: draft.maxParallel }),
  };
}

function scopeOf(draft: Draft): Partial<CloneRequestWire> {
  if (draft.scope === "only") return { include_schemas: [...draft.included] };
  return unless(sameNames(draft.excluded, EXCLUDED_BY_DEFAULT), { exclude_schemas: [...draft.excluded] });
}

/** The draft that gives this request: to run something again. Keys that the page has no control for are not carried. */
export function fromRequest(request: CloneRequestWire): Draft {
  const included = request.include_schemas ?? [];
  return {
    source: request.source_catalog,
    destination: request.destination_catalog,
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
    onTargetModified: request.on_target_modified ?? emptyDraft.onTargetModified,
    replaceForeign: request.replace_foreign ?? false,
    forceReclone: request.force_reclone ?? false,
    properties: Object.entries(request.clone_tbl_properties ?? {}).map(([key, value]) => ({ key, value })),
    maxParallel: request.max_parallel_queries ?? emptyDraft.maxParallel,
  };
}

/** What keeps a draft from being previewed, by control. */
export function problemsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const properties = firstPropertyProblem(draft.properties);
  const same = draft.source.toLowerCase() === draft.destination.toLowerCase();
  return {
    ...unless(draft.source !== "", { source: "Choose the catalog to clone." }),
    ...unless(draft.destination !== "", { destination: "Name the catalog to clone into." }),
    ...unless(draft.destination === "" || !same, {
      destination: "This is the source. Name another catalog.",
    }),
    ...unless(!FORBIDDEN.test(draft.destination), {
      destination: "A catalog's name has no space, period or slash.",
    }),
    ...unless(draft.scope === "all" || draft.included.length > 0, {
      included: "Choose at least one schema.",
    }),
    ...unless(isPattern(draft.includeTables), { includeTables: "This is no regular expression." }),
    ...unless(isPattern(draft.excludeTables), { excludeTables: "This is no regular expression." }),
    ...unless(Number.isInteger(draft.maxParallel) && draft.maxParallel >= 1 && draft.maxParallel <= 256, {
      maxParallel: "A whole number from 1 to 256.",
    }),
    ...(properties === undefined ? {} : { properties }),
  };
}

const FORBIDDEN = /[\s./]/u;

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
