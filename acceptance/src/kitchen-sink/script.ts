import { cloneByApi, type Run } from "../harness/api.ts";
import { rowsOf } from "../harness/rows.ts";
import { type Sandbox, type Target, twoTargets } from "../harness/workspace.ts";
import { saveTarget } from "../harness/save-target.ts";

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
const SINK_TARGETS = ["kitchen-one", "kitchen-two"] as const;

const DESTINATION = "demo_quick_kitchen_sink";
const PAYLOAD = {
  source_catalog: "demo_quick",
  destination_catalog: DESTINATION,
  load_type: "SELECTIVE",
  quiesce_source: true,
  clone_tbl_properties: { "delta.logRetentionDuration": "30 days" },
};

export async function kitchenSink(sandbox: Sandbox): Promise<KitchenSink> {
  const { api, clxs } = sandbox;
  const [one, two] = twoTargets(sandbox);
  const [first, second] = SINK_TARGETS;
  await saveTarget(api, first, one, DESTINATION);
  await saveTarget(api, second, two, DESTINATION);
  const plain = await cloneByApi(api, PAYLOAD);
  const here = recordOf(await rowsOf(clxs, show(DESTINATION)));
  const single = await cloneByApi(api, { ...PAYLOAD, target_workspace: first });
  const there = await propertiesOn(one);
  await done(sandbox, "INSERT INTO demo_quick.bronze.events VALUES (5, 'between the two')");
  const both = await cloneByApi(api, { ...PAYLOAD, target_workspaces: SINK_TARGETS });
  const onBoth = [await propertiesOn(one), await propertiesOn(two)];
  return {
    plain: { ...plain, properties: [here] },
    oneTarget: { ...single, properties: [there] },
    twoTargets: { ...both, properties: onBoth },
  };
}

function show(catalog: string): string {
  return `SHOW TBLPROPERTIES ${catalog}.bronze.events`;
}

async function done({ owner }: Sandbox, statement: string): Promise<void> {
  const { state, message } = await owner.execute(statement);
  if (state !== "SUCCEEDED") throw new Error(`${statement}: ${message}`);
}

async function propertiesOn({ place, suffix }: Target): Promise<Readonly<Record<string, string>>> {
  return recordOf((await place.owner.execute(show(DESTINATION + suffix))).rows);
}

function recordOf(rows: readonly (readonly (string | null)[])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.map(([key, value]) => [key ?? "", value ?? ""]));
}
