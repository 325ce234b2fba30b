import type { Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";

/**
 * Reader features this package (with an engine that follows what it exposes) honours. Protocol: "Valid
 * Feature Names in Table Features".
 */
const READABLE: ReadonlySet<string> = new Set([
  "columnMapping",
  "deletionVectors",
  "timestampNtz",
  "typeWidening",
  "typeWidening-preview",
  "v2Checkpoint",
  "vacuumProtocolCheck",
]);

/** Throws DELTA_UNSUPPORTED_FEATURES_FOR_READ naming the features, or DELTA_INVALID_PROTOCOL_VERSION. */
export function checkReadable({ minReaderVersion, minWriterVersion, readerFeatures = [] }: Protocol): void {
  if (minReaderVersion < 1 || minReaderVersion > 3) {
    throw new DeltaError(
      "DELTA_INVALID_PROTOCOL_VERSION",
      `The table needs reader version ${minReaderVersion} (writer ${minWriterVersion}); versions 1 to 3 can be read`,
      { context: { minReaderVersion, minWriterVersion } },
    );
  }
  const features = readerFeatures.filter((f) => !READABLE.has(f));
  if (features.length === 0) return;
  throw new DeltaError(
    "DELTA_UNSUPPORTED_FEATURES_FOR_READ",
    `The table needs reader features that are not supported: ${features.join(", ")}`,
    { context: { features } },
  );
}
