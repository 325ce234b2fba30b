import { resolve } from "node:path";
import { LakehouseError, removeWorkspace, restoreWorkspace, snapshotWorkspace } from "@clone-xs/lakehouse";
import { workspacesBeside } from "../../connection/embedded-workspaces.ts";
import { workspaceDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";

export interface WorkspacePlaceOptions {
  readonly dir?: string;
  readonly yes?: boolean;
}

/** `clxs workspace snapshot`: the whole workspace in one file. */
export async function snapshot(
  file: string,
  options: WorkspacePlaceOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const directory = directoryOf(options, surroundings);
  const path = resolve(surroundings.cwd, file);
  await snapshotWorkspace(directory, path);
  surroundings.out.write(`Wrote ${path}: the workspace ${directory}.${othersText(directory)}\n`);
  return ExitCode.done;
}

/** `clxs workspace restore`: the workspace as it was; over another one only with `--yes`. */
export async function restore(
  file: string,
  options: WorkspacePlaceOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { cwd, out, uuid } = surroundings;
  const directory = directoryOf(options, surroundings);
  try {
    await restoreWorkspace(resolve(cwd, file), directory, { uuid: uuid(), replace: options.yes === true });
  } catch (error) {
    if (error instanceof LakehouseError && error.code === "WORKSPACE_EXISTS")
      throw new UsageError(`${error.message}. Say --yes to replace it with everything in it.`);
    throw error;
  }
  out.write(`Restored ${directory}.${othersText(directory)}\n`);
  return ExitCode.done;
}

/** `clxs workspace reset`: deletes the workspace; the next command makes an empty one. */
export async function reset(options: WorkspacePlaceOptions, surroundings: Surroundings): Promise<ExitCode> {
  const directory = directoryOf(options, surroundings);
  if (options.yes !== true)
    throw new UsageError(`This deletes every catalog, table and file of ${directory}. Say --yes to do it.`);
  await removeWorkspace(directory, { uuid: surroundings.uuid() });
  surroundings.out.write(`Deleted ${directory}.${othersText(directory)}\n`);
  return ExitCode.done;
}

/** Workspaces that were served beside this one have directories of their own, and are left as they are. */
function othersText(directory: string): string {
  const others = workspacesBeside(directory);
  if (others.length === 0) return "";
  return ` Beside it, each a workspace of its own and left as it is (--dir names it): ${others.join(", ")}.`;
}

function directoryOf({ dir }: WorkspacePlaceOptions, surroundings: Surroundings): string {
  return dir === undefined ? workspaceDirectory(surroundings) : resolve(surroundings.cwd, dir);
}
