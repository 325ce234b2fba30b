import { describe, expect, test } from "vitest";
import { type DeletionVector, MemoryStorage, readDeletionVector, writeDeletionVectors } from "../index.ts";

const storage = new MemoryStorage({ now: () => 0 });

describe("an inline deletion vector", () => {
  // Written by Spark in the corpus table cdf-table-with-dv.
  const example: DeletionVector = {
    storageType: "i",
    pathOrInlineDv: "^Bg9^0rr910000000000iXQKl0rr91000935c8Xg000311onP9",
    sizeInBytes: 40,
    cardinality: 4,
  };

  test("masks the rows that Spark deleted", async () => {
    expect(await readDeletionVector(storage, "/w/t", example)).toEqual([0, 1, 4, 5]);
  });

  test("with another cardinality is refused", async () => {
    const wrong = readDeletionVector(storage, "/w/t", { ...example, cardinality: 7 });
    await expect(wrong).rejects.toMatchObject({ code: "DELTA_DELETION_VECTOR_INVALID" });
  });
});

describe("a file of deletion vectors", () => {
  const uuid = "d2c639aa-8816-431a-aaf6-d3fe2512ff61";
  const file = `/w/t/deletion_vector_${uuid}.bin`;
  const vectors = [[0, 5, 70_000], [1], Array.from({ length: 9000 }, (_, i) => i * 2)];

  test("gives each vector back", async () => {
    const descriptors = await writeDeletionVectors(storage, "/w/t", { uuid, vectors });
    expect(await Promise.all(descriptors.map((d) => readDeletionVector(storage, "/w/t", d)))).toEqual(
      vectors,
    );
    const absolute = descriptors.map(
      (d) => ({ ...d, storageType: "p", pathOrInlineDv: `file://${file}` }) as const,
    );
    expect(await Promise.all(absolute.map((d) => readDeletionVector(storage, "/elsewhere", d)))).toEqual(
      vectors,
    );
  });

  test("that changed in one byte is refused, wherever it is", async () => {
    const [descriptor] = await writeDeletionVectors(storage, "/w/t", { uuid, vectors: [[3, 4]] });
    const bytes = await storage.readBytes(file);
    for (let i = 1; i < bytes.length; i++) {
      await storage.write(file, bytes.with(i, (bytes[i] ?? 0) ^ 1));
      const read = descriptor && readDeletionVector(storage, "/w/t", descriptor);
      await expect(read).rejects.toMatchObject({ code: "DELTA_DELETION_VECTOR_INVALID" });
    }
  });
});
