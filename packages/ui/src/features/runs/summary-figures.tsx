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
          counts("Tables", summary.tables),
          counts("Views", summary.views),
          counts("Functions", summary.functions),
          counts("Volumes", summary.volumes),
          {
            name: "Data copied",
            value: bytes(summary.bytes_copied),
            note: plural(summary.files_copied, "file"),
          },
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
