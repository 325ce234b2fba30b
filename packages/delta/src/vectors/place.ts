import type { DeletionVector } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { locate } from "../paths.ts";
import { decodeZ85, encodeZ85 } from "./z85.ts";

/** Twenty Z85 characters are the sixteen bytes of a uuid. */
const ENCODED_UUID = 20;

/**
 * The file a stored vector is in, relative to the table root (`ab/deletion_vector_<uuid>.bin`). Only for
 * storage type `u`.
 */
export function relativeVectorPath({ pathOrInlineDv }: DeletionVector): string {
  if (pathOrInlineDv.length < ENCODED_UUID)
    throw new DeltaError("DELTA_DELETION_VECTOR_INVALID", `${pathOrInlineDv} names no file`);
  const prefix = pathOrInlineDv.slice(0, -ENCODED_UUID);
  const name = `deletion_vector_${uuidText(decodeZ85(pathOrInlineDv.slice(-ENCODED_UUID)))}.bin`;
  return prefix === "" ? name : `${prefix}/${name}`;
}

/**
 * Where a vector's file lies, located as data files are; `undefined` for an inline vector. Protocol:
 * "Deletion Vector Descriptor Schema".
 */
export function vectorLocation(root: string, vector: DeletionVector): string | undefined {
  switch (vector.storageType) {
    case "u":
      return `${root}/${relativeVectorPath(vector)}`;
    case "p":
      return locate(root, vector.pathOrInlineDv);
    case "i":
      return undefined;
  }
}

/** `pathOrInlineDv` of a file `[prefix/]deletion_vector_<uuid>.bin` relative to the root. */
export function encodeVectorPath(uuid: string, prefix = ""): string {
  return prefix + encodeZ85(Buffer.from(uuid.replaceAll("-", ""), "hex"));
}

function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
