import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { previewClone } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { planText } from "../../views/human/plan.ts";
import type { CloneFlags } from "../clone/flags.ts";
import { requestOf, wireOf } from "../clone/request.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface PlanOptions extends CloneFlags, ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly out?: string;
}

/** `clxs plan`: exit 0, or 3 when the run would be refused. */
export async function plan(options: PlanOptions, surroundings: Surroundings): Promise<ExitCode> {
  const request = requestOf(await wireOf(options, surroundings.cwd));
  const workspace = await connect(options, surroundings);
  try {
    const { interrupted: signal, out, cwd } = surroundings;
    const made = await previewClone(request, { source: workspace, target: workspace, signal });
    const json = `${JSON.stringify(made, null, 2)}\n`;
    if (options.out !== undefined) {
      await writeFile(resolve(cwd, options.out), json);
      tell(surroundings, `Plan written to ${options.out}`);
    }
    out.write(options.output === "json" ? json : `${planText(made)}\n`);
    return made.refused.length > 0 ? ExitCode.refused : ExitCode.done;
  } finally {
    await workspace.close();
  }
}
