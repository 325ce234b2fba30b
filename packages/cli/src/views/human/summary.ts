import { isInterrupted, type ObjectCounts, type RunSummary } from "@clone-xs/clone";
import { withFlags } from "../../commands/clone/flags.ts";
import { talliedText } from "./verify.ts";
import { bytes, counted, firstLine, seconds, tally } from "./words.ts";

/** How many residues and errors are spelled out; the summary file holds all. */
const SHOWN = 10;

/** A run's summary as people read it; ends without a newline. */
export function summaryText(summary: RunSummary, file: string): string {
  return [
    headline(summary),
    ...(["tables", "views", "functions", "volumes"] as const).flatMap((kind) =>
      countLine(kind, summary[kind], summary.planned?.[kind]),
    ),
    ...copied(summary),
    ...targets(summary),
    ...drifted(summary),
    ...(summary.validation ? [`  validated  ${talliedText(summary.validation)}`] : []),
    ...orphaned(summary),
    ...errors(summary),
    ...residue(summary),
    `  run        ${summary.run_id}${isInterrupted(summary) ? ` (go on with: clxs resume ${summary.run_id})` : ""}`,
    `  summary    ${file}`,
  ].join("\n");
}

function headline({
  status,
  dry_run,
  source_catalog,
  destination_catalog,
  duration_seconds,
  mode,
  target_name,
  per_target,
}: RunSummary): string {
  const what = dry_run ? "planned (nothing was changed)" : status.toUpperCase();
  const to =
    per_target === undefined
      ? `${destination_catalog}${at(target_name)}`
      : counted(per_target.length, "target");
  return `${what}: ${source_catalog} → ${to}, ${mode}, in ${seconds(duration_seconds)}`;
}

function at(target: string | undefined): string {
  return target === undefined ? "" : ` at ${target}`;
}

/** A row for each target of several, in the order of the request: how it ended, where it is, and what it got or why not. */
function targets({
  per_target: rows = [],
  succeeded_targets,
  failed_targets,
}: RunSummary): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ target_name }) => target_name.length));
  const lines = rows.map((row) => {
    const { target_name, target_status, target_host, destination_catalog, tables, error } = row;
    const mark = target_status === "success" ? "✓" : "✗";
    const place = [target_host || "not reached", destination_catalog].join(" ");
    const got = `${counted(tables.success, "table")}, ${bytes(row.bytes_copied)}, ${seconds(row.target_duration_seconds)}`;
    const why = error === undefined ? "" : `: ${withFlags(firstLine(error))}`;
    return `    ${mark} ${target_name.padEnd(width)}  ${target_status}  ${place}  ${got}${why}`;
  });
  return [`  targets    ${succeeded_targets} succeeded, ${failed_targets} failed`, ...lines];
}

/** A dry run does nothing: it has what would be made instead. */
function countLine(
  kind: string,
  { success, failed, skipped }: ObjectCounts,
  planned: number | undefined,
): readonly string[] {
  if (success + failed + skipped + (planned ?? 0) === 0) return [];
  const parts = [
    planned === undefined ? `${success} done` : `${planned} to do`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(failed > 0 ? [`${failed} FAILED`] : []),
  ];
  return [`  ${kind.padEnd(10)} ${parts.join(", ")}`];
}

function copied(summary: RunSummary): readonly string[] {
  const { bytes_copied, files_copied, formats, dry_run } = summary;
  if (dry_run) return [];
  const named = Object.entries(formats).map(([format, count]) => `${format} ${count}`);
  return [
    `  copied     ${bytes(bytes_copied)} in ${counted(files_copied, "file")}`,
    ...(summary.volume_files_copied > 0
      ? [
          `  and        ${bytes(summary.volume_bytes_copied)} in ${counted(summary.volume_files_copied, "file")} of volumes`,
        ]
      : []),
    ...(named.length > 1 ? [`  formats    ${named.join(", ")}`] : []),
  ];
}

function drifted({ total_drifted_tables, drift = [] }: RunSummary): readonly string[] {
  if (total_drifted_tables === undefined) return [];
  const named = drift.slice(0, SHOWN).map(({ schema, table, reason }) => `${schema}.${table} (${reason})`);
  return [`  drifted    ${[counted(total_drifted_tables, "table"), ...named].join(", ")}`];
}

function orphaned({ orphaned: names = [] }: RunSummary): readonly string[] {
  if (names.length === 0) return [];
  const lines = names.slice(0, SHOWN).map((name) => `    ${name}: its source is gone`);
  return [`  orphaned   ${names.length}`, ...lines, ...more(names.length)];
}

function errors({ errors: all }: RunSummary): readonly string[] {
  if (all.length === 0) return [];
  const lines = all
    .slice(0, SHOWN)
    .map(
      ({ object, target, code, message }) =>
        `    ${target === undefined || target === object ? "" : `${target}: `}${object}: ${withFlags(firstLine(message))} [${code}]`,
    );
  return [`  errors     ${all.length}`, ...lines, ...more(all.length)];
}

function residue({ residue: all }: RunSummary): readonly string[] {
  if (all.length === 0) return [];
  const lines = all
    .slice(0, SHOWN)
    .map(({ object, what, reason }) => `    ${object}: ${what}: ${firstLine(reason)}`);
  return [`  not copied ${tally(all.map(({ what }) => what))}`, ...lines, ...more(all.length)];
}

function more(count: number): readonly string[] {
  return count > SHOWN ? [`    … and ${count - SHOWN} more in the summary file`] : [];
}
