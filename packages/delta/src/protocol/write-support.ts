import type { Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { featuresOf } from "./features.ts";

/**
 * Writer features whose file-level rules are kept here. Row-level ones (constraints, invariants, generated
 * and identity columns, defaults, change data files) are the duty of whoever writes the rows.
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

/**
 * Features about what data files contain: kept by repeating files that have it, so that such tables can be
 * cloned.
 */
const COPYABLE: ReadonlySet<string> = new Set([
  "icebergCompatV1",
  "icebergCompatV2",
  "materializePartitionColumns",
]);

/**
 * `repeatsFiles` when the commit only takes over files of a table with the same features (CLONE). Throws
 * DELTA_UNSUPPORTED_FEATURES_FOR_WRITE naming the features, or DELTA_INVALID_PROTOCOL_VERSION.
 */
export function checkWritable(
  protocol: Protocol,
  { repeatsFiles = false }: { readonly repeatsFiles?: boolean } = {},
): void {
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
  const features = featuresOf(protocol).filter((f) => !WRITABLE.has(f) && !(repeatsFiles && COPYABLE.has(f)));
  if (features.length === 0) return;
  throw new DeltaError(
    "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
    `The table needs writer features that are not supported: ${features.join(", ")}`,
    {
      context: { features },
    },
  );
}
