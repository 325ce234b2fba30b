import { writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Checked,
  checkoutAbove,
  findChromium,
  isIn,
  releaseCheck as checkRelease,
} from "@clone-xs/acceptance";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { releaseDocument, releaseReport, releaseText } from "../../views/report/release-report.ts";
import { formatOf, reportFile } from "@clone-xs/clone";
import type { OutputOptions } from "../options.ts";
import { type PairOptions, pairOf } from "./pair.ts";
import { acceleratedSoak, hoursOf } from "./soak.ts";

export interface ReleaseCheckOptions extends OutputOptions<"human" | "json">, PairOptions {
  readonly only?: readonly string[];
  readonly allowUnverified?: readonly string[];
  readonly triggerMs: number;
  readonly soak?: string;
  readonly realClock?: boolean;
  readonly report?: readonly string[];
}

/**
 * `clxs release-check`: exit 0 when no criterion fails and none could not be verified, but for those the user allowed, by id or section.
 */
export async function releaseCheck(
  options: ReleaseCheckOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { only, allowUnverified = [], triggerMs, report = [] } = options;
  const [, program = ""] = process.argv;
  const chromium = findChromium(surroundings.env);
  const checkout = checkoutAbove(dirname(fileURLToPath(import.meta.url)));
  const pair = await pairOf(options, surroundings);
  const checked = await checkRelease({
    command: [process.execPath, program],
    path: surroundings.env["PATH"] ?? "",
    triggerMs,
    ...(chromium === undefined ? {} : { chromium }),
    ...(checkout === undefined ? {} : { checkout }),
    ...(pair === undefined ? {} : { pair }),
    ...soakOf(options, surroundings),
    ...(only === undefined ? {} : { only }),
    progress: (line) => tell(surroundings, line),
  }).catch((error: unknown) => {
    if (error instanceof RangeError) throw new UsageError(`--only: ${error.message}`);
    throw error;
  });
  for (const file of report) await writeReport(resolve(surroundings.cwd, file), checked);
  const text =
    options.output === "json"
      ? `${JSON.stringify(releaseDocument(checked), null, 2)}\n`
      : `${releaseText(checked)}\n`;
  surroundings.out.write(text);
  return isMissed(checked, allowUnverified) ? ExitCode.someFailed : ExitCode.done;
}

/** Real workspaces have no clock but the real one. */
function soakOf({ soak, realClock, profile }: ReleaseCheckOptions, surroundings: Surroundings) {
  if (soak === undefined) return {};
  const hours = hoursOf(soak);
  if (realClock === true || profile !== undefined) return { soak: { hours } };
  return { soak: { hours, accelerated: () => acceleratedSoak(hours, surroundings) } };
}

function isMissed({ results }: Checked, allowed: readonly string[]): boolean {
  return results.some(
    ({ outcome, criterion: { id } }) =>
      outcome === "fail" || (outcome === "unverified" && !isIn(id, allowed)),
  );
}

async function writeReport(file: string, checked: Checked): Promise<void> {
  await writeFile(file, reportFile(releaseDocument(checked), releaseReport(checked), formatOf(file)));
}
