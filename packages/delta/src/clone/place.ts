import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { AddFile, DeletionVector } from "../actions.ts";
import { partitionDirectory } from "../names.ts";
import { encodePath, fileUri, isLocal } from "../paths.ts";
import type { LiveFile } from "../snapshot.ts";
import { encodeVectorPath, vectorLocation } from "../vectors/place.ts";

/**
 * Paths a deep copy of a source file may have in the target, by preference, encoded for the log: the source's
 * own relative path; for a file outside the source table (it is a shallow clone) its partition directory and
 * name. The last one is made unique by a hash of the origin, for when the first is taken. Depends on the
 * source alone, so that a later clone finds the copy again.
 */
export function copyPaths(sourceRoot: string, file: LiveFile): readonly [preferred: string, unique: string] {
  const inside = file.location.startsWith(`${sourceRoot}/`) && !ABSOLUTE.test(file.path);
  const plain = inside ? file.path : encodePath(outsidePath(file));
  const preferred = inside || isUniquePath(plain) ? plain : hashed(plain, file);
  return [preferred, hashed(plain, file)];
}

/**
 * A vector as a deep clone stores it, and the file to copy. Inline vectors and vectors inside the source keep
 * their descriptor.
 */
export function copiedVector(sourceRoot: string, vector: DeletionVector): CopiedVector {
  const from = vectorLocation(sourceRoot, vector);
  if (from === undefined) return { vector };
  if (vector.storageType === "u") return { vector, from, to: from.slice(sourceRoot.length + 1) };
  const uuid = VECTOR_NAME.exec(from)?.[1] ?? uuidOfHash(from);
  return {
    vector: { ...vector, storageType: "u", pathOrInlineDv: encodeVectorPath(uuid) },
    from,
    to: `deletion_vector_${uuid.toLowerCase()}.bin`,
  };
}

export interface CopiedVector {
  readonly vector: DeletionVector;
  /** Absolute path of the file to copy; absent for an inline vector. */
  readonly from?: string;
  /** Where to, relative to the target's root. */
  readonly to?: string;
}

/**
 * The add of a shallow clone: the same file by absolute URI, its vector by absolute URI. Files inside the
 * target stay relative.
 */
export function referenced(sourceRoot: string, targetRoot: string, { location, ...add }: LiveFile): AddFile {
  const path = location.startsWith(`${targetRoot}/`)
    ? encodePath(location.slice(targetRoot.length + 1))
    : isLocal(location)
      ? fileUri(location)
      : location;
  const { deletionVector: vector } = add;
  if (vector === undefined) return { ...add, path };
  const at = sourceRoot === targetRoot ? undefined : vectorLocation(sourceRoot, vector);
  if (at === undefined) return { ...add, path };
  return {
    ...add,
    path,
    deletionVector: { ...vector, storageType: "p", pathOrInlineDv: isLocal(at) ? fileUri(at) : at },
  };
}

/**
 * Whether a path alone tells the file's content: writers never give a uuid twice, and our own hashes name
 * origin, size and time.
 */
export function isUniquePath(path: string): boolean {
  const name = posix.basename(path);
  return HAS_UUID.test(name) || HASHED.test(name);
}

const ABSOLUTE = /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:\/)|(?:^|\/)\.\.\//;
const HAS_UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const HASHED = /^[0-9a-f]{16}-/;
const VECTOR_NAME = /\/deletion_vector_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.bin$/i;

function outsidePath({ location, partitionValues }: LiveFile): string {
  const directory = partitionDirectory(Object.entries(partitionValues));
  const name = posix.basename(location);
  return directory === "" ? name : `${directory}/${name}`;
}

function hashed(path: string, { location, size, modificationTime }: LiveFile): string {
  const slash = path.lastIndexOf("/") + 1;
  const tag = sha256(`${location}\n${size}\n${modificationTime}`).slice(0, 16);
  return `${path.slice(0, slash)}${tag}-${path.slice(slash)}`;
}

function uuidOfHash(text: string): string {
  const hex = sha256(text);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
