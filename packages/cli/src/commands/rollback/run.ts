import {
  CloneError,
  isUndoable,
  openRunFiles,
  recordsOf,
  rollbackRecorded,
  type RollbackSummary,
} from "@clone-xs/clone";
import { openRunStore } from "@clone-xs/server";
import { configurationOf } from "../../configuration.ts";
import { connect } from "../../connection/connect.ts";
import { storeDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import { isHolderAlive, thisProcess } from "../../runs/this-process.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { targetConnector } from "../../targets/targets.ts";
import { rollbackText } from "../../views/human/rollback.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface RollbackCommandOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

/** `clxs rollback`: exit 0 when all is as before the run, 1 when something stayed or failed, 3 when refused, 130 when cancelled. */
export async function rollback(
  id: string,
  options: RollbackCommandOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const home = storeDirectory(surroundings);
  if (!(await isUndoable(home, id))) throw notUndoable(id);
  requireDead(id, home);
  const { settings } = await configurationOf(options, surroundings);
  const records = await recordsOf(home, id);
  const workspace = await connect(options, surroundings);
  const files = await openRunFiles(home, id);
  try {
    const { clock, random, interrupted, out } = surroundings;
    const emit = (event: { readonly type: string; readonly line?: string }) => {
      if (event.type === "log" && event.line !== undefined) tell(surroundings, event.line);
    };
    const carried = { holder: thisProcess(surroundings), settings, emit, clock, random, signal: interrupted };
    const connectTarget = targetConnector(surroundings);
    const ports = { source: workspace, target: workspace, connectTarget, ...files, ...carried };
    const how = { dryRun: options.dryRun === true, force: options.force === true };
    const summary = await rollbackRecorded(id, records, how, ports);
    out.write(`${options.output === "json" ? JSON.stringify(summary, null, 2) : rollbackText(summary)}\n`);
    return exitCode(summary);
  } finally {
    await files.close();
    await workspace.close();
  }
}

function exitCode({ status }: RollbackSummary): ExitCode {
  if (status === "cancelled") return ExitCode.cancelled;
  return status === "success" ? ExitCode.done : ExitCode.someFailed;
}

function requireDead(id: string, home: string): void {
  const store = openRunStore(home, `${process.pid}/cli-rollback`);
  try {
    const run = store.get(id);
    const running = run !== undefined && ["running", "cancelling"].includes(run.state);
    if (running && run.holder !== null && isHolderAlive(run.holder))
      throw new CloneError("RUN_ALIVE", `Run ${id} is still under way. Cancel it first.`, { object: id });
  } finally {
    store.close();
  }
}

function notUndoable(id: string): CloneError {
  return new CloneError(
    "RUN_NOT_FOUND",
    `There is nothing to undo run ${id} by here: it is unknown to this machine, changed nothing, or was told not to record what it takes (enable_rollback).`,
    { object: id },
  );
}
