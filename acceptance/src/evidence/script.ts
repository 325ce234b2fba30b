import { recordsOf } from "../harness/rows.ts";
import type { Sandbox } from "../harness/workspace.ts";
import type { KitchenSink } from "../kitchen-sink/script.ts";

type Row = Readonly<Record<string, string | null>>;

/** Runbook lines 163–170: what the runs before have left behind. */
export interface Evidence {
  /** Of the plain run of section 3. */
  readonly runs: readonly Row[];
  readonly metrics: readonly Row[];
  /** Table clones that its summary counts. */
  readonly clonedTables: number;
  readonly bytesCopied: number;
  /** Rows of the fan-out of section 3. */
  readonly fanoutRuns: readonly Row[];
  /** SHOW RECIPIENTS and SHOW SHARES of the source workspace. */
  readonly recipients: readonly Row[];
  readonly shares: readonly Row[];
  /** The audit table's successful runs over a share: what shares and recipients there ought to be. */
  readonly routes: readonly Route[];
}

/** A pair of catalogs and the metastore of its target. */
export interface Route {
  readonly destination: string;
  readonly metastore: string;
}

export async function evidence(
  { clxs }: Sandbox,
  sink: KitchenSink,
  routes: readonly Route[],
): Promise<Evidence> {
  const { id, run } = sink.plain;
  const audit = (table: string, clone: string) =>
    recordsOf(clxs, `SELECT * FROM edp_dev.${table} WHERE clone_id = '${clone}'`);
  const tables = run.result?.["tables"] as { readonly success: number } | undefined;
  return {
    runs: await audit("logging.logging_01", id),
    metrics: await audit("metrics.clone_metrics", id),
    clonedTables: tables?.success ?? 0,
    bytesCopied: Number(run.result?.["bytes_copied"]),
    fanoutRuns: await audit("logging.logging_01", sink.twoTargets.id),
    recipients: await recordsOf(clxs, "SHOW RECIPIENTS"),
    shares: await recordsOf(clxs, "SHOW SHARES"),
    routes,
  };
}
