import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { applyPlan, readPlanDocument, requestOfPlan } from "@clone-xs/clone";
import type { ExitCode } from "../../exit-codes.ts";
import { type RunOptions, shownRun } from "../../runs/shown-run.ts";
import { targetedRequest } from "../../targets/targets.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";

/** `clxs apply`: exit codes of a clone; 3 also when source or target moved since the plan was made. */
export async function apply(
  file: string,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const document = readPlanDocument(await textOf(file, surroundings));
  requestOfPlan(document);
  const { request, wire, ...targeted } = await targetedRequest({ ...document.plan.request }, surroundings);
  return shownRun(
    {
      request,
      wire,
      targeted,
      carryOut: (ports, runId) => applyPlan(document, ports, runId),
    },
    options,
    surroundings,
  );
}

async function textOf(file: string, { cwd }: Surroundings): Promise<string> {
  return readFile(resolve(cwd, file), "utf8").catch((error: Error) => {
    throw new UsageError(`The plan ${file} cannot be read (${error.message}).`);
  });
}
