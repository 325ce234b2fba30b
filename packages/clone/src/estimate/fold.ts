import type { Table } from "@clone-xs/unity";
import type { Decision, Reason } from "../decide/decision.ts";
import type { DriftedWeight, Estimate, SelectiveEstimate, TableWeight } from "./document.ts";
import type { Forecast } from "./forecast.ts";
import { GIGABYTE, type Prices } from "./prices.ts";
import { savingsOf, WORTH_IT } from "./savings.ts";
import type { SizeRead } from "./sizes.ts";

/** A table of the source and what it weighs, as far as that is known. */
export interface Weighed {
  readonly table: Table;
  readonly read: SizeRead | undefined;
}

/** A table that a selective run would clone. */
export interface Drifted {
  readonly decision: Decision;
  readonly forecast: Forecast;
}

export interface Findings {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string | null;
  readonly prices: Prices;
  readonly weighed: readonly Weighed[];
  readonly comparison?: Comparison;
}

interface Comparison {
  readonly drifted: readonly Drifted[];
  readonly inSync: number;
  /** Of every table that does not stand as its source does, also of those that no run would touch. */
  readonly reasons: readonly Reason[];
}

/** Tables listed by name; more would not be read. */
const SHOWN = 10;

/** Folds what was found into the document. Pure. */
export function estimateOf(findings: Findings): Estimate {
  const { weighed, prices, comparison } = findings;
  const weights = weighed.map(({ table, read }) =>
    weightOf(table, table.format ?? "", read?.ok ? read.size.bytes : 0),
  );
  const total = sum(weights);
  return {
    source_catalog: findings.sourceCatalog,
    destination_catalog: findings.destinationCatalog,
    total_bytes: total,
    total_gb: gigabytes(total),
    monthly_cost_usd: cost(total, prices),
    yearly_cost_usd: cost(total * 12, prices),
    table_count: weighed.length,
    top_tables: heaviest(weights),
    prices,
    unmeasured: weighed.flatMap(({ table, read }) =>
      read?.ok === false ? [{ table: `${table.schema}.${table.name}`, reason: read.failure.message }] : [],
    ),
    ...(comparison ? { selective: selective(comparison, total, prices) } : {}),
  };
}

function selective(
  { drifted, inSync, reasons }: Comparison,
  total: number,
  prices: Prices,
): SelectiveEstimate {
  const weights = drifted.map(
    ({ decision, forecast }): DriftedWeight => ({
      ...weightOf(decision, decision.format ?? "", forecast.bytes),
      reason: decision.reason,
      method: forecast.method,
    }),
  );
  const size = sum(weights);
  const savings = savingsOf({ size, total, nothingToDo: drifted.length === 0 });
  return {
    target_exists: true,
    tables_to_clone: drifted.length,
    tables_in_sync: inSync,
    size_bytes: size,
    size_gb: gigabytes(size),
    monthly_cost_usd: cost(size, prices),
    savings_pct: savings,
    recommended: savings >= WORTH_IT,
    drift_breakdown: breakdown(reasons),
    top_drifted_tables: heaviest(weights),
  };
}

function breakdown(reasons: readonly Reason[]): SelectiveEstimate["drift_breakdown"] {
  const counts: Partial<Record<Reason, number>> = {};
  for (const reason of reasons.toSorted()) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function weightOf(
  { schema, name }: { readonly schema: string; readonly name: string },
  format: string,
  bytes: number,
): TableWeight {
  return { schema, table: name, format: format.toUpperCase(), size_bytes: bytes, size_gb: gigabytes(bytes) };
}

function heaviest<Weight extends TableWeight>(weights: readonly Weight[]): readonly Weight[] {
  return weights.toSorted((a, b) => b.size_bytes - a.size_bytes).slice(0, SHOWN);
}

function sum(weights: readonly TableWeight[]): number {
  return weights.reduce((bytes, { size_bytes }) => bytes + size_bytes, 0);
}

/** Six decimals: a kilobyte shows, and no number is longer than anybody reads. */
function gigabytes(bytes: number): number {
  return rounded(bytes / GIGABYTE);
}

function cost(bytes: number, { storage_usd_per_gb_month }: Prices): number {
  return rounded((bytes / GIGABYTE) * storage_usd_per_gb_month);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
