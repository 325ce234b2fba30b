import { type CatalogVerification, verifyCatalogs } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { verificationText } from "../../views/human/verify.ts";
import { requestOf, wireOf } from "../clone/request.ts";
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
  const request = requestOf(await wireOf(asked, surroundings));
  const workspace = await connect(options, surroundings);
  try {
    const { rows, content = false, governance = false, subset, output } = options;
    const ports = { source: workspace, target: workspace, signal: surroundings.interrupted };
    const looking = { rows, content, governance, ...(subset ? { subset } : {}) };
    const found = await verifyCatalogs(request, looking, ports);
    surroundings.out.write(
      output === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${verificationText(found)}\n`,
    );
    return exitOf(found, request.strict);
  } finally {
    await workspace.close();
  }
}

function exitOf({ differing, not_comparable }: CatalogVerification, strict: boolean): ExitCode {
  return differing > 0 || (strict && not_comparable > 0) ? ExitCode.someFailed : ExitCode.done;
}
