import type { Estimate } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { estimateOf } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Figures } from "../../components/figures.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { bytes, count, plural, usd } from "../../format.ts";
import type { Draft } from "./draft.ts";
import { estimateBody } from "./estimate-body.ts";
import type { StepProps } from "./wizard.tsx";

/** What the copy weighs and costs, and, when the destination is there already, whether a selective load is the better one. */
export function Cost({ draft, change }: StepProps) {
  const { data, error, refetch } = useQuery(estimateOf(estimateBody(draft)));
  return (
    <>
      <Section title="Size and cost">
        {error !== null ? (
          <ErrorNotice error={error} retry={() => void refetch()} />
        ) : data === undefined ? (
          <SkeletonRows rows={2} label="Weighing the tables" />
        ) : (
          <Weight estimate={data} />
        )}
      </Section>
      {data?.selective !== undefined && (
        <SelectiveTile
          whole={data}
          selective={data.selective}
          loadType={draft.loadType}
          choose={(loadType) => change({ loadType })}
        />
      )}
    </>
  );
}

function Weight({ estimate }: { estimate: Estimate }) {
  const { prices, unmeasured } = estimate;
  // Little is not nothing: the estimate is rounded to cents.
  const cost = (value: number) => usd(estimate.total_bytes > 0 && value === 0 ? 0.001 : value);
  return (
    <>
      <Figures
        label="Size and cost of the copy"
        figures={[
          { name: "Tables", value: count(estimate.table_count) },
          { name: "Size", value: bytes(estimate.total_bytes) },
          { name: "Storage a month", value: cost(estimate.monthly_cost_usd) },
          { name: "Storage a year", value: cost(estimate.yearly_cost_usd) },
        ]}
      />
      <p className="mt-2 text-small text-ink-soft">
        Of the chosen schemas, at {usd(prices.storage_usd_per_gb_month)} a GB and month (
        {prices.storage_price_from}).
        {unmeasured.length > 0 && (
          <span className="text-warn">
            {" "}
            Without {plural(unmeasured.length, "table")} whose size is not known.
          </span>
        )}
      </p>
    </>
  );
}

interface TileProps {
  readonly whole: Estimate;
  readonly selective: NonNullable<Estimate["selective"]>;
  readonly loadType: Draft["loadType"];
  readonly choose: (loadType: Draft["loadType"]) => void;
}

/** The two ways to bring a destination up to date, side by side. */
function SelectiveTile({ whole, selective, loadType, choose }: TileProps) {
  const recommended = selective.recommended ? "SELECTIVE" : "FULL";
  const reasons = Object.entries(selective.drift_breakdown).map(([reason, n]) => `${n} ${reason}`);
  return (
    <Section
      title="Full clone vs selective re-clone"
      aside={<Badge tone="accent">{`Recommended: ${recommended}`}</Badge>}
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
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 text-small text-ink-soft">
          {reasons.length === 0 ? "Nothing has drifted." : <span className="name">{reasons.join(", ")}</span>}
        </p>
        {loadType !== recommended && (
          <Button onClick={() => choose(recommended)}>Load {recommended.toLowerCase()} instead</Button>
        )}
      </div>
    </Section>
  );
}
