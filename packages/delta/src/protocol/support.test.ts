import { expect, test } from "vitest";
import type { Protocol } from "../index.ts";
import { checkReadable } from "./read-support.ts";
import { checkWritable } from "./write-support.ts";

const withFeature = (feature: string): Protocol => ({
  minReaderVersion: 3,
  minWriterVersion: 7,
  readerFeatures: ["deletionVectors", feature],
  writerFeatures: ["deletionVectors", feature],
});

test.each(["variantType", "variantType-preview", "variantShredding-preview", "catalogManaged"])(
  "a table with %s is refused by that name, to read, to write and to clone",
  (feature) => {
    const refused = (code: string) =>
      expect.objectContaining({ code, context: { features: [feature] } }) as Error;
    const protocol = withFeature(feature);
    expect(() => checkReadable(protocol)).toThrow(refused("DELTA_UNSUPPORTED_FEATURES_FOR_READ"));
    for (const repeatsFiles of [false, true])
      expect(() => checkWritable(protocol, { repeatsFiles })).toThrow(
        refused("DELTA_UNSUPPORTED_FEATURES_FOR_WRITE"),
      );
  },
);
