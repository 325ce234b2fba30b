import { recordsOf } from "../harness/rows.ts";
import type { Sandbox } from "../harness/workspace.ts";

type Row = Readonly<Record<string, string | null>>;

/** Runbook lines 163–170, as far as one workspace shows them: what the run of section 3 left behind. */
export interface Evidence {
  readonly runId: string;
  readonly runs: readonly Row[];
  readonly metrics: readonly Row[];
  /** Table clones that the run's summary counts. */
  readonly clonedTables: number;
  readonly bytesCopied: number;
}

export async function evidence(
  { clxs }: Sandbox,
  run: { readonly id: string; readonly result: Readonly<Record<string, unknown>> | null },
): Promise<Evidence> {
  const tables = run.result?.["tables"] as { readonly success: number } | undefined;
  return {
    runId: run.id,
    runs: await recordsOf(clxs, `SELECT * FROM edp_dev.logging.logging_01 WHERE clone_id = '${run.id}'`),
    metrics: await recordsOf(
      clxs,
      `SELECT * FROM edp_dev.metrics.clone_metrics WHERE clone_id = '${run.id}'`,
    ),
    clonedTables: tables?.success ?? 0,
    bytesCopied: Number(run.result?.["bytes_copied"]),
  };
}
