import { mkdirSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { ExecutionError } from "../execution/execution.ts";
import type { Locations } from "./locations.ts";

/** A URL prefix whose objects are files below a directory: `s3://bucket/` → `/data/bucket`. */
export interface PrefixMapping {
  readonly prefix: string;
  readonly directory: string;
}

export interface LocalLocationsOptions {
  /** The workspace directory. */
  readonly directory: string;
  /** Directories outside it that SQL may read and write. */
  readonly allowPaths: readonly string[];
  readonly mappings: readonly PrefixMapping[];
}

/**
 * Locations on the local disk. Checks look at where a path really leads: a symbolic link is followed first, so that none leads out of the
 * allowed directories. Makes the directories it was given.
 */
export function localLocations({ directory, allowPaths, mappings }: LocalLocationsOptions): Locations {
  const tables = made(join(directory, "tables"));
  const volumes = made(join(directory, "volumes"));
  const mapped = mappings.map(({ prefix, directory: to }) => ({
    prefix: prefix.endsWith("/") ? prefix : `${prefix}/`,
    to: made(to),
  }));
  const roots = [made(directory), ...allowPaths.map(made), ...mapped.map(({ to }) => to)];
  return {
    roots,
    newTableDirectory: (uuid) => join(tables, uuid),
    newVolumeDirectory: (uuid) => join(volumes, uuid),
    isManaged(path) {
      const real = realPath(path);
      return [tables, volumes].some((root) => real !== root && isInside(root, real));
    },
    resolve(uri) {
      const path = realPath(pathOf(uri, mapped));
      if (!roots.some((root) => isInside(root, path))) throw notAllowed(uri);
      return path;
    },
  };
}

/** The bucket of the product's documentation, under the workspace directory, so that examples run as they are printed. */
export function defaultMappings(directory: string): readonly PrefixMapping[] {
  return [{ prefix: "s3://your-bucket/", directory: join(directory, "mounts", "your-bucket") }];
}

function pathOf(uri: string, mapped: readonly { readonly prefix: string; readonly to: string }[]): string {
  const mapping = mapped.find(({ prefix }) => `${uri}/`.startsWith(prefix));
  if (mapping !== undefined) return join(mapping.to, uri.slice(mapping.prefix.length));
  const file = /^file:(?:\/\/(?=\/))?(\/.*)$/su.exec(uri)?.[1];
  if (file !== undefined) return resolve(decodeURIComponent(file));
  if (/^[a-z][a-z0-9+.-]*:/iu.test(uri)) throw notMapped(uri);
  if (!isAbsolute(uri)) throw invalid(uri, "is not absolute. Write the whole path.");
  return resolve(uri);
}

/** Follows symbolic links of the part that exists; the rest is as written. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return join(realPath(dirname(path)), basename(path));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function made(directory: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return realpathSync(directory);
}

function notAllowed(uri: string): ExecutionError {
  return invalid(
    uri,
    "lies outside the directories that this workspace may touch. Allow its directory with --allow-path.",
  );
}

function notMapped(uri: string): ExecutionError {
  const prefix = /^[^:]+:\/\/[^/]+/u.exec(uri)?.[0] ?? uri;
  return invalid(uri, `is no local path. Map it to a directory with --map ${prefix}=DIRECTORY.`);
}

function invalid(uri: string, why: string): ExecutionError {
  const message = `[INVALID_PARAMETER_VALUE.LOCATION_NOT_ALLOWED] The location '${uri}' ${why} SQLSTATE: 22023`;
  return new ExecutionError("INVALID_PARAMETER_VALUE.LOCATION_NOT_ALLOWED", "22023", message);
}
