import { failure } from "./errors.ts";
import { ExecutionError } from "./execution.ts";
import type { Work } from "./work.ts";

/**
 * The directory a statement names by path to read or write it. Only metastore admins may: everybody else's rights are on tables, and a path
 * would go round them. Throws INSUFFICIENT_PERMISSIONS and what {@link Locations.resolve} throws.
 */
export function pathToTouch(work: Work, uri: string): string {
  if (!work.context.principal.admin)
    throw new ExecutionError(
      "INSUFFICIENT_PERMISSIONS",
      "42501",
      "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have permission SELECT on any file. SQLSTATE: 42501",
    );
  return work.context.locations.resolve(uri);
}

/** The directory of LOCATION for a new table or volume: never one that the workspace manages. */
export function locationForNew(
  work: Work,
  uri: string,
  privilege: "CREATE EXTERNAL TABLE" | "CREATE EXTERNAL VOLUME",
): string {
  if (!work.context.principal.admin)
    throw new ExecutionError(
      "PERMISSION_DENIED",
      "42501",
      `PERMISSION_DENIED: User does not have ${privilege} on External Location '${uri}'. SQLSTATE: 42501`,
    );
  return unmanaged(work, uri, work.context.locations.resolve(uri));
}

/** The directory of a new table that has no name. Throws as {@link pathToTouch}, and LOCATION_OVERLAP. */
export function directoryForNew(work: Work, uri: string): string {
  return unmanaged(work, uri, pathToTouch(work, uri));
}

function unmanaged(work: Work, uri: string, path: string): string {
  if (work.context.locations.isManaged(path))
    throw failure("LOCATION_OVERLAP", "22KD1", `Input path url '${uri}' overlaps with managed storage.`);
  return path;
}
