import { cloneByApi, type Run } from "../harness/api.ts";
import { rowsOf } from "../harness/rows.ts";
import type { Sandbox } from "../harness/workspace.ts";

/** Runbook lines 148–159: one clone that exercises several features at once. */
export interface KitchenSink {
  readonly id: string;
  readonly run: Run;
  /** SHOW TBLPROPERTIES of the copy. */
  readonly properties: Readonly<Record<string, string>>;
}

export async function kitchenSink({ api, clxs }: Sandbox): Promise<KitchenSink> {
  const { id, run } = await cloneByApi(api, {
    source_catalog: "demo_quick",
    destination_catalog: "demo_quick_kitchen_sink",
    load_type: "SELECTIVE",
    quiesce_source: true,
    clone_tbl_properties: { "delta.logRetentionDuration": "30 days" },
  });
  const rows = await rowsOf(clxs, "SHOW TBLPROPERTIES demo_quick_kitchen_sink.bronze.events");
  return { id, run, properties: Object.fromEntries(rows.map(([key, value]) => [key ?? "", value ?? ""])) };
}
