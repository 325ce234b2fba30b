import { InvalidArgumentError } from "commander";
import { UsageError } from "../usage-error.ts";

/** One `--target`, in the keys of the API's clone request. */
export interface TargetFlag {
  readonly connection: string;
  readonly destination_catalog?: string;
  readonly data_sync_mode?: string;
}

const KEYS = ["name", "dest", "sync"] as const;

/** `name=prod-eu,dest=copies,sync=incremental`, repeated, into a list. Other keys of a target are for the configuration file. */
export function targetFlag(text: string, previous: readonly TargetFlag[] = []): readonly TargetFlag[] {
  const parts = new Map(text.split(",").map(keyAndValue));
  const unknown = [...parts.keys()].find((key) => !KEYS.some((known) => known === key));
  const [name, dest, sync] = KEYS.map((key) => parts.get(key));
  if (unknown !== undefined || !name)
    throw new InvalidArgumentError(
      "Write it as name=CONNECTION or name=CONNECTION,dest=CATALOG, and after that maybe sync=snapshot_once, incremental or force_full.",
    );
  const target = {
    connection: name,
    ...(dest ? { destination_catalog: dest } : {}),
    ...(sync ? { data_sync_mode: sync } : {}),
  };
  return [...previous, target];
}

function keyAndValue(part: string): readonly [string, string] {
  const at = part.indexOf("=");
  return [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()];
}

/** Targets in the keys of the request: one, or several side by side. */
export function targetKeys(targets: readonly TargetFlag[] = []): Readonly<Record<string, unknown>> {
  const [only, ...others] = targets;
  if (only === undefined) return {};
  return others.length === 0 ? { target_workspace: only } : { target_workspaces: targets };
}

/** The one target of a command that looks at one at a time. Throws a UsageError for several. */
export function onlyTargetKey(targets: readonly TargetFlag[] = []): Readonly<Record<string, unknown>> {
  if (targets.length < 2) return targetKeys(targets);
  throw new UsageError(`--target: this is done for one target at a time, and ${targets.length} are named.`);
}
