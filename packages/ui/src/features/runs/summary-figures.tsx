import type { RunSummary } from "@clone-xs/server/contract";
import { Badge } from "../../components/badge.tsx";
import { type Figure, Figures } from "../../components/figures.tsx";
import { bytes, count, duration, plural } from "../../format.ts";

/** What a finished run comes to. */
export function SummaryFigures({ summary, seconds }: { summary: RunSummary; seconds: number }) {
  const formats = Object.entries(summary.formats);
  return (
    <div className="space-y-2">
      <Figures
        label="Summary of the run"
        figures={[
          ...targetFigures(summary),
          ...(summary.planned === undefined ? doneFigures(summary) : plannedFigures(summary.planned)),
          { name: "Duration", value: duration(seconds) },
          {
            name: "Errors",
            value: count(summary.errors.length),
            ...(summary.errors.length > 0 ? { tone: "bad" as const } : {}),
          },
          {
            name: "Not copied",
            value: count(summary.residue.length),
            ...(summary.residue.length > 0 ? { tone: "warn" as const } : {}),
          },
        ]}
      />
      {summary.selective !== undefined && <Selective facts={summary.selective} summary={summary} />}
      {formats.length > 1 && (
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="mr-1 text-small text-ink-soft">Source formats</span>
          {formats.map(([format, tables]) => (
            <Badge key={format} tone="accent">
              {format} {count(tables)}
            </Badge>
          ))}
        </p>
      )}
    </div>
  );
}

/** Of a fan-out: how many targets have the copy. */
function targetFigures({
  target_count: all,
  succeeded_targets: good = 0,
  failed_targets: failed = 0,
}: RunSummary): Figure[] {
  if (all === undefined) return [];
  const note = failed > 0 ? { note: `${count(failed)} failed`, tone: "bad" as const } : {};
  return [{ name: "Targets", value: `${count(good)} of ${count(all)}`, ...note }];
}

function doneFigures(summary: RunSummary): Figure[] {
  const bytesCopied = summary.bytes_copied + summary.volume_bytes_copied;
  return [
    counts("Tables", summary.tables),
    counts("Views", summary.views),
    counts("Functions", summary.functions),
    counts("Volumes", summary.volumes),
    {
      name: "Data copied",
      value: bytes(bytesCopied),
      note: plural(summary.files_copied + summary.volume_files_copied, "file"),
    },
  ];
}

/** Of a dry run: what a run would make or change. */
function plannedFigures({ bytes: size, ...planned }: NonNullable<RunSummary["planned"]>): Figure[] {
  const kinds = ["tables", "views", "functions", "volumes"] as const;
  return [
    ...kinds.map((kind) => ({
      name: kind.replace(/^./u, (first) => first.toUpperCase()),
      value: count(planned[kind]),
      note: "planned",
    })),
    { name: "Data to copy", value: size === undefined ? "not known" : bytes(size) },
  ];
}

/** What a selective run found and spared. */
function Selective({ facts, summary }: { facts: NonNullable<RunSummary["selective"]>; summary: RunSummary }) {
  return (
    <p className="text-small text-ink-soft">
      <span className="figure">{plural(summary.total_drifted_tables ?? 0, "table")}</span> drifted,{" "}
      <span className="figure">{count(facts.tables_in_sync)}</span> in sync
      {facts.target_exists && (
        <>
          , <span className="figure">{facts.savings_pct.toFixed(1)} %</span> spared
        </>
      )}
      .
    </p>
  );
}

function counts(name: string, { success, failed, skipped }: RunSummary["tables"]): Figure {
  const notes = [
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
  ];
  return {
    name,
    value: count(success),
    ...(notes.length === 0 ? {} : { note: notes.join(", ") }),
    ...(failed > 0 ? { tone: "bad" } : {}),
  };
}
