import { compareCatalogs, withTarget } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { type TargetFlag, targetKeys } from "../../targets/target-flag.ts";
import { targetConnector, targetedRequest } from "../../targets/targets.ts";
import { diffText } from "../../views/human/diff.ts";
import { withDestination } from "../clone/request.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface DiffOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly source: string;
  readonly dest?: string;
  readonly target?: readonly TargetFlag[];
}

/** `clxs diff`: exit 0 when the catalogs are the same, 1 when they differ. */
export async function diff(options: DiffOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { source, dest, target } = options;
  const named = dest === undefined ? {} : { destination_catalog: dest };
  const wire = withDestination({ source_catalog: source, ...named, ...targetKeys(target) });
  const asked = await targetedRequest(wire, surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const connectTarget = targetConnector(surroundings, asked);
    const ends = { source: workspace, target: workspace, connectTarget, signal: surroundings.interrupted };
    const found = await withTarget(asked.request, ends, compareCatalogs);
    surroundings.out.write(
      options.output === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${diffText(found)}\n`,
    );
    return found.identical ? ExitCode.done : ExitCode.someFailed;
  } finally {
    await workspace.close();
  }
}
