import type { ExitCode } from "../../exit-codes.ts";
import { type RunOptions, shownRun } from "../../runs/shown-run.ts";
import type { Surroundings } from "../../surroundings.ts";
import type { CloneFlags } from "./flags.ts";
import { targetedRequest } from "../../targets/targets.ts";
import { wireOf } from "./request.ts";

export interface CloneOptions extends CloneFlags, RunOptions {
  readonly dryRun?: boolean;
}

/** `clxs clone`: exit 0 when all is done, 1 when an object failed, 3 when refused, 4 when the workspace was lost, 130 when cancelled. */
export async function clone(options: CloneOptions, surroundings: Surroundings): Promise<ExitCode> {
  const asked = await wireOf(options, surroundings);
  const dry = options.dryRun === true ? { dry_run: true } : {};
  const { request, wire, ...targeted } = await targetedRequest({ ...asked, ...dry }, surroundings);
  return shownRun({ request, wire, targeted }, options, surroundings);
}
