import { describe, expect, test } from "vitest";
import { type DeletionVector, MemoryStorage, readDeletionVector } from "../index.ts";

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
