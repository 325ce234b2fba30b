import type { Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { featuresOf } from "./features.ts";

/**
 * Writer features whose file-level rules are kept here. Row-level ones (constraints, invariants, generated and identity columns,
 * defaults, change data files) are the duty of whoever writes the rows.
 */
const WRITABLE: ReadonlySet<string> = new Set([
  "allowColumnDefaults",
  "appendOnly",
  "changeDataFeed",
  "checkConstraints",
  "clustering",
  "columnMapping",
  "deletionVectors",
  "domainMetadata",
  "generatedColumns",
  "identityColumns",
  "inCommitTimestamp",
  "invariants",
  "rowTracking",
  "timestampNtz",
  "typeWidening",
  "typeWidening-preview",
  "v2Checkpoint",
  "vacuumProtocolCheck",
]);

/** Throws DELTA_UNSUPPORTED_FEATURES_FOR_WRITE naming the features, or DELTA_INVALID_PROTOCOL_VERSION. */
export function checkWritable(protocol: Protocol): void {
  const { minReaderVersion, minWriterVersion } = protocol;
  if (minWriterVersion > 7 || minWriterVersion < 1) {
    throw new DeltaError(
      "DELTA_INVALID_PROTOCOL_VERSION",
      `The table needs writer version ${minWriterVersion}; versions 1 to 7 can be written`,
      {
        context: { minReaderVersion, minWriterVersion },
      },
    );
  }
  const features = featuresOf(protocol).filter((f) => !WRITABLE.has(f));
  if (features.length === 0) return;
  throw new DeltaError(
    "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
    `The table needs writer features that are not supported: ${features.join(", ")}`,
    {
      context: { features },
    },
  );
}
