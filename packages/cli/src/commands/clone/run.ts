import { relative } from "node:path";
import { type CloneRequest, exitCodeOf, parseCloneRequest } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import type { ExitCode } from "../../exit-codes.ts";
import { recordedClone } from "../../runs/recorded-clone.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
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
  const view = views[options.output](surroundings, progressOn(surroundings));
  const workspace = await connect(options, surroundings);
  try {
    const { summary, file } = await recordedClone({ request, wire, workspace, view }, surroundings);
    view.finished(summary, shortest(file, surroundings));
    return exitCodeOf(summary, request);
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

const views = { human: humanCloneView, json: jsonCloneView, ndjson: ndjsonCloneView } as const;

function shortest(file: string, { cwd }: Surroundings): string {
  const path = relative(cwd, file);
  return path.startsWith("..") ? file : path;
}
