import type { Estimate, SelectiveEstimate, TableWeight } from "@clone-xs/clone";
import { bytes, counted } from "./words.ts";

/** An estimate as people read it; ends without a newline. */
export function estimateText(estimate: Estimate): string {
  const { source_catalog, table_count, total_bytes, prices, unmeasured, selective } = estimate;
  return [
    `${source_catalog}: ${counted(table_count, "table")}, ${bytes(total_bytes)}, ${cost(estimate)} to store a copy`,
    ...largest("largest", estimate.top_tables),
    ...(selective ? compared(estimate, selective) : []),
    ...unmeasured.map(({ table, reason }) => `  not counted ${table}: ${reason}`),
    `  price       $${prices.storage_usd_per_gb_month} for a GB and month (${prices.note})`,
  ].join("\n");
}

function compared({ destination_catalog }: Estimate, selective: SelectiveEstimate): readonly string[] {
  const { tables_to_clone, tables_in_sync, size_bytes, savings_pct, recommended } = selective;
  const reasons = Object.entries(selective.drift_breakdown).map(([reason, n]) => `${n} ${reason}`);
  return [
    `Selective into ${destination_catalog ?? ""}: ${counted(tables_to_clone, "table")} to clone, ${tables_in_sync} in sync, ${bytes(size_bytes)} to copy, ${savings_pct} % saved`,
    ...(reasons.length === 0 ? [] : [`  drift       ${reasons.join(", ")}`]),
    ...largest("to copy", selective.top_drifted_tables),
    `  recommended ${recommended ? "SELECTIVE" : "FULL"}`,
  ];
}

function largest(title: string, tables: readonly TableWeight[]): readonly string[] {
  const named = tables
    .slice(0, 3)
    .map(({ schema, table, size_bytes }) => `${schema}.${table} ${bytes(size_bytes)}`);
  return named.length === 0 ? [] : [`  ${title.padEnd(11)} ${named.join(", ")}`];
}

function cost({ monthly_cost_usd, yearly_cost_usd }: Estimate): string {
  return `$${monthly_cost_usd.toFixed(2)} a month ($${yearly_cost_usd.toFixed(2)} a year)`;
}
