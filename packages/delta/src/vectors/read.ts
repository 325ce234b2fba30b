import { crc32 } from "node:zlib";
import type { DeletionVector } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import type { Storage } from "../storage/storage.ts";
import { decodePositions } from "./bitmap.ts";
import { vectorLocation } from "./place.ts";
import { decodeZ85 } from "./z85.ts";

/**
 * The physical row positions (0-based, ascending) that a deletion vector masks in its data file. `root` is
 * that of the table whose log names the vector. Throws DELTA_DELETION_VECTOR_INVALID when checksum, format or
 * cardinality disagree, DELTA_FILE_NOT_FOUND.
 */
export async function readDeletionVector(
  storage: Storage,
  root: string,
  vector: DeletionVector,
): Promise<readonly number[]> {
  const positions = decodePositions(await payloadOf(storage, root, vector));
  if (positions.length !== vector.cardinality) {
    throw invalid(vector, `masks ${positions.length} rows, the log says ${vector.cardinality}`);
  }
  return positions;
}

async function payloadOf(storage: Storage, root: string, vector: DeletionVector): Promise<Uint8Array> {
  const { sizeInBytes, offset = 0 } = vector;
  const path = vectorLocation(root, vector);
  if (path === undefined) return decodeZ85(vector.pathOrInlineDv).subarray(0, sizeInBytes);
  const bytes = await storage.readBytes(path, { offset, length: 4 + sizeInBytes + 4 });
  if (bytes.length < sizeInBytes + 8) throw invalid(vector, `is cut off in ${path}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(0) !== sizeInBytes) throw invalid(vector, `has another length in ${path}`);
  const payload = bytes.subarray(4, 4 + sizeInBytes);
  if (view.getUint32(4 + sizeInBytes) !== crc32(payload))
    throw invalid(vector, `fails its checksum in ${path}`);
  return payload;
}

function invalid({ storageType, pathOrInlineDv }: DeletionVector, why: string): DeltaError {
  return new DeltaError(
    "DELTA_DELETION_VECTOR_INVALID",
    `The deletion vector ${storageType}${pathOrInlineDv} ${why}`,
  );
}
