import { posix } from "node:path";
import { DeltaError } from "./errors.ts";

/**
 * Where a path of the log lies: decoded once, then absolute as it is, or under the table root. `file:/x`,
 * `file:///x` and `/x` give `/x`; URIs of other schemes stay as they are. Throws DELTA_LOG_CORRUPT for
 * malformed percent-encoding.
 */
export function locate(root: string, path: string): string {
  if (!ODD.test(path)) return `${root}/${path}`;
  const scheme = SCHEME.exec(path)?.[1];
  if (scheme !== undefined && scheme.toLowerCase() !== "file") return path;
  const decoded = decodePath(scheme === undefined ? path : path.replace(FILE_URI, "/"));
  return posix.normalize(decoded.startsWith("/") ? decoded : `${root}/${decoded}`);
}

/**
 * Encodes an absolute or table-relative path for the log. `locate` undoes it. Protocol: "Add File and Remove
 * File", paths are URIs.
 */
export function encodePath(path: string): string {
  const encoded = encodeURI(Buffer.from(path).toString()).replace(/[?#]/g, (c) =>
    c === "?" ? "%3F" : "%23",
  );
  const slash = encoded.indexOf("/");
  const first = slash < 0 ? encoded : encoded.slice(0, slash);
  return first.includes(":") ? first.replaceAll(":", "%3A") + encoded.slice(first.length) : encoded;
}

/** The `file:///…` URI of an absolute path. */
export function fileUri(absolutePath: string): string {
  return `file://${encodePath(absolutePath)}`;
}

/** Percent-decodes a path of the log. Throws DELTA_LOG_CORRUPT when it is malformed. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new DeltaError("DELTA_LOG_CORRUPT", `The path ${path} is not percent-encoded correctly`, {
      cause,
      context: { path },
    });
  }
}

/**
 * Turns what a user types as a table location (`/x/`, `file:/x`, `file:///x`) into a root. Throws
 * DELTA_UNSUPPORTED_PATH.
 */
export function tableRoot(location: string): string {
  const scheme = SCHEME.exec(location)?.[1];
  const path = scheme?.toLowerCase() === "file" ? decodePath(location.replace(FILE_URI, "/")) : location;
  if (!path.startsWith("/")) {
    throw new DeltaError(
      "DELTA_UNSUPPORTED_PATH",
      `${location} is neither an absolute path nor a file: URI`,
      { context: { path: location } },
    );
  }
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

/** Whether a {@link locate}d path can be opened by this file system (it is no URI of another scheme). */
export function isLocal(location: string): boolean {
  return location.startsWith("/");
}

/**
 * Things that make a path more than a plain relative one: an escape, a scheme, a leading slash, `.` or `..`
 * or empty names.
 */
const ODD = /%|^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|^[A-Za-z][A-Za-z0-9+.-]*:\//;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\//;
const FILE_URI = /^[Ff][Ii][Ll][Ee]:\/+/;
