import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type CloneRequest, parseCloneRequest } from "@clone-xs/clone";
import { readRequestFile } from "@clone-xs/clone/config";
import { UsageError } from "../../usage-error.ts";
import { type CloneFlags, cloneWire, flagOf } from "./flags.ts";

type Wire = Readonly<Record<string, unknown>>;

/**
 * What was asked for, as keys of the API's clone request: those of the file that `--config` names, and over them the flags.
 * Throws a UsageError with line and column for whatever is wrong in the file.
 */
export async function wireOf(flags: CloneFlags, cwd: string): Promise<Wire> {
  const typed = cloneWire(flags);
  return flags.config === undefined ? typed : { ...(await readConfig(flags.config, cwd)), ...typed };
}

/** The request, or a UsageError that names each flag that cannot be. */
export function requestOf(wire: Wire): CloneRequest {
  const parsed = parseCloneRequest(wire);
  if (parsed.ok) return parsed.request;
  throw new UsageError(parsed.problems.map(({ path, message }) => `${flagOf(path)}: ${message}`).join("\n"));
}

async function readConfig(file: string, cwd: string): Promise<Wire> {
  const text = await readFile(resolve(cwd, file), "utf8").catch((error: Error) => {
    throw new UsageError(`--config: ${file} cannot be read (${error.message}).`);
  });
  const read = readRequestFile(text);
  if (read.ok) return read.wire;
  const problems = read.problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  throw new UsageError(problems.join("\n"));
}
