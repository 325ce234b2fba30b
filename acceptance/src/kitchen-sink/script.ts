import { cloneByApi, type Run } from "../harness/api.ts";
import { rowsOf } from "../harness/rows.ts";
import type { Session } from "../harness/session.ts";
import type { Sandbox } from "../harness/workspace.ts";
import { saveTarget } from "../feature-5-fanout/script.ts";

/** Runbook lines 148–160: one clone that exercises several features at once, here, to one target and to two. */
export interface KitchenSink {
  readonly plain: Sink;
  readonly oneTarget: Sink;
  readonly twoTargets: Sink;
}

export interface Sink {
  readonly id: string;
  readonly run: Run;
  /** SHOW TBLPROPERTIES of each copy. */
  readonly properties: readonly Readonly<Record<string, string>>[];
}

/** Saved connections of the first two targets. */
export const SINK_TARGETS = ["kitchen-one", "kitchen-two"] as const;

const DESTINATION = "demo_quick_kitchen_sink";
const SHOW = `SHOW TBLPROPERTIES ${DESTINATION}.bronze.events`;
const PAYLOAD = {
  source_catalog: "demo_quick",
  destination_catalog: DESTINATION,
  load_type: "SELECTIVE",
  quiesce_source: true,
  clone_tbl_properties: { "delta.logRetentionDuration": "30 days" },
};

export async function kitchenSink({ api, clxs, targets }: Sandbox): Promise<KitchenSink> {
  const [one, two] = targets;
  if (one === undefined || two === undefined) throw new Error("two targets are needed");
  const [first, second] = SINK_TARGETS;
  await saveTarget(api, first, one);
  await saveTarget(api, second, two);
  const plain = await cloneByApi(api, PAYLOAD);
  const here = recordOf(await rowsOf(clxs, SHOW));
  const single = await cloneByApi(api, { ...PAYLOAD, target_workspace: first });
  const there = await propertiesOn(one.owner);
  const both = await cloneByApi(api, { ...PAYLOAD, target_workspaces: SINK_TARGETS });
  const onBoth = [await propertiesOn(one.owner), await propertiesOn(two.owner)];
  return {
    plain: { ...plain, properties: [here] },
    oneTarget: { ...single, properties: [there] },
    twoTargets: { ...both, properties: onBoth },
  };
}

async function propertiesOn(owner: Session): Promise<Readonly<Record<string, string>>> {
  return recordOf((await owner.execute(SHOW)).rows);
}

function recordOf(rows: readonly (readonly (string | null)[])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map(([key, value]) => [key ?? "", value ?? ""]));
}
