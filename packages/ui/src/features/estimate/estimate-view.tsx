import type { Estimate } from "@clone-xs/server/contract";
import { Empty } from "../../components/empty.tsx";
import { Figures } from "../../components/figures.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { bytes, count, plural, usd } from "../../format.ts";
import { SelectiveTile } from "./selective-tile.tsx";
import { WeightBars } from "./weight-bars.tsx";

/** What a clone weighs and costs, of which tables that comes, and what a selective one would copy of it. */
export function EstimateView({ estimate }: { estimate: Estimate }) {
  const { top_tables: heaviest, table_count: tables, selective } = estimate;
  return (
    <div className="space-y-7">
      <Weight estimate={estimate} />
      {selective !== undefined && <SelectiveTile whole={estimate} selective={selective} />}
      {estimate.destination_catalog !== null && selective === undefined && (
        <p className="text-small text-ink-soft">
          <span className="name text-ink">{estimate.destination_catalog}</span> does not exist yet: the whole
          of it would be copied, whichever way it is loaded.
        </p>
      )}
      <Section
        title="Largest tables"
        aside={
          tables > heaviest.length && (
            <span className="text-small text-ink-soft">
              {count(heaviest.length)} of {count(tables)}
            </span>
          )
        }
      >
        {heaviest.length === 0 ? (
          <Empty>There is no table to clone in these schemas.</Empty>
        ) : (
          <WeightBars
            label="Largest tables"
            bars={heaviest.map(({ schema, table, format, size_bytes: size }) => ({
              schema,
              table,
              size,
              note: format,
            }))}
          />
        )}
      </Section>
      <Unmeasured tables={estimate.unmeasured} />
    </div>
  );
}

function Weight({ estimate }: { estimate: Estimate }) {
  const { prices, total_bytes: total } = estimate;
  // Little is not nothing: the estimate is rounded.
  const cost = (value: number) => usd(total > 0 && value === 0 ? 0.001 : value);
  return (
    <Section title="A full copy">
      <Figures
        label="Size and cost of a full copy"
        figures={[
          { name: "Tables", value: count(estimate.table_count) },
          { name: "Size", value: bytes(total) },
          { name: "Storage a month", value: cost(estimate.monthly_cost_usd) },
          { name: "Storage a year", value: cost(estimate.yearly_cost_usd) },
        ]}
      />
      <p className="mt-2 text-small text-ink-soft">
        At {usd(prices.storage_usd_per_gb_month)} a GB and month: {prices.note}. Compute comes on top.
      </p>
    </Section>
  );
}

function Unmeasured({ tables }: { tables: Estimate["unmeasured"] }) {
  if (tables.length === 0) return null;
  return (
    <Notice
      tone="warn"
      title={`${plural(tables.length, "table")} could not be measured. The totals are without.`}
    >
      <ul className="max-h-48 overflow-y-auto">
        {tables.map(({ table, reason }) => (
          <li key={table}>
            <span className="name text-ink">{table}</span>: {reason}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
