import { resolve } from "node:path";
import { noLatency, realisticLatency } from "@clone-xs/lakehouse";
import { type EmbeddedSettings, openEmbedded } from "../../connection/embedded.ts";
import { workspaceDirectory } from "../../connection/home.ts";
import { servedWorkspace } from "../../connection/served-workspace.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { servedText } from "../../views/human/served.ts";
import type { OutputOptions } from "../options.ts";
import { untilInterrupted } from "../until-interrupted.ts";

export interface WorkspaceServeOptions extends OutputOptions<"human" | "json"> {
  readonly dir?: string;
  readonly port: number;
  readonly allowPath?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
  readonly latency: "none" | "realistic";
  readonly chaos?: boolean;
}

/** `clxs workspace serve`: prints where, then serves until Ctrl-C; exit 0 when it was stopped. */
export async function serveWorkspace(
  options: WorkspaceServeOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { cwd, out, interrupted } = surroundings;
  const directory = options.dir === undefined ? workspaceDirectory(surroundings) : resolve(cwd, options.dir);
  const lakehouse = await openEmbedded(directory, surroundings, settingsOf(options, cwd));
  try {
    const { url } = await lakehouse.listen({ port: options.port });
    const served = servedWorkspace("embedded", url, lakehouse);
    out.write(
      options.output === "json"
        ? `${JSON.stringify({ workspaces: [served] })}\n`
        : `Serving ${directory}. Ctrl-C stops it.\n${servedText(served)}\n`,
    );
    await untilInterrupted(interrupted);
    return ExitCode.done;
  } finally {
    await lakehouse.close();
  }
}

function settingsOf(
  { allowPath = [], map = {}, latency, chaos = false }: WorkspaceServeOptions,
  cwd: string,
): EmbeddedSettings {
  return {
    latency: latency === "realistic" ? realisticLatency : noLatency,
    chaosControls: chaos,
    allowPaths: allowPath.map((path) => resolve(cwd, path)),
    mappings: Object.entries(map).map(([prefix, directory]) => ({
      prefix: prefix.endsWith("/") ? prefix : `${prefix}/`,
      directory: resolve(cwd, directory),
    })),
  };
}
