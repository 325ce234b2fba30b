import type { RunSummary } from "@clone-xs/clone";
import type { StoredRun } from "../runs/store.ts";

/** What became of one run at one of its targets, in the few facts that overviews need. */
export interface Outcome {
  readonly runId: string;
  /** Its place among the targets of the run, from 0. */
  readonly part: number;
  /** The run's, by which changes of it are found. */
  readonly revision: number;
  /** When the run was over, in epoch milliseconds. */
  readonly at: number;
  readonly source: string;
  readonly destination: string;
  /** Name of the other workspace; empty: the server's own. */
  readonly target: string;
  readonly loadType: string;
  readonly dryRun: boolean;
  readonly ended: Ended;
  /** How the run as a whole ended. */
  readonly runEnded: Ended;
  readonly error: string | null;
  readonly bytes: number;
  readonly residue: number;
  /** Drifted tables that the run found; null when it did not look. */
  readonly found: number | null;
  /** Tables that differ after it; null when that cannot be told. */
  readonly remaining: number | null;
  /** It looked at a part of the catalog. */
  readonly inPart: boolean;
}

export type Ended = "completed" | "partial" | "failed" | "cancelled";

/** One for each target of a run that is over; none for one that is not. */
export function outcomesOf(run: StoredRun): readonly Outcome[] {
  const { completedAt, state, facts, result } = run;
  if (completedAt === null || (state !== "completed" && state !== "failed" && state !== "cancelled"))
    return [];
  const about = {
    runId: run.id,
    revision: run.revision,
    at: completedAt,
    source: facts.sourceCatalog,
    loadType: facts.loadType,
    dryRun: facts.dryRun,
    runEnded: endedOf(state, result),
    inPart: isInPart(run.request),
  };
  return endsOf(run).map(({ failedTables, ...end }, part) => {
    const remaining =
      result === null ? null : remainingAfter({ ...about, ...end, failedTables }, run.request);
    return { ...about, ...end, part, remaining };
  });
}

type End = Pick<Outcome, "destination" | "target" | "ended" | "error" | "bytes" | "residue" | "found"> & {
  readonly failedTables: number;
};

function endsOf({ facts, result, state, error }: StoredRun): readonly End[] {
  if (result?.per_target !== undefined) return result.per_target.map((target) => endOfTarget(target, state));
  const ended = endedOf(state, result);
  const targets = facts.targets.map(({ name, destinationCatalog }) => ({
    target: name,
    destination: destinationCatalog,
  }));
  const places = targets.length > 0 ? targets : [{ target: "", destination: facts.destinationCatalog }];
  return places.map((place) => ({
    ...place,
    ended,
    error: ended === "completed" ? null : error,
    bytes: result?.bytes_copied ?? 0,
    residue: result?.residue.length ?? 0,
    found: result?.total_drifted_tables ?? null,
    failedTables: result?.tables.failed ?? 0,
  }));
}

function endOfTarget(target: NonNullable<RunSummary["per_target"]>[number], state: StoredRun["state"]): End {
  const of = { success: "completed", partial: "partial", failed: "failed" } as const;
  return {
    target: target.target_name,
    destination: target.destination_catalog,
    ended:
      state === "cancelled" && target.target_status !== "success" ? "cancelled" : of[target.target_status],
    error: target.error ?? null,
    bytes: target.bytes_copied,
    residue: target.residue.length,
    found: target.total_drifted_tables ?? null,
    failedTables: target.tables.failed,
  };
}

/** A run that ended `failed` with something done is partial. */
function endedOf(state: StoredRun["state"], result: RunSummary | null): Ended {
  if (state === "completed" || state === "cancelled") return state;
  return result?.status === "partial" ? "partial" : "failed";
}

/**
 * After a clone of everything as it is now: nothing, or the tables that failed. After a dry run: what it found. A copy of another time, of
 * some rows, or of no data at all is never in sync, and INCREMENTAL does not look at what is there.
 */
function remainingAfter(
  { ended, dryRun, loadType, found, failedTables }: End & Pick<Outcome, "dryRun" | "loadType">,
  request: StoredRun["request"],
): number | null {
  if (ended === "cancelled" || ended === "failed" || isOtherwise(request)) return null;
  if (dryRun) return ended === "completed" ? found : null;
  if (loadType === "INCREMENTAL") return null;
  return failedTables;
}

const given = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== "" && value !== false && !isEmpty(value);

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function isOtherwise(request: StoredRun["request"]): boolean {
  return ["where_clauses", "schema_only", "as_of_timestamp", "as_of_version"].some((key) =>
    given(request[key]),
  );
}

function isInPart(request: StoredRun["request"]): boolean {
  return [
    "include_schemas",
    "exclude_schemas",
    "include_objects",
    "include_tables_regex",
    "exclude_tables_regex",
  ].some((key) => given(request[key]));
}
