import { relative } from "node:path";
import { exitCodeOf, type RunSummary } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { recordedClone } from "../../runs/recorded-clone.ts";
import type { Surroundings } from "../../surroundings.ts";
import { humanCloneView } from "../../views/human/clone.ts";
import { progressOn } from "../../views/human/progress.ts";
import { jsonCloneView, ndjsonCloneView } from "../../views/json/clone.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";
import type { CloneFlags } from "./flags.ts";
import { requestOf, wireOf } from "./request.ts";

export interface CloneOptions
  extends CloneFlags,
    ConnectionOptions,
    OutputOptions<"human" | "json" | "ndjson"> {
  readonly dryRun?: boolean;
}

/** `clxs clone`: exit 0 when all is done, 1 when an object failed, 3 when refused, 4 when the workspace was lost, 130 when cancelled. */
export async function clone(options: CloneOptions, surroundings: Surroundings): Promise<ExitCode> {
  const asked = await wireOf(options, surroundings.cwd);
  const wire = { ...asked, ...(options.dryRun === true ? { dry_run: true } : {}) };
  const request = requestOf(wire);
  const view = views[options.output](surroundings, progressOn(surroundings));
  const workspace = await connect(options, surroundings);
  try {
    const { summary, file } = await recordedClone({ request, wire, workspace, view }, surroundings);
    view.finished(summary, shortest(file, surroundings));
    return lostWorkspace(summary) ? ExitCode.noConnection : exitCodeOf(summary, request);
  } finally {
    await workspace.close();
  }
}

/** The workspace stopped answering for good before the run was over. */
function lostWorkspace({ status, errors }: RunSummary): boolean {
  return status !== "cancelled" && errors.some(({ code }) => code === "UNAVAILABLE");
}

const views = { human: humanCloneView, json: jsonCloneView, ndjson: ndjsonCloneView } as const;

function shortest(file: string, { cwd }: Surroundings): string {
  const path = relative(cwd, file);
  return path.startsWith("..") ? file : path;
}
