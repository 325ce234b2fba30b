import { type ObjectName, WorkspaceError } from "@clone-xs/unity";

/** A path `/Volumes/<catalog>/<schema>/<volume>/…` taken apart; `parts` is empty for the volume itself. */
export interface VolumePath {
  readonly volume: ObjectName;
  readonly parts: readonly string[];
}

/** Names of files that are still arriving; they are hidden, and nobody may use such a name. */
export const INCOMING = ".clxs-incoming-";

/** Longest name of a file or directory, in bytes, as on every disk that matters. */
const NAME_BYTES = 255;

/**
 * Takes a path apart. Empty parts are left out, as the service does with doubled slashes. Throws INVALID_REQUEST for what is no path into a
 * volume, and for names that could lead out of it or cannot be stored.
 */
export function volumePath(path: string): VolumePath {
  const [first = "", catalog = "", schema = "", name = "", ...parts] = path
    .split("/")
    .slice(1)
    .filter((part) => part !== "");
  if (!path.startsWith("/") || first !== "Volumes" || name === "")
    throw invalid(`Invalid path '${path}'. Paths begin with /Volumes/<catalog>/<schema>/<volume>.`);
  for (const part of parts) requireName(part);
  return {
    volume: { catalog: catalog.toLowerCase(), schema: schema.toLowerCase(), name: name.toLowerCase() },
    parts,
  };
}

function requireName(name: string): void {
  const bad =
    name === "." ||
    name === ".." ||
    /[/\0]/u.test(name) ||
    name.startsWith(INCOMING) ||
    Buffer.byteLength(name) > NAME_BYTES;
  if (bad) throw invalid(`Invalid path: '${name}' cannot be the name of a file or directory.`);
}

function invalid(message: string): WorkspaceError {
  return new WorkspaceError("INVALID_REQUEST", message, { errorClass: "INVALID_PARAMETER_VALUE" });
}
