import { constants } from "node:fs";
import { access, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { exitCodeOf, formatOf, isUnconnected, reportText, type RunSummary } from "@clone-xs/clone";
import type { ConnectionOptions, OutputOptions } from "../commands/options.ts";
import { configurationOf } from "../configuration.ts";
import { connect } from "../connection/connect.ts";
import { ExitCode } from "../exit-codes.ts";
import { type Surroundings, tell } from "../surroundings.ts";
import { UsageError } from "../usage-error.ts";
import { humanCloneView } from "../views/human/clone.ts";
import { progressOn } from "../views/human/progress.ts";
import { jsonCloneView, ndjsonCloneView } from "../views/json/clone.ts";
import { type CloneToRun, recordedClone } from "./recorded-clone.ts";

export interface RunOptions extends ConnectionOptions, OutputOptions<"human" | "json" | "ndjson"> {
  readonly config?: string;
  /** File to write the summary to; its extension says as what. */
  readonly report?: string;
}

/**
 * Connects, carries a run out under the eyes of the user, and shows its summary: exit 0 when all is done, 1 when an object failed,
 * 3 when refused, 4 when the workspace was lost, 130 when cancelled.
 */
export async function shownRun(
  run: Omit<CloneToRun, "workspace" | "view" | "settings">,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const view = views[options.output](surroundings, progressOn(surroundings));
  const { settings } = await configurationOf(options, surroundings);
  await checkReport(options, surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const { summary, file } = await recordedClone({ ...run, workspace, view, settings }, surroundings);
    view.finished(summary, shortest(file, surroundings));
    await writeReport(summary, options, surroundings);
    return isUnconnected(summary) ? ExitCode.noConnection : exitCodeOf(summary, run.request);
  } finally {
    await workspace.close();
  }
}

/** A report that could not be written must be known before the run, not after it. */
async function checkReport({ report }: RunOptions, { cwd }: Surroundings): Promise<void> {
  if (report === undefined) return;
  const file = resolve(cwd, report);
  await access(dirname(file), constants.W_OK).catch((error: Error) => {
    throw new UsageError(`--report: ${report} cannot be written (${error.message}).`);
  });
}

async function writeReport(
  summary: RunSummary,
  { report }: RunOptions,
  surroundings: Surroundings,
): Promise<void> {
  if (report === undefined) return;
  await writeFile(resolve(surroundings.cwd, report), reportText(summary, formatOf(report)));
  tell(surroundings, `Report written to ${report}`);
}

const views = { human: humanCloneView, json: jsonCloneView, ndjson: ndjsonCloneView } as const;

function shortest(file: string, { cwd }: Surroundings): string {
  const path = relative(cwd, file);
  return path.startsWith("..") ? file : path;
}
