import { estimateClone, parseEstimateRequest, withTarget } from "@clone-xs/clone";
import { configurationOf } from "../../configuration.ts";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { type TargetFlag, onlyTargetKey } from "../../targets/target-flag.ts";
import { settledTargets, targetConnector } from "../../targets/targets.ts";
import { UsageError } from "../../usage-error.ts";
import { estimateText } from "../../views/human/estimate.ts";
import { flagOf } from "../clone/flags.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface EstimateOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly config?: string;
  readonly source: string;
  readonly dest?: string;
  readonly target?: readonly TargetFlag[];
  readonly includeSchemas?: readonly string[];
  readonly excludeSchemas?: readonly string[];
  readonly storagePrice?: number;
}

/** `clxs estimate`: always exit 0 when there is an answer. */
export async function estimate(options: EstimateOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { body, given } = await settledTargets(wireOf(options), surroundings);
  const request = requestOf(body);
  const { settings } = await configurationOf(options, surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const connectTarget = targetConnector(surroundings, { given });
    const ends = { source: workspace, target: workspace, connectTarget, signal: surroundings.interrupted };
    const made = await withTarget(request.clone, ends, (clone, ports) =>
      estimateClone({ ...request, clone }, ports, settings.storagePrice),
    );
    surroundings.out.write(
      options.output === "json" ? `${JSON.stringify(made, null, 2)}\n` : `${estimateText(made)}\n`,
    );
    return ExitCode.done;
  } finally {
    await workspace.close();
  }
}

function wireOf({ source, dest, target, includeSchemas, excludeSchemas, storagePrice }: EstimateOptions) {
  return {
    source_catalog: source,
    ...(dest === undefined ? {} : { destination_catalog: dest }),
    ...onlyTargetKey(target),
    ...(includeSchemas === undefined ? {} : { include_schemas: includeSchemas }),
    ...(excludeSchemas === undefined ? {} : { exclude_schemas: excludeSchemas }),
    ...(storagePrice === undefined ? {} : { storage_usd_per_gb_month: storagePrice }),
  };
}

function requestOf(wire: unknown) {
  const parsed = parseEstimateRequest(wire);
  if (parsed.ok) return parsed.request;
  throw new UsageError(parsed.problems.map(({ path, message }) => `${flagOf(path)}: ${message}`).join("\n"));
}
