import { compareCatalogs } from "@clone-xs/clone";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { diffText } from "../../views/human/diff.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";

export interface DiffOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly source: string;
  readonly dest: string;
}

/** `clxs diff`: exit 0 when the catalogs are the same, 1 when they differ. */
export async function diff(options: DiffOptions, surroundings: Surroundings): Promise<ExitCode> {
  const workspace = await connect(options, surroundings);
  try {
    const catalogs = { sourceCatalog: options.source, destinationCatalog: options.dest };
    const ports = { source: workspace, target: workspace, signal: surroundings.interrupted };
    const found = await compareCatalogs(catalogs, ports);
    surroundings.out.write(
      options.output === "json" ? `${JSON.stringify(found, null, 2)}\n` : `${diffText(found)}\n`,
    );
    return found.identical ? ExitCode.done : ExitCode.someFailed;
  } finally {
    await workspace.close();
  }
}
