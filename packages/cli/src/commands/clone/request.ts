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
  const profile = profileOf(configuration, flags.configProfile);
  return withDestination([configuration.request, profile, cloneWire(flags)].reduce(over));
}

/** Targets are one setting under two keys: who names one or several names all of them. */
function over(below: Wire, above: Wire): Wire {
  const names = above["target_workspace"] !== undefined || above["target_workspaces"] !== undefined;
  if (!names) return { ...below, ...above };
  const { target_workspace: _, target_workspaces: __, ...rest } = below;
  return { ...rest, ...above };
}

/** Where only the flags of targets name a destination, that of the first stands for those without. */
export function withDestination(wire: Wire): Wire {
  const { destination_catalog: named, target_workspace: one, target_workspaces: several } = wire;
  const [first] = Array.isArray(several) ? (several as readonly unknown[]) : [one];
  if (named !== undefined || typeof first !== "object" || first === null) return wire;
  const destination = "destination_catalog" in first ? first.destination_catalog : undefined;
  return destination === undefined ? wire : { ...wire, destination_catalog: destination };
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
