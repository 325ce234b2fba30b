import { join, resolve } from "node:path";
import type { Surroundings } from "../surroundings.ts";

/** Where this program keeps things: `CLXS_HOME`, else `.clxs` under the current directory. Absolute. */
export function homeOf({ env, cwd }: Pick<Surroundings, "env" | "cwd">): string {
  const named = env["CLXS_HOME"];
  return named === undefined || named === "" ? join(cwd, ".clxs") : resolve(cwd, named);
}

/** The directory of the embedded workspace that commands use by default. */
export function workspaceDirectory(surroundings: Pick<Surroundings, "env" | "cwd">): string {
  return join(homeOf(surroundings), "workspace");
}
