import type { CloneRequest } from "../request/request.ts";
import { requestForTarget, type TargetRequest } from "../request/targets.ts";
import type {
  FanoutFacts,
  ObjectCounts,
  ObjectError,
  PlannedCounts,
  Residue,
  RunStatus,
  RunSummary,
  TargetSummary,
} from "./summary.ts";

/** Everything a finished run to several targets leaves behind. */
export interface FanoutRecord {
  readonly runId: string;
  readonly request: CloneRequest;
  /** How each target ended, in the order of the request; none when the run ended before they were begun. */
  readonly ends: readonly RunSummary[];
  /** What went wrong with the run as a whole. */
  readonly problems: readonly ObjectError[];
  /** The user asked for the end. */
  readonly cancelled: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly completedAt: number;
  /** Sent for all targets together: looking at the source, and its guards. */
  readonly statements: Readonly<Record<string, number>>;
}

/** Folds the ends of targets into what the run reports: a row for each, and sums over them. Pure. */
export function summarizeFanout(record: FanoutRecord): RunSummary {
  const { request, ends, problems } = record;
  const rows = request.targets.map((target, at) => rowOf(target, ends[at], record));
  const sum = (count: (end: RunSummary) => number) => ends.reduce((total, end) => total + count(end), 0);
  const counts = (kind: Kind) => sumOfCounts(ends.map((end) => end[kind]));
  return {
    run_id: record.runId,
    mode: "fanout",
    status: statusOf(rows, record),
    clone_type: request.cloneType,
    dry_run: request.dryRun,
    source_catalog: request.sourceCatalog,
    destination_catalog: request.destinationCatalog,
    started_at: new Date(record.startedAt).toISOString(),
    completed_at: new Date(record.completedAt).toISOString(),
    duration_seconds: (record.completedAt - record.startedAt) / 1000,
    ...factsOf(rows),
    schemas_processed: sum(({ schemas_processed }) => schemas_processed),
    tables: counts("tables"),
    views: counts("views"),
    functions: counts("functions"),
    volumes: counts("volumes"),
    errors: [...problems, ...ends.flatMap(errorsOf)],
    schema_durations: longest(ends.map(({ schema_durations }) => schema_durations)),
    formats: sumOfMaps(ends.map(({ formats }) => formats)),
    bytes_copied: sum(({ bytes_copied }) => bytes_copied),
    files_copied: sum(({ files_copied }) => files_copied),
    source_table_size: sum(({ source_table_size }) => source_table_size),
    source_num_of_files: sum(({ source_num_of_files }) => source_num_of_files),
    volume_files_copied: sum(({ volume_files_copied }) => volume_files_copied),
    volume_bytes_copied: sum(({ volume_bytes_copied }) => volume_bytes_copied),
    statements: sumOfMaps([record.statements, ...ends.map(({ statements }) => statements)]),
    residue: residueOf(ends),
    ...plannedOf(ends),
    ...driftedOf(ends),
  };
}

type Kind = "tables" | "views" | "functions" | "volumes";

const NONE: ObjectCounts = { success: 0, failed: 0, skipped: 0 };

function factsOf(rows: readonly TargetSummary[]): FanoutFacts {
  const succeeded = rows.filter(({ target_status }) => target_status === "success").length;
  return {
    target_count: rows.length,
    succeeded_targets: succeeded,
    failed_targets: rows.length - succeeded,
    per_target: rows,
  };
}

/** All succeeded: success. None even in part: failed. A problem of the run as a whole takes the success from it. */
function statusOf(rows: readonly TargetSummary[], { ends, problems, cancelled }: FanoutRecord): RunStatus {
  const all = rows.every(({ target_status }) => target_status === "success");
  if (cancelled && (!all || ends.length === 0)) return "cancelled";
  if (all) return problems.length === 0 ? "success" : "partial";
  return rows.every(({ target_status }) => target_status === "failed") ? "failed" : "partial";
}

function rowOf(target: TargetRequest, end: RunSummary | undefined, record: FanoutRecord): TargetSummary {
  const { loadType, destinationCatalog } = requestForTarget(record.request, target);
  const [problem] = record.problems;
  const why = record.cancelled ? "The run was cancelled before this target was begun." : problem?.message;
  if (end === undefined)
    return {
      target_name: target.name,
      target_host: "",
      destination_catalog: destinationCatalog,
      target_status: "failed",
      target_duration_seconds: 0,
      tables: NONE,
      views: NONE,
      functions: NONE,
      volumes: NONE,
      bytes_copied: 0,
      files_copied: 0,
      formats: {},
      load_type: loadType,
      statements: {},
      residue: [],
      ...(why === undefined ? {} : { error: why }),
    };
  return { ...rowOfEnd(target, end), load_type: loadType };
}

function rowOfEnd(target: TargetRequest, end: RunSummary): Omit<TargetSummary, "load_type"> {
  const [first] = end.errors;
  const error = first?.message ?? (end.status === "cancelled" ? "The run was cancelled." : undefined);
  return {
    target_name: target.name,
    target_host: end.target_host ?? "",
    destination_catalog: end.destination_catalog,
    target_status: targetStatusOf(end),
    target_duration_seconds: end.duration_seconds,
    tables: end.tables,
    views: end.views,
    functions: end.functions,
    volumes: end.volumes,
    bytes_copied: end.bytes_copied,
    files_copied: end.files_copied,
    formats: end.formats,
    ...(end.total_drifted_tables === undefined ? {} : { total_drifted_tables: end.total_drifted_tables }),
    ...routeOf(end),
    statements: end.statements,
    residue: end.residue,
    ...(error === undefined ? {} : { error }),
  };
}

/** A cancelled target has what it got until then. */
function targetStatusOf({
  status,
  tables,
  views,
  functions,
  volumes,
}: RunSummary): TargetSummary["target_status"] {
  if (status !== "cancelled") return status;
  return [tables, views, functions, volumes].some(({ success }) => success > 0) ? "partial" : "failed";
}

const ROUTE = [
  "share_name",
  "share_status",
  "recipient_name",
  "recipient_status",
  "shared_catalog_name",
  "shared_catalog_status",
] as const;

function routeOf(end: RunSummary): Pick<RunSummary, (typeof ROUTE)[number]> {
  return Object.fromEntries(ROUTE.flatMap((key) => (end[key] === undefined ? [] : [[key, end[key]]])));
}

function errorsOf({ errors, target_name: target }: RunSummary): readonly ObjectError[] {
  return errors.map((error) => ({ ...error, ...(target === undefined ? {} : { target }) }));
}

function sumOfCounts(counts: readonly ObjectCounts[]): ObjectCounts {
  const sum = (end: keyof ObjectCounts) => counts.reduce((total, one) => total + one[end], 0);
  return { success: sum("success"), failed: sum("failed"), skipped: sum("skipped") };
}

function sumOfMaps(maps: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  return merged(maps, (a, b) => a + b);
}

/** Targets are worked on side by side. */
function longest(maps: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  return merged(maps, Math.max);
}

function merged(
  maps: readonly Readonly<Record<string, number>>[],
  join: (a: number, b: number) => number,
): Readonly<Record<string, number>> {
  const all = new Map<string, number>();
  for (const [key, value] of maps.flatMap((map) => Object.entries(map)))
    all.set(key, join(all.get(key) ?? 0, value));
  return Object.fromEntries(all);
}

/** What the source has and no target could get is told once. */
function residueOf(ends: readonly RunSummary[]): readonly Residue[] {
  const told = new Map(ends.flatMap(({ residue }) => residue).map((one) => [JSON.stringify(one), one]));
  return [...told.values()];
}

function plannedOf(ends: readonly RunSummary[]): Pick<RunSummary, "planned"> {
  const planned = ends.flatMap((end) => end.planned ?? []);
  if (planned.length === 0) return {};
  const sum = (kind: Kind) => planned.reduce((total, one) => total + one[kind], 0);
  const bytes = planned.reduce<number | undefined>(
    (total, one) => (total === undefined || one.bytes === undefined ? undefined : total + one.bytes),
    0,
  );
  const counts: PlannedCounts = {
    tables: sum("tables"),
    views: sum("views"),
    functions: sum("functions"),
    volumes: sum("volumes"),
  };
  return { planned: bytes === undefined ? counts : { bytes, ...counts } };
}

function driftedOf(ends: readonly RunSummary[]): Pick<RunSummary, "total_drifted_tables"> {
  const drifted = ends.flatMap(({ total_drifted_tables }) => total_drifted_tables ?? []);
  if (drifted.length === 0) return {};
  return { total_drifted_tables: drifted.reduce((total, one) => total + one, 0) };
}
