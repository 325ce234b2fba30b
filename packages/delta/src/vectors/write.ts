import { crc32 } from "node:zlib";
import type { DeletionVector } from "../actions.ts";
import type { Storage } from "../storage/storage.ts";
import { encodePositions } from "./bitmap.ts";
import { encodeVectorPath, relativeVectorPath } from "./place.ts";

/**
 * Writes one file of deletion vectors in the table's root and gives their descriptors, in order. Each vector
 * is the distinct physical row positions it masks, ascending. Not idempotent; a file that no commit refers to
 * is garbage. Protocol: "Deletion Vector File Storage Format".
 */
export async function writeDeletionVectors(
  storage: Storage,
  root: string,
  { uuid, vectors }: { readonly uuid: string; readonly vectors: readonly (readonly number[])[] },
): Promise<readonly DeletionVector[]> {
  const payloads = vectors.map(encodePositions);
  const pathOrInlineDv = encodeVectorPath(uuid);
  let offset = 1;
  const descriptors = payloads.map((payload, i): DeletionVector => {
    const at = offset;
    offset += 4 + payload.length + 4;
    return {
      storageType: "u",
      pathOrInlineDv,
      offset: at,
      sizeInBytes: payload.length,
      cardinality: vectors[i]?.length ?? 0,
    };
  });
  const [first] = descriptors;
  if (first !== undefined)
    await storage.write(
      `${root}/${relativeVectorPath(first)}`,
      Buffer.concat([VERSION, ...payloads.flatMap(framed)]),
    );
  return descriptors;
}

const VERSION = Buffer.of(1);

function framed(payload: Uint8Array): readonly Uint8Array[] {
  return [bigEndian(payload.length), payload, bigEndian(crc32(payload))];
}

function bigEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
