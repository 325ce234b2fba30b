import { readFile } from "node:fs/promises";
import { type ConnectionConfig, connectDatabricks, resolveConnection } from "@clone-xs/databricks/client";
import { type OpenWorkspace, workspaceOpener } from "@clone-xs/server";
import type { Workspace } from "@clone-xs/unity";
import { type Surroundings, tell } from "../surroundings.ts";
import { clientEffects } from "./client-effects.ts";
import { connectEmbedded } from "./embedded.ts";
import { workspaceDirectory } from "./home.ts";

export interface Wanted {
  readonly profile?: string;
  /** Whatever credentials are around: the embedded workspace. */
  readonly embedded?: boolean;
}

/**
 * The workspace that the user means: embedded when asked for, else what profile, environment and `~/.databrickscfg` name,
 * else embedded. Says first of all on standard error which one it is. Throws with code UNAUTHENTICATED, UNAVAILABLE or CONFIGURATION.
 */
export async function connect(wanted: Wanted, surroundings: Surroundings): Promise<Workspace> {
  const config = await databricksConfig(wanted, surroundings);
  const workspace =
    config === undefined
      ? await connectEmbedded(workspaceDirectory(surroundings), surroundings)
      : await connectDatabricks(config, clientEffects(surroundings));
  tellConnected(workspace, surroundings);
  return workspace;
}

/** The first line of every command that works on a workspace. */
export function tellConnected({ identity }: Workspace, surroundings: Surroundings): void {
  tell(surroundings, `Connected to ${identity.host} as ${identity.userName}`);
}

/** `undefined`: the embedded workspace. */
export async function databricksConfig(
  { profile, embedded }: Wanted,
  { env, homeDir }: Surroundings,
): Promise<ConnectionConfig | undefined> {
  if (embedded === true) return undefined;
  return resolveConnection({
    env,
    homeDir,
    readFile: readIfThere,
    ...(profile === undefined ? {} : { profile }),
  });
}

/** Signs in to other workspaces, as what is saved of them says. */
export function targetOpener(surroundings: Surroundings): OpenWorkspace {
  const { env, homeDir } = surroundings;
  return workspaceOpener({ env, homeDir, readFile: readIfThere, effects: clientEffects(surroundings) });
}

/** The text of a file; `undefined` when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
