import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  type Configuration,
  DEFAULT_CONFIGURATION,
  type FileProblem,
  readConfiguration,
} from "@clone-xs/clone/config";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

/** Read without being named, from the current directory, when it is there. */
const CONFIGURATION_FILE = "clxs.yaml";

export interface ConfigurationOptions {
  readonly config?: string;
}

/**
 * The configuration that a command works by: of the file that `--config` names, else of `clxs.yaml` here, else the defaults.
 * Throws a UsageError with file, line and column for whatever is wrong in it, and when a named file is not there.
 */
export async function configurationOf(
  { config }: ConfigurationOptions,
  { cwd }: Pick<Surroundings, "cwd">,
): Promise<Configuration> {
  const file = config ?? CONFIGURATION_FILE;
  const text = await readFile(resolve(cwd, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (config === undefined && error.code === "ENOENT") return undefined;
    throw new UsageError(`--config: ${file} cannot be read (${error.message}).`);
  });
  if (text === undefined) return DEFAULT_CONFIGURATION;
  const read = readConfiguration(text);
  if (read.ok) return read.value;
  throw new UsageError(read.problems.map((problem) => problemLine(file, problem)).join("\n"));
}

/** `clxs.yaml:3:5: Unknown key …`: editors and terminals jump to it. */
export function problemLine(file: string, { line, column, message }: FileProblem): string {
  return `${file}:${line}:${column}: ${message}`;
}
