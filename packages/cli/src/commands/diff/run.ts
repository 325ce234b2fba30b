import { compareCatalogs, pairOf, parseCompareRequest, withTarget } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { type TargetFlag, onlyTargetKey } from "../../targets/target-flag.ts";
import { settledTargets, targetConnector } from "../../targets/targets.ts";
import { UsageError } from "../../usage-error.ts";
import { diffText } from "../../views/human/diff.ts";
import { flagOf } from "../clone/flags.ts";
import { withDestination } from "../clone/request.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface DiffOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly source: string;
  readonly dest?: string;
  readonly target?: readonly TargetFlag[];
  readonly includeSchemas?: readonly string[];
  readonly excludeSchemas?: readonly string[];
}

/** `clxs diff`: exit 0 when the catalogs are the same, 1 when they differ. */
export async function diff(options: DiffOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { body, given } = await settledTargets(wireOf(options), surroundings);
  const request = requestOf(body);
  const workspace = await connect(options, surroundings);
  try {
    const connectTarget = targetConnector(surroundings, { given });
    const ends = { source: workspace, target: workspace, connectTarget, signal: surroundings.interrupted };
    const found = await withTarget(request.clone, ends, (at, ports) =>
      compareCatalogs(pairOf(request, at), ports),
    );
    surroundings.out.write(
      options.output === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${diffText(found)}\n`,
    );
    return found.identical ? ExitCode.done : ExitCode.someFailed;
  } finally {
    await workspace.close();
  }
}

function wireOf({ source, dest, target, includeSchemas, excludeSchemas }: DiffOptions) {
  return withDestination({
    source_catalog: source,
    ...(dest === undefined ? {} : { destination_catalog: dest }),
    ...(includeSchemas === undefined ? {} : { include_schemas: includeSchemas }),
    ...(excludeSchemas === undefined ? {} : { exclude_schemas: excludeSchemas }),
    ...onlyTargetKey(target),
  });
}

function requestOf(wire: unknown) {
  const parsed = parseCompareRequest(wire);
  if (parsed.ok) return parsed.request;
  throw new UsageError(parsed.problems.map(({ path, message }) => `${flagOf(path)}: ${message}`).join("\n"));
}
