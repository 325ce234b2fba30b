import { preflightClone, withTarget } from "@clone-xs/clone";
import { configurationOf } from "../../configuration.ts";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { preflightText } from "../../views/human/preflight.ts";
import type { CloneFlags } from "../clone/flags.ts";
import { targetConnector, targetedRequest } from "../../targets/targets.ts";
import { wireOf } from "../clone/request.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface PreflightOptions extends CloneFlags, ConnectionOptions, OutputOptions<"human" | "json"> {}

/** `clxs preflight`: exit 0, or 3 when something blocks. */
export async function preflight(options: PreflightOptions, surroundings: Surroundings): Promise<ExitCode> {
  const asked = await targetedRequest(await wireOf(options, surroundings), surroundings);
  const { settings } = await configurationOf(options, surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const { interrupted: signal, clock, random, out } = surroundings;
    const connectTarget = targetConnector(surroundings, asked);
    const ports = { source: workspace, target: workspace, connectTarget, settings, signal, clock, random };
    const found = await withTarget(asked.request, ports, preflightClone);
    out.write(
      options.output === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${preflightText(found)}\n`,
    );
    return found.ok ? ExitCode.done : ExitCode.refused;
  } finally {
    await workspace.close();
  }
}
