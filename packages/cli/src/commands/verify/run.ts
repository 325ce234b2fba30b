import { type CatalogVerification, verifyCatalogs, withTarget } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { verificationText } from "../../views/human/verify.ts";
import { targetConnector, targetedRequest } from "../../targets/targets.ts";
import { wireOf } from "../clone/request.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";
import type { VerifyFlags } from "./flags.ts";

export interface VerifyCommandOptions
  extends VerifyFlags,
    ConnectionOptions,
    OutputOptions<"human" | "json"> {}

interface Verifying extends VerifyCommandOptions {
  readonly rows: "hash" | "count";
}

/** `clxs verify` and `clxs validate`: exit 0 when nothing differs, 1 when something does or, with `--strict`, could not be compared. */
export async function verify(options: Verifying, surroundings: Surroundings): Promise<ExitCode> {
  const asked = {
    ...options,
    permissions: true,
    ownership: true,
    tags: true,
    strict: options.strict === true,
  };
  const read = await targetedRequest(await wireOf(asked, surroundings), surroundings);
  const workspace = await connect(options, surroundings);
  try {
    const { rows, content = false, governance = false, subset, output } = options;
    const connectTarget = targetConnector(surroundings, read);
    const ends = { source: workspace, target: workspace, connectTarget, signal: surroundings.interrupted };
    const looking = { rows, content, governance, ...(subset ? { subset } : {}) };
    const found = await withTarget(read.request, ends, (request, ports) =>
      verifyCatalogs(request, looking, ports),
    );
    surroundings.out.write(
      output === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${verificationText(found)}\n`,
    );
    return exitOf(found, read.request.strict);
  } finally {
    await workspace.close();
  }
}

function exitOf({ differing, not_comparable }: CatalogVerification, strict: boolean): ExitCode {
  return differing > 0 || (strict && not_comparable > 0) ? ExitCode.someFailed : ExitCode.done;
}
