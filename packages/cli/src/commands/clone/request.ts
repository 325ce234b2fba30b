import { type CloneRequest, parseCloneRequest } from "@clone-xs/clone";
import type { Configuration } from "@clone-xs/clone/config";
import { configurationOf } from "../../configuration.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { type CloneFlags, cloneWire, flagOf } from "./flags.ts";

type Wire = Readonly<Record<string, unknown>>;

/**
 * What was asked for, as keys of the API's clone request: those of the configuration file, over them those of its profile that
 * `--config-profile` names, over them the flags. Throws a UsageError for a file or profile that cannot be used.
 */
export async function wireOf(flags: CloneFlags, surroundings: Pick<Surroundings, "cwd">): Promise<Wire> {
  const configuration = await configurationOf(flags, surroundings);
  return { ...configuration.request, ...profileOf(configuration, flags.configProfile), ...cloneWire(flags) };
}

/** The request, or a UsageError that names each flag that cannot be. */
export function requestOf(wire: Wire): CloneRequest {
  const parsed = parseCloneRequest(wire);
  if (parsed.ok) return parsed.request;
  throw new UsageError(parsed.problems.map(({ path, message }) => `${flagOf(path)}: ${message}`).join("\n"));
}

function profileOf({ profiles }: Configuration, name: string | undefined): Wire {
  if (name === undefined) return {};
  const profile = Object.entries(profiles).find(([key]) => key === name);
  if (profile !== undefined) return profile[1];
  const known = Object.keys(profiles).join(", ") || "none";
  throw new UsageError(
    `--config-profile: the configuration has no profile ${name}. Profiles there: ${known}.`,
  );
}
