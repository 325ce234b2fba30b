import { fullName } from "@clone-xs/unity";
import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan, CloneTableOperation, Step } from "../plan/plan.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { withoutSecrets } from "./secrets.ts";
import type { AuditRow } from "./tables.ts";

/** Who ran it, and where. */
export interface Runner {
  readonly userName: string;
  readonly host: string;
}

/** Characters of `error_details`: a run of which everything fails must not fill the table. */
const DETAILS = 100_000;

/** The row of a run; `target` names one target of a run with several. Pure. */
export function runRow(
  summary: RunSummary,
  { loadType, target, userName, host }: Runner & { readonly loadType: string; readonly target?: string },
): AuditRow {
  return {
    clone_id: summary.run_id,
    timestamp: summary.started_at,
    mode: summary.mode,
    target: target ?? null,
    source_catalog: summary.source_catalog,
    destination_catalog: summary.destination_catalog,
    clone_type: summary.clone_type,
    load_type: loadType,
    dry_run: summary.dry_run,
    schemas_processed: summary.schemas_processed,
    ...Object.fromEntries(
      (["tables", "views", "functions", "volumes"] as const).flatMap((kind) =>
        Object.entries(summary[kind]).map(([end, count]) => [`${kind}_${end}`, count]),
      ),
    ),
    total_errors: summary.errors.length,
    error_details: detailsOf(summary.errors),
    status: summary.status,
    duration_seconds: summary.duration_seconds,
    bytes_copied: summary.bytes_copied,
    files_copied: summary.files_copied,
    user_name: userName,
    host,
  };
}

/** JSON of the errors, as many as have room; `null` when there are none. */
function detailsOf(errors: readonly ObjectError[]): string | null {
  if (errors.length === 0) return null;
  const kept: ObjectError[] = [];
  let room = DETAILS;
  for (const error of errors) {
    const clean = { ...error, message: withoutSecrets(error.message).slice(0, 2000) };
    room -= JSON.stringify(clean).length;
    if (room < 0) break;
    kept.push(clean);
  }
  return JSON.stringify(kept);
}

export type Cloned = Step & { readonly operation: CloneTableOperation };

/** The steps of a run that cloned a table, or tried to. */
export function clonedTables(plan: ClonePlan, outcomes: ReadonlyMap<string, StepOutcome>): readonly Cloned[] {
  return plan.steps.filter((step): step is Cloned => {
    const state = outcomes.get(step.id)?.state;
    return step.operation.kind === "clone_table" && (state === "succeeded" || state === "failed");
  });
}

/** The rows of a run's tables. `versions`: that of the target after its clone, by full name, as far as known. Pure. */
export function metricRows(
  runId: string,
  cloned: readonly Cloned[],
  outcomes: ReadonlyMap<string, StepOutcome>,
  versions: ReadonlyMap<string, string>,
): readonly AuditRow[] {
  return cloned.flatMap(({ id, reason, operation }): readonly AuditRow[] => {
    const outcome = outcomes.get(id);
    if (outcome === undefined || outcome.state === "skipped") return [];
    const target = fullName(operation.target);
    return [
      {
        clone_id: runId,
        timestamp: new Date(outcome.endedAt).toISOString(),
        source_table: fullName(operation.source),
        target_table: target,
        source_format: operation.format,
        clone_type: operation.depth,
        reason,
        source_version: operation.version,
        target_version: outcome.state === "succeeded" ? (versions.get(target) ?? null) : null,
        status: outcome.state === "succeeded" ? "success" : "failed",
        duration_seconds: (outcome.endedAt - outcome.startedAt) / 1000,
        ...(outcome.state === "succeeded" ? outcome.counters : {}),
      },
    ];
  });
}
