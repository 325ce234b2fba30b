import type { RunListItem, RunSummary } from "@clone-xs/server/contract";
import { type Shares, sharesOf } from "./shares.ts";
import type { TargetProgress } from "./fold.ts";

/** One target of a fan-out, as it goes on or as it ended. */
export interface TargetRow {
  readonly name: string;
  readonly state: TargetProgress["state"];
  /** Empty when it was never reached. */
  readonly host: string;
  readonly destination: string;
  readonly progress?: TargetProgress["progress"];
  readonly tables?: RunSummary["tables"];
  readonly bytes?: number;
  readonly seconds?: number;
  readonly error?: string;
  readonly shares?: Shares;
}

type TargetSummary = NonNullable<RunSummary["per_target"]>[number];

/** Every target, in the order of the request: as the summary has it once there is one, else as was heard, else as it was asked for. */
export function targetRowsOf(
  run: Pick<RunListItem, "targets">,
  heard: readonly TargetProgress[],
  summary: Pick<RunSummary, "per_target" | "dry_run"> | undefined,
): readonly TargetRow[] {
  if (summary?.per_target !== undefined) {
    const { per_target, dry_run } = summary;
    return per_target.map((target) => endedRow(target, dry_run));
  }
  if (run.targets.length < 2 && heard.length === 0) return [];
  return run.targets.map(({ name, destination_catalog }) => {
    const told = heard.find((each) => each.name === name);
    return told === undefined
      ? { name, state: "waiting", host: "", destination: destination_catalog }
      : liveRow(told);
  });
}

/** A dry run makes nothing: what it would make stands in the figures of the run. */
function endedRow(target: TargetSummary, dryRun: boolean): TargetRow {
  const shares = sharesOf(target);
  return {
    name: target.target_name,
    state: target.target_status,
    host: target.target_host,
    destination: target.destination_catalog,
    ...(dryRun ? {} : { tables: target.tables, bytes: target.bytes_copied }),
    seconds: target.target_duration_seconds,
    ...(target.error === undefined ? {} : { error: target.error }),
    ...(shares === undefined ? {} : { shares }),
  };
}

function liveRow({ host = "", ...told }: TargetProgress): TargetRow {
  return { ...told, host };
}
