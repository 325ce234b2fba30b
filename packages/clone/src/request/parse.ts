import { invalidNameReason } from "@clone-xs/unity";
import { momentOf } from "./moment.ts";
import { issueProblems, type RequestProblem } from "./problems.ts";
import type { CloneRequest, CloneScope } from "./request.ts";
import { fillTargets, goesElsewhere, targetProblems, targetsWire } from "./targets.ts";
import { conditionsWire, readConditions } from "./where.ts";
import { type CloneRequestKey, type CloneRequestWire, cloneRequestSchema, requestKeysAt } from "./wire.ts";

export type ParsedRequest =
  | { readonly ok: true; readonly request: CloneRequest }
  | { readonly ok: false; readonly problems: readonly RequestProblem[] };

/**
 * Reads a clone request as JSON or YAML gave it and fills in every default. Nothing is dropped silently: an unknown key, a
 * wrong type, and a key whose feature is not available yet are each a problem that names it.
 */
export function parseCloneRequest(wire: unknown): ParsedRequest {
  const parsed = cloneRequestSchema.safeParse(wire);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => issueProblems(issue, requestKeysAt));
    return { ok: false, problems };
  }
  const problems = [...contradictions(parsed.data), ...unavailable(parsed.data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, request: fill(parsed.data) };
}

/** The wire form of a request: `parseCloneRequest(toWire(request))` gives the same request back. */
export function toWire(request: CloneRequest): CloneRequestWire {
  const { scope, copy } = request;
  return {
    source_catalog: request.sourceCatalog,
    destination_catalog: request.destinationCatalog,
    clone_type: request.cloneType,
    load_type: request.loadType,
    dry_run: request.dryRun,
    include_schemas: [...scope.includeSchemas],
    exclude_schemas: [...scope.excludeSchemas],
    ...(scope.includeTables === undefined ? {} : { include_tables_regex: scope.includeTables }),
    ...(scope.excludeTables === undefined ? {} : { exclude_tables_regex: scope.excludeTables }),
    include_objects: scope.includeObjects.map((object) => ({ ...object })),
    copy_permissions: copy.permissions,
    copy_ownership: copy.ownership,
    copy_tags: copy.tags,
    copy_security: copy.security,
    copy_constraints: copy.constraints,
    copy_comments: copy.comments,
    copy_properties: copy.properties,
    clone_views: scope.views,
    clone_functions: scope.functions,
    clone_volumes: scope.volumes,
    ...asOfWire(request.asOf),
    where_clauses: conditionsWire(request.where),
    schema_only: request.schemaOnly,
    ...(request.location === undefined ? {} : { location: request.location }),
    ...(request.quiesce === undefined
      ? {}
      : {
          quiesce_source: true,
          quiesce_until: request.quiesce.until,
          quiesce_wide: request.quiesce.wide,
        }),
    prune: request.prune,
    access: request.access,
    validate_after_clone: request.validate,
    enable_rollback: request.rollback,
    force_reclone: request.forceReclone,
    replace_foreign: request.replaceForeign,
    on_target_modified: request.onTargetModified,
    clone_tbl_properties: { ...request.tableProperties },
    max_workers: request.maxWorkers,
    max_parallel_queries: request.maxParallel,
    strict: request.strict,
    ...targetsWire(request),
  };
}

function fill(wire: CloneRequestWire): CloneRequest {
  return {
    sourceCatalog: wire.source_catalog,
    destinationCatalog: wire.destination_catalog,
    cloneType: wire.clone_type ?? "DEEP",
    loadType: wire.load_type ?? "FULL",
    dryRun: wire.dry_run ?? false,
    scope: fillScope(wire),
    copy: {
      permissions: wire.copy_permissions ?? true,
      ownership: wire.copy_ownership ?? true,
      tags: wire.copy_tags ?? true,
      security: wire.copy_security ?? true,
      constraints: wire.copy_constraints ?? true,
      comments: wire.copy_comments ?? true,
      properties: wire.copy_properties ?? true,
    },
    asOf: fillAsOf(wire),
    where: readConditions(wire.where_clauses ?? {}, wire.source_catalog).conditions,
    schemaOnly: wire.schema_only ?? false,
    ...(wire.location ? { location: wire.location } : {}),
    ...(wire.quiesce_source === true
      ? { quiesce: { until: wire.quiesce_until ?? "cloned", wide: wire.quiesce_wide ?? false } }
      : {}),
    prune: wire.prune ?? "report",
    access: wire.access ?? "report",
    validate: wire.validate_after_clone ?? false,
    rollback: wire.enable_rollback ?? true,
    forceReclone: wire.force_reclone ?? false,
    replaceForeign: wire.replace_foreign ?? false,
    onTargetModified: wire.on_target_modified ?? "fail",
    tableProperties: wire.clone_tbl_properties ?? {},
    maxWorkers: wire.max_workers ?? 4,
    maxParallel: wire.max_parallel_queries ?? 10,
    strict: wire.strict ?? false,
    ...fillTargets(wire),
  };
}

function fillAsOf({ as_of_timestamp, as_of_version }: CloneRequestWire): CloneRequest["asOf"] {
  if (as_of_version != null) return { kind: "version", value: BigInt(as_of_version) };
  return as_of_timestamp ? { kind: "timestamp", value: as_of_timestamp } : { kind: "latest" };
}

function asOfWire(asOf: CloneRequest["asOf"]): Pick<CloneRequestWire, "as_of_timestamp" | "as_of_version"> {
  if (asOf.kind === "latest") return {};
  return asOf.kind === "version" ? { as_of_version: asOf.value.toString() } : { as_of_timestamp: asOf.value };
}

function fillScope(wire: CloneRequestWire): CloneScope {
  return {
    includeSchemas: wire.include_schemas ?? [],
    excludeSchemas: wire.exclude_schemas ?? excludedByDefault(wire.include_schemas ?? []),
    ...(wire.include_tables_regex ? { includeTables: wire.include_tables_regex } : {}),
    ...(wire.exclude_tables_regex ? { excludeTables: wire.exclude_tables_regex } : {}),
    includeObjects: wire.include_objects ?? [],
    views: wire.clone_views ?? true,
    functions: wire.clone_functions ?? true,
    volumes: wire.clone_volumes ?? true,
  };
}

/** `default` comes into being with every catalog; who names it wants it. */
function excludedByDefault(included: readonly string[]): readonly string[] {
  const names = new Set(included.map((name) => name.toLowerCase()));
  return ["information_schema", "default"].filter((schema) => !names.has(schema));
}

function contradictions(wire: CloneRequestWire): readonly RequestProblem[] {
  return [
    ...catalogProblems(wire),
    ...regexProblem("include_tables_regex", wire.include_tables_regex),
    ...regexProblem("exclude_tables_regex", wire.exclude_tables_regex),
    ...Object.keys(wire.clone_tbl_properties ?? {})
      .filter((key) => key.toLowerCase().startsWith("clxs."))
      .map((key) => ({
        path: `clone_tbl_properties.${key}`,
        message: `The property ${key} is reserved: clones are recognised by it.`,
      })),
    ...(wire.as_of_timestamp && wire.as_of_version != null
      ? [{ path: "as_of_version", message: "Give as_of_timestamp or as_of_version, not both." }]
      : []),
    ...momentProblem(wire.as_of_timestamp),
    ...locationProblem(wire.location),
    ...readConditions(wire.where_clauses ?? {}, wire.source_catalog).problems,
    ...contentProblems(wire),
    ...targetProblems(wire),
  ];
}

function catalogProblems(wire: CloneRequestWire): readonly RequestProblem[] {
  const invalid = (["source_catalog", "destination_catalog"] as const).flatMap((path) => {
    const reason = invalidNameReason(wire[path]);
    return reason === undefined
      ? []
      : [{ path, message: `${path} "${wire[path]}" cannot be a catalog name: it ${reason}.` }];
  });
  if (invalid.length > 0) return invalid;
  const same = wire.source_catalog.toLowerCase() === wire.destination_catalog.toLowerCase();
  // In another workspace it is another catalog, unless that has the same metastore: who connects sees.
  if (!same || goesElsewhere(wire)) return [];
  return [
    {
      path: "destination_catalog",
      message: `Source and destination are the same catalog, ${wire.source_catalog}. Name another destination.`,
    },
  ];
}

/** A scheme or a root: everything else is told late, by each statement that makes something there. */
function locationProblem(location: string | null | undefined): readonly RequestProblem[] {
  if (!location || /^(?:[a-z][a-z0-9+.-]*:\/|\/)/iu.test(location)) return [];
  const message = `location "${location}" is no place. Write it with its scheme, for instance s3://bucket/copies.`;
  return [{ path: "location", message }];
}

/** What cannot be had together: each of these says by itself which rows a copy has. */
function contentProblems(wire: CloneRequestWire): readonly RequestProblem[] {
  const filtered = Object.keys(wire.where_clauses ?? {}).length > 0;
  const earlier = Boolean(wire.as_of_timestamp) || wire.as_of_version != null;
  const shallow = wire.clone_type === "SHALLOW";
  const clashes: readonly (readonly [boolean, CloneRequestKey, string])[] = [
    [
      filtered && shallow,
      "where_clauses",
      "A shallow clone refers to the source's files and cannot leave rows out.",
    ],
    [
      wire.schema_only === true && shallow,
      "schema_only",
      "A shallow clone has all rows; schema_only makes tables without rows.",
    ],
    [
      wire.schema_only === true && filtered,
      "schema_only",
      "Give schema_only or where_clauses, not both: schema_only copies no rows.",
    ],
    [
      wire.schema_only === true && earlier,
      "schema_only",
      "schema_only makes tables with the columns they have now; it cannot be asked for with an earlier moment.",
    ],
  ];
  return clashes.flatMap(([clash, path, message]) => (clash ? [{ path, message }] : []));
}

function momentProblem(text: string | null | undefined): readonly RequestProblem[] {
  if (!text || momentOf(text) !== undefined) return [];
  const message = `as_of_timestamp "${text}" is no timestamp. Write it as 2026-01-31T12:00:00Z, or 2026-01-31 12:00:00 for UTC.`;
  return [{ path: "as_of_timestamp", message }];
}

function regexProblem(path: string, text: string | null | undefined): readonly RequestProblem[] {
  const error = text ? regexError(text) : undefined;
  return error === undefined ? [] : [{ path, message: `${path} is not a regular expression: ${error}` }];
}

function regexError(text: string): string | undefined {
  try {
    void RegExp(text, "u");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : text;
  }
}

/** Keys whose feature does not exist yet, with the values that ask for nothing and are therefore fine. */
const NOT_AVAILABLE: Partial<Record<CloneRequestKey, (wire: CloneRequestWire) => boolean>> = {
  warehouse_id: (wire) => Boolean(wire.warehouse_id),
};

function unavailable(wire: CloneRequestWire): readonly RequestProblem[] {
  return Object.entries(NOT_AVAILABLE)
    .filter(([, asks]) => asks(wire))
    .map(([key]) => ({
      path: key,
      message: `${key} = ${JSON.stringify(wire[key as CloneRequestKey])} is not available yet. Leave the key out.`,
    }));
}
