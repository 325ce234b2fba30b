import type { Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { isTrue } from "./properties.ts";
import { fieldFacts, usesType, walkFields } from "../schema/fields.ts";
import type { StructType } from "../schema/types.ts";

/** Features that readers must know too. Protocol: "Valid Feature Names in Table Features". */
const READER_WRITER: ReadonlySet<string> = new Set([
  "columnMapping",
  "deletionVectors",
  "timestampNtz",
  "typeWidening",
  "typeWidening-preview",
  "v2Checkpoint",
  "vacuumProtocolCheck",
  "variantType",
  "variantType-preview",
  "catalogManaged",
]);

/** Legacy writer versions and the features each adds to the one before. */
const LEGACY: readonly (readonly [writerVersion: number, features: readonly string[]])[] = [
  [2, ["appendOnly", "invariants"]],
  [3, ["checkConstraints"]],
  [4, ["changeDataFeed", "generatedColumns"]],
  [5, ["columnMapping"]],
  [6, ["identityColumns"]],
];

/** The writer features a protocol has, listed or implied by its version. */
export function featuresOf({ minWriterVersion, writerFeatures = [] }: Protocol): readonly string[] {
  if (minWriterVersion >= 7) return writerFeatures;
  return LEGACY.flatMap(([version, features]) => (version <= minWriterVersion ? features : []));
}

/** What `delta.minReaderVersion` and `delta.minWriterVersion` ask for. */
export interface WantedVersions {
  readonly reader?: number;
  readonly writer?: number;
}

/** The features that a table of these legacy versions has. */
export function impliedFeatures({ reader, writer }: Required<WantedVersions>): readonly string[] {
  const implied = LEGACY.flatMap(([version, features]) => (version <= writer ? features : []));
  return reader >= 2 ? implied : implied.filter((feature) => !READER_WRITER.has(feature));
}

/** Of some features those that readers must know too. */
export function readerFeaturesOf(features: readonly string[]): readonly string[] {
  return features.filter((feature) => READER_WRITER.has(feature));
}

/**
 * `protocol` with further features; itself when it has them all. Never lowered; implied legacy features are
 * listed when it moves to version 7.
 */
export function withFeatures(protocol: Protocol, features: readonly string[]): Protocol {
  const had = featuresOf(protocol);
  if (features.every((f) => had.includes(f))) return protocol;
  const writerFeatures = [...new Set([...had, ...features])].sort();
  const readerFeatures = readerFeaturesOf(writerFeatures);
  if (readerFeatures.length === 0)
    return { minReaderVersion: protocol.minReaderVersion, minWriterVersion: 7, writerFeatures };
  return { minReaderVersion: 3, minWriterVersion: 7, readerFeatures, writerFeatures };
}

/** A protocol that both `a` and `b` are content with: neither is lowered. */
export function mergeProtocols(a: Protocol, b: Protocol): Protocol {
  if (a.minWriterVersion < 7 && b.minWriterVersion < 7) {
    return {
      minReaderVersion: Math.max(a.minReaderVersion, b.minReaderVersion),
      minWriterVersion: Math.max(a.minWriterVersion, b.minWriterVersion),
    };
  }
  const [newer, older] = a.minWriterVersion >= b.minWriterVersion ? [a, b] : [b, a];
  const merged = withFeatures(newer, featuresOf(older));
  return merged.minReaderVersion >= older.minReaderVersion
    ? merged
    : { ...merged, minReaderVersion: older.minReaderVersion };
}

/** The features that properties, schema and domains of a table demand. */
export function demandedFeatures({ configuration, schema, domains = [] }: TableShape): readonly string[] {
  const byProperty = PROPERTY_FEATURES.flatMap(([key, test, features]) =>
    test(configuration[key]) ? features : [],
  );
  const constraints = Object.keys(configuration).some((key) => key.startsWith("delta.constraints."))
    ? ["checkConstraints"]
    : [];
  const clustering = domains.includes("delta.clustering") ? ["clustering", "domainMetadata"] : [];
  return [...new Set([...byProperty, ...constraints, ...schemaFeatures(schema), ...clustering])];
}

export interface TableShape {
  readonly configuration: Readonly<Record<string, string>>;
  readonly schema: StructType;
  /** Names of its metadata domains. */
  readonly domains?: readonly string[];
}

const PROPERTY_FEATURES: readonly (readonly [
  key: string,
  test: (value: string | undefined) => boolean,
  features: readonly string[],
])[] = [
  ["delta.appendOnly", isTrue, ["appendOnly"]],
  ["delta.enableChangeDataFeed", isTrue, ["changeDataFeed"]],
  ["delta.enableDeletionVectors", isTrue, ["deletionVectors"]],
  ["delta.enableInCommitTimestamps", isTrue, ["inCommitTimestamp"]],
  ["delta.enableRowTracking", isTrue, ["domainMetadata", "rowTracking"]],
  ["delta.enableTypeWidening", isTrue, ["typeWidening"]],
  ["delta.enableIcebergCompatV1", isTrue, ["columnMapping", "icebergCompatV1"]],
  ["delta.enableIcebergCompatV2", isTrue, ["columnMapping", "icebergCompatV2"]],
  ["delta.checkpointPolicy", (value) => value === "v2", ["v2Checkpoint"]],
  ["delta.columnMapping.mode", (value) => value === "name" || value === "id", ["columnMapping"]],
];

function schemaFeatures(schema: StructType): readonly string[] {
  const fields = [...walkFields(schema)].map(({ field }) => ({ field, facts: fieldFacts(field) }));
  return [
    ...(usesType(schema, "timestamp_ntz") ? ["timestampNtz"] : []),
    ...(usesType(schema, "variant") ? ["variantType"] : []),
    ...(fields.some(({ facts }) => facts.generationExpression !== undefined) ? ["generatedColumns"] : []),
    ...(fields.some(({ facts }) => facts.identity !== undefined) ? ["identityColumns"] : []),
    ...(fields.some(({ facts }) => facts.currentDefault !== undefined) ? ["allowColumnDefaults"] : []),
    ...(fields.some(({ facts }) => facts.typeChanges.length > 0) ? ["typeWidening"] : []),
    ...(fields.some(({ field }) => !field.nullable || "delta.invariants" in field.metadata)
      ? ["invariants"]
      : []),
  ];
}

/**
 * Splits TBLPROPERTIES as typed into what is stored and what asks for the protocol: `delta.feature.x =
 * supported`, `delta.minReaderVersion`, `delta.minWriterVersion`. Throws DELTA_INVALID_TABLE_PROPERTY for
 * another value of these.
 */
export function splitProperties(properties: Readonly<Record<string, string>>): {
  readonly configuration: Readonly<Record<string, string>>;
  readonly features: readonly string[];
  readonly versions: WantedVersions;
} {
  const stored: [string, string][] = [];
  const features: string[] = [];
  let versions: WantedVersions = {};
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("delta.feature.")) features.push(featureOf(key, value));
    else if (key === "delta.minReaderVersion") versions = { ...versions, reader: versionOf(key, value, 3) };
    else if (key === "delta.minWriterVersion") versions = { ...versions, writer: versionOf(key, value, 7) };
    else stored.push([key, value]);
  }
  return { configuration: Object.fromEntries(stored), features, versions };
}

function featureOf(key: string, value: string): string {
  if (value === "supported" || value === "enabled") return key.slice("delta.feature.".length);
  throw invalid(key, `'supported', not '${value}'`);
}

function versionOf(key: string, value: string, highest: number): number {
  const version = Number(value);
  if (Number.isInteger(version) && version >= 1 && version <= highest) return version;
  throw invalid(key, `a version from 1 to ${highest}, not '${value}'`);
}

function invalid(property: string, what: string): DeltaError {
  return new DeltaError("DELTA_INVALID_TABLE_PROPERTY", `${property} must be ${what}`, {
    context: { property },
  });
}
