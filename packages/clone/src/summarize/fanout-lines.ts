import type { CloneRequest } from "../request/request.ts";
import type { TargetSummary } from "./summary.ts";

/** The first line of the log of a run to several targets. */
export function fanoutLine(
  { sourceCatalog, targets, cloneType, loadType, dryRun, fanout }: CloneRequest,
  runId: string,
): string {
  const what = `${dryRun ? "Dry run of a" : "A"} ${cloneType.toLowerCase()} clone`;
  const names = targets.map(({ name }) => name).join(", ");
  const many = `${targets.length} ${targets.length === 1 ? "target" : "targets"}`;
  return `${what} of ${sourceCatalog} to ${many} (${names}), ${fanout?.maxParallel ?? targets.length} at a time, ${loadType.toLowerCase()} load, run ${runId}`;
}

/** How one target ended, for the log. */
export function targetLine(row: TargetSummary): string {
  const { target_name, target_status, tables, bytes_copied, target_duration_seconds, error } = row;
  const why = error === undefined ? "" : `: ${error.split("\n")[0] ?? ""}`;
  return `[${target_name}] ${target_status}: ${tables.success} of ${tables.success + tables.failed} tables, ${bytes_copied} bytes in ${target_duration_seconds} s${why}`;
}
