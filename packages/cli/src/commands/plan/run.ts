import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { planForLater } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { VERSION } from "../../version.ts";
import { planText } from "../../views/human/plan.ts";
import type { CloneFlags } from "../clone/flags.ts";
import { targetConnector, targetedRequest } from "../../targets/targets.ts";
import { wireOf } from "../clone/request.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface PlanOptions extends CloneFlags, ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly out?: string;
}

/** `clxs plan`: exit 0, or 3 when the run would be refused. */
export async function plan(options: PlanOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { request, given } = await targetedRequest(await wireOf(options, surroundings), surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const { interrupted: signal, out, cwd, clock } = surroundings;
    const connectTarget = targetConnector(surroundings, { given });
    const ports = { source: workspace, target: workspace, connectTarget, signal, clock };
    const document = await planForLater(request, ports, { product: VERSION, at: clock.now() });
    const made = document.plan;
    if (options.out !== undefined) {
      await writeFile(resolve(cwd, options.out), `${JSON.stringify(document, null, 2)}\n`);
      tell(surroundings, `Plan written to ${options.out}. Carry it out with: clxs apply ${options.out}`);
    }
    out.write(`${options.output === "json" ? JSON.stringify(made, null, 2) : planText(made)}\n`);
    return made.refused.length > 0 ? ExitCode.refused : ExitCode.done;
  } finally {
    await workspace.close();
  }
}
