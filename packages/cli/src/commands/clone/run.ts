import { relative } from "node:path";
import { type CloneRequest, exitCodeOf, parseCloneRequest, type RunSummary } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { recordedClone } from "../../runs/recorded-clone.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import type { CloneView } from "../../views/clone-view.ts";
import { humanCloneView } from "../../views/human/clone.ts";
import { progressOn } from "../../views/human/progress.ts";
import { jsonCloneView, ndjsonCloneView } from "../../views/json/clone.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";
import { type CloneFlags, cloneWire, flagOf } from "./flags.ts";

export interface CloneOptions
  extends CloneFlags,
    ConnectionOptions,
    OutputOptions<"human" | "json" | "ndjson"> {
  readonly dryRun?: boolean;
}

/** `clxs clone`: exit 0 when all is done, 1 when an object failed, 3 when refused, 130 when cancelled. */
export async function clone(options: CloneOptions, surroundings: Surroundings): Promise<ExitCode> {
  const wire = { ...cloneWire(options), ...(options.dryRun === true ? { dry_run: true } : {}) };
  const request = requestOf(wire);
  const view = viewFor(options.output, surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const { summary, file } = await recordedClone({ request, wire, workspace, view }, surroundings);
    view.finished(summary, shortest(file, surroundings));
    return exitOf(summary, request);
  } finally {
    await workspace.close();
  }
}

/** The request, or a UsageError that names each flag that cannot be. */
export function requestOf(wire: Readonly<Record<string, unknown>>): CloneRequest {
  const parsed = parseCloneRequest(wire);
  if (parsed.ok) return parsed.request;
  throw new UsageError(parsed.problems.map(({ path, message }) => `${flagOf(path)}: ${message}`).join("\n"));
}

function viewFor(output: CloneOptions["output"], surroundings: Surroundings): CloneView {
  const progress = progressOn(surroundings);
  switch (output) {
    case "human":
      return humanCloneView(surroundings, progress);
    case "json":
      return jsonCloneView(surroundings, progress);
    case "ndjson":
      return ndjsonCloneView(surroundings, progress);
  }
}

function exitOf(summary: RunSummary, request: CloneRequest): ExitCode {
  return exitCodeOf(summary, request);
}

function shortest(file: string, { cwd }: Surroundings): string {
  const path = relative(cwd, file);
  return path.startsWith("..") ? file : path;
}
