import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Surroundings } from "../surroundings.ts";

/** Where this program keeps things: `CLXS_HOME`, else `.clxs` under the current directory. Absolute. */
export function homeOf({ env, cwd }: Pick<Surroundings, "env" | "cwd">): string {
  const named = env["CLXS_HOME"];
  return named === undefined || named === "" ? join(cwd, ".clxs") : resolve(cwd, named);
}

/** Where runs are remembered: the API reads the same place. Made when it is not there. */
export function storeDirectory(surroundings: Pick<Surroundings, "env" | "cwd">): string {
  const home = homeOf(surroundings);
  makeDirectory(home);
  return home;
}

/** The directory of the embedded workspace that commands use by default. */
export function workspaceDirectory(surroundings: Pick<Surroundings, "env" | "cwd">): string {
  return join(homeOf(surroundings), "workspace");
}

/**
 * Makes a directory and those above it, one after another: Node's own recursive mkdir never ends where the file system answers
 * ENOENT below a directory that exists (/proc). Throws the system's error, which names the path.
 */
export function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  const above = dirname(directory);
  if (above !== directory) makeDirectory(above);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process made it meanwhile.
    if (!existsSync(directory)) throw error;
  }
}
