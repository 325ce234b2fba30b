import { failure } from "../errors.ts";
import { propertiesOf } from "./statement.ts";

/** What a value must be, whether it is, and how it is kept. */
type Check = readonly [needs: string, holds: (value: string) => boolean, spelled?: (value: string) => string];

const DURATION =
  /^(interval\s+)?(\d+(\.\d+)?\s+(week|day|hour|minute|second|millisecond|microsecond)s?\s*)+$/i;
const whole = (value: string) => /^[+-]?\d{1,10}$/.test(value);
const oneOf = (...values: readonly string[]): Check => [
  `needs to be one of ${values.join(", ")}.`,
  (value) => values.some((v) => v.toLowerCase() === value.toLowerCase()),
  (value) => values.find((v) => v.toLowerCase() === value.toLowerCase()) ?? value,
];

const BOOLEAN: Check = [
  "needs to be a boolean.",
  (value) => /^(true|false)$/i.test(value),
  (value) => value.toLowerCase(),
];
const POSITIVE: Check = ["needs to be a positive integer.", (value) => whole(value) && Number(value) > 0];
const INTERVAL: Check = [
  "needs to be provided as a calendar interval such as '2 weeks'. Months and years are not accepted. You may specify '365 days' for a year instead.",
  (value) => DURATION.test(value.trim()),
];
const ANY: Check = ["", () => true];

/** Table properties of Delta and what their values must be. Source: Databricks, "Table properties reference", and Delta's own. */
const KNOWN: Readonly<Record<string, Check>> = {
  "delta.appendOnly": BOOLEAN,
  "delta.autoOptimize": BOOLEAN,
  "delta.autoOptimize.autoCompact": oneOf("true", "false", "auto", "legacy"),
  "delta.autoOptimize.optimizeWrite": BOOLEAN,
  "delta.castIcebergTimeType": BOOLEAN,
  "delta.checkpoint.writeStatsAsJson": BOOLEAN,
  "delta.checkpoint.writeStatsAsStruct": BOOLEAN,
  "delta.checkpointInterval": POSITIVE,
  "delta.checkpointPolicy": oneOf("classic", "v2"),
  "delta.checkpointRetentionDuration": INTERVAL,
  "delta.columnMapping.maxColumnId": ANY,
  "delta.columnMapping.mode": oneOf("none", "id", "name"),
  "delta.compatibility.symlinkFormatManifest.enabled": BOOLEAN,
  "delta.dataSkippingNumIndexedCols": [
    "needs to be larger than or equal to -1.",
    (value) => whole(value) && Number(value) >= -1,
  ],
  "delta.dataSkippingStatsColumns": ANY,
  "delta.deletedFileRetentionDuration": INTERVAL,
  "delta.dropFeatureTruncateHistory.retentionDuration": INTERVAL,
  "delta.enableChangeDataCapture": BOOLEAN,
  "delta.enableChangeDataFeed": BOOLEAN,
  "delta.enableDeletionVectors": BOOLEAN,
  "delta.enableExpiredLogCleanup": BOOLEAN,
  "delta.enableFullRetentionRollback": BOOLEAN,
  "delta.enableIcebergCompatV1": BOOLEAN,
  "delta.enableIcebergCompatV2": BOOLEAN,
  "delta.enableIcebergCompatV3": BOOLEAN,
  "delta.enableIcebergWriterCompatV1": BOOLEAN,
  "delta.enableIcebergWriterCompatV3": BOOLEAN,
  "delta.enableInCommitTimestamps": BOOLEAN,
  "delta.enableOptimizedWrites": BOOLEAN,
  "delta.enableRowTracking": BOOLEAN,
  "delta.enableTypeWidening": BOOLEAN,
  "delta.enableVariantShredding": BOOLEAN,
  "delta.ignoreProtocolDefaults": BOOLEAN,
  "delta.inCommitTimestampEnablementTimestamp": ANY,
  "delta.inCommitTimestampEnablementVersion": ANY,
  "delta.isolationLevel": oneOf("Serializable", "WriteSerializable", "SnapshotIsolation"),
  "delta.lastCommitTimestamp": ANY,
  "delta.lastUpdateVersion": ANY,
  "delta.logRetentionDuration": INTERVAL,
  "delta.minReaderVersion": oneOf("1", "2", "3"),
  "delta.minWriterVersion": oneOf("1", "2", "3", "4", "5", "6", "7"),
  "delta.parquet.compression.codec": ANY,
  "delta.randomPrefixLength": POSITIVE,
  "delta.randomizeFilePrefixes": BOOLEAN,
  "delta.redirectReaderWriter-preview": ANY,
  "delta.redirectWriterOnly-preview": ANY,
  "delta.requireCheckpointProtectionBeforeVersion": ANY,
  "delta.rowTracking.materializedRowCommitVersionColumnName": ANY,
  "delta.rowTracking.materializedRowIdColumnName": ANY,
  "delta.rowTrackingSuspended": BOOLEAN,
  "delta.sampleRetentionDuration": INTERVAL,
  "delta.setTransactionRetentionDuration": INTERVAL,
  "delta.symlinkFormatManifest.enabled": BOOLEAN,
  "delta.targetFileSize": ANY,
  "delta.tuneFileSizesForRewrites": BOOLEAN,
  "delta.universalFormat.enabledFormats": [
    "cannot be set: the embedded workspace writes no metadata of other formats.",
    (value) => value === "",
  ],
  "delta.workloadBasedColumns.optimizerStatistics": ANY,
};

const CANONICAL: ReadonlyMap<string, string> = new Map(
  Object.keys(KNOWN).map((key) => [key.toLowerCase(), key]),
);

/** Families of keys that have any number of members. */
const FAMILIES = [
  "delta.constraints.",
  "delta.feature.",
  "delta.coordinatedcommits.",
  "delta.universalformat.config.",
];

/** What a table keeps for itself: nobody sets or unsets it. */
const OWN =
  /^delta\.(?:columnMapping\.maxColumnId|inCommitTimestampEnablement(?:Version|Timestamp)|rowTracking\.materialized\w+)$/;

/**
 * TBLPROPERTIES that somebody typed for a Delta table, its known `delta.*` keys and values spelled as Delta spells them. What a table has
 * already, or a clone carries over, is not asked. Throws DELTA_UNKNOWN_CONFIGURATION, DELTA_INVALID_TABLE_PROPERTY and
 * DELTA_CANNOT_MODIFY_TABLE_PROPERTY.
 */
export function deltaPropertiesOf(
  properties: readonly { readonly key: string; readonly value: string }[],
): Readonly<Record<string, string>> {
  return propertiesOf(properties.map(checkedProperty));
}

/** Keys to unset, spelled as Delta spells them. Throws DELTA_CANNOT_MODIFY_TABLE_PROPERTY. */
export function unsetKeysOf(keys: readonly string[]): readonly string[] {
  const canonical = keys.map((key) => CANONICAL.get(key.toLowerCase()) ?? key);
  for (const key of canonical) refuseOwn(key);
  return canonical;
}

function refuseOwn(key: string): void {
  if (OWN.test(key))
    throw failure(
      "DELTA_CANNOT_MODIFY_TABLE_PROPERTY",
      "42939",
      `The Delta table configuration ${key} cannot be specified by the user.`,
    );
}

function checkedProperty({ key, value }: { readonly key: string; readonly value: string }) {
  const lower = key.toLowerCase();
  if (!lower.startsWith("delta.") || FAMILIES.some((family) => lower.startsWith(family)))
    return { key, value };
  const canonical = CANONICAL.get(lower);
  const check = canonical === undefined ? undefined : KNOWN[canonical];
  if (canonical === undefined || check === undefined)
    throw failure("DELTA_UNKNOWN_CONFIGURATION", "F0000", `Unknown configuration was specified: ${key}.`);
  refuseOwn(canonical);
  const [needs, holds, spelled = (text: string) => text] = check;
  if (!holds(value))
    throw failure(
      "DELTA_INVALID_TABLE_PROPERTY",
      "22023",
      `${canonical} ${needs} It was given as '${value}'.`,
    );
  return { key: canonical, value: spelled(value) };
}
