import type { Estimate } from "@clone-xs/server/contract";
import { Badge } from "../../components/badge.tsx";
import { Figures } from "../../components/figures.tsx";
import { Section } from "../../components/section.tsx";
import { bytes, count, plural } from "../../format.ts";
import { WeightBars } from "./weight-bars.tsx";

const REASONS: Readonly<Record<string, string>> = {
  never_cloned: "not there yet",
  version_drift: "written since its clone",
  schema_drift: "columns changed since its clone",
  target_modified: "the copy itself was written",
  source_recreated: "the source was made anew",
  unable_to_compare: "cannot be compared",
  foreign: "the table there is no clone of it",
  orphaned: "its source is gone",
};

const METHODS: Readonly<Record<string, string>> = {
  whole: "whole table",
  metrics: "by its history",
  files: "by its files",
};

export interface SelectiveTileProps {
  readonly whole: Estimate;
  readonly selective: NonNullable<Estimate["selective"]>;
}

/** The two ways to bring a destination up to date, side by side, and why. */
export function SelectiveTile({ whole, selective }: SelectiveTileProps) {
  const drift = Object.entries(selective.drift_breakdown);
  const drifted = selective.top_drifted_tables;
  return (
    <Section
      title="Full clone vs selective re-clone"
      aside={<Badge tone="accent">{`Recommended: ${selective.recommended ? "SELECTIVE" : "FULL"}`}</Badge>}
    >
      <Figures
        label="Full clone vs selective re-clone"
        figures={[
          { name: "Full copies", value: bytes(whole.total_bytes), note: plural(whole.table_count, "table") },
          {
            name: "Selective copies",
            value: bytes(selective.size_bytes),
            note: plural(selective.tables_to_clone, "table"),
          },
          { name: "In sync", value: count(selective.tables_in_sync) },
          {
            name: "Saved",
            value: `${selective.savings_pct.toFixed(1)} %`,
            ...(selective.recommended ? { tone: "good" as const } : {}),
          },
        ]}
      />
      {drift.length === 0 ? (
        <p className="mt-2 text-small text-ink-soft">Nothing has drifted.</p>
      ) : (
        <dl aria-label="Why tables are cloned again" className="mt-3 flex flex-wrap gap-x-6 gap-y-1">
          {drift.map(([reason, n]) => (
            <div key={reason} className="flex items-baseline gap-2">
              <dt className="name">{reason}</dt>
              <dd className="text-small text-ink-soft">
                <span className="figure font-semibold text-ink">{count(n ?? 0)}</span>
                {REASONS[reason] === undefined ? "" : ` ${REASONS[reason]}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {drifted.length > 0 && (
        <div className="mt-3">
          <h3 className="label mb-1">
            What a selective one copies
            {selective.tables_to_clone > drifted.length && `, the largest ${drifted.length}`}
          </h3>
          <WeightBars
            label="What a selective clone copies"
            bars={drifted.map(({ schema, table, reason, method, size_bytes: size }) => ({
              schema,
              table,
              size,
              note: `${reason}, ${METHODS[method] ?? method}`,
            }))}
          />
        </div>
      )}
    </Section>
  );
}
