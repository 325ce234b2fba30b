import type { Reason } from "../decide/decision.ts";
import type { Prices } from "./prices.ts";

/** What a full clone weighs and costs, and with an existing destination what a selective run would copy. Keys are the wire's own. */
export interface Estimate {
  readonly source_catalog: string;
  readonly destination_catalog: string | null;
  readonly total_bytes: number;
  readonly total_gb: number;
  readonly monthly_cost_usd: number;
  readonly yearly_cost_usd: number;
  /** Tables in scope that can be cloned. */
  readonly table_count: number;
  readonly top_tables: readonly TableWeight[];
  readonly prices: Prices;
  /** Tables whose size could not be read: the totals are without them. */
  readonly unmeasured: readonly { readonly table: string; readonly reason: string }[];
  /** Absent when there is no destination to compare with. */
  readonly selective?: SelectiveEstimate;
}

export interface TableWeight {
  readonly schema: string;
  readonly table: string;
  readonly format: string;
  readonly size_bytes: number;
  readonly size_gb: number;
}

export interface SelectiveEstimate {
  readonly target_exists: true;
  readonly tables_to_clone: number;
  readonly tables_in_sync: number;
  /** Forecast of `bytes_copied` of a selective run. */
  readonly size_bytes: number;
  readonly size_gb: number;
  readonly monthly_cost_usd: number;
  /** Share of the whole size that a selective run does not copy, 1 decimal. */
  readonly savings_pct: number;
  readonly recommended: boolean;
  readonly drift_breakdown: Readonly<Partial<Record<Reason, number>>>;
  readonly top_drifted_tables: readonly DriftedWeight[];
}

export interface DriftedWeight extends TableWeight {
  readonly reason: Reason;
  /** How its bytes were found: the whole table, the metrics of its history, or a comparison of files. */
  readonly method: ForecastMethod;
}

export type ForecastMethod = "whole" | "metrics" | "files";
