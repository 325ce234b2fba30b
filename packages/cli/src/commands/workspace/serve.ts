import { resolve } from "node:path";
import { briskLatency, noLatency, realisticLatency } from "@clone-xs/lakehouse";
import type { EmbeddedSettings } from "../../connection/embedded.ts";
import { serveEmbedded } from "../../connection/embedded-workspaces.ts";
import { workspaceDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import type { Surroundings } from "../../surroundings.ts";
import { servedText } from "../../views/human/served.ts";
import type { OutputOptions } from "../options.ts";
import { untilInterrupted } from "../until-interrupted.ts";

const LATENCIES = { none: noLatency, brisk: briskLatency, realistic: realisticLatency } as const;

export interface WorkspaceServeOptions extends OutputOptions<"human" | "json"> {
  readonly dir?: string;
  readonly port: number;
  readonly workspaces: number;
  readonly metastores?: number;
  readonly allowPath?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
  readonly latency: keyof typeof LATENCIES;
  readonly chaos?: boolean;
}

/** `clxs workspace serve`: prints where, then serves until Ctrl-C; exit 0 when it was stopped. */
export async function serveWorkspace(
  options: WorkspaceServeOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { cwd, out, interrupted } = surroundings;
  const directory = options.dir === undefined ? workspaceDirectory(surroundings) : resolve(cwd, options.dir);
  const { served, close } = await serveEmbedded(
    directory,
    {
      count: options.workspaces,
      port: options.port,
      settings: settingsOf(options, cwd),
      ...(options.metastores === undefined ? {} : { metastores: options.metastores }),
    },
    surroundings,
  );
  try {
    out.write(
      options.output === "json"
        ? `${JSON.stringify({ workspaces: served })}\n`
        : `Serving ${directory}. Ctrl-C stops it.\n${served.map(servedText).join("\n")}\n`,
    );
    await untilInterrupted(interrupted);
    return ExitCode.done;
  } finally {
    await close();
  }
}

function settingsOf(
  { allowPath = [], map = {}, latency, chaos = false }: WorkspaceServeOptions,
  cwd: string,
): EmbeddedSettings {
  return {
    latency: LATENCIES[latency],
    chaosControls: chaos,
    allowPaths: allowPath.map((path) => resolve(cwd, path)),
    mappings: Object.entries(map).map(([prefix, directory]) => ({
      prefix: prefix.endsWith("/") ? prefix : `${prefix}/`,
      directory: resolve(cwd, directory),
    })),
  };
}
