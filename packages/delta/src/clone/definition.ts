import type { Action, DomainMetadata, MetadataAction, Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { type JsonObject, parseJson } from "../json.ts";
import {
  demandedFeatures,
  featuresOf,
  mergeProtocols,
  splitProperties,
  withFeatures,
} from "../protocol/features.ts";
import { withEnablement, withoutEnablement } from "../protocol/in-commit-timestamps.ts";
import { withHiddenColumns } from "../protocol/row-tracking.ts";
import { withVersions } from "../protocol/versions.ts";
import { checkWritable } from "../protocol/write-support.ts";
import { withFurtherMarks } from "../schema/identity.ts";
import { printSchema } from "../schema/parse.ts";
import type { LiveFile, Snapshot } from "../snapshot.ts";
import type { CloneSource } from "./request.ts";

export interface DefinitionInput {
  readonly source: Pick<CloneSource, "protocol" | "metadata" | "domainMetadata">;
  readonly base?: Snapshot;
  readonly properties: Readonly<Record<string, string>>;
  /** A fresh one names a new table and its hidden columns. */
  readonly uuid: () => string;
  readonly now: number;
}

/** The clone's metadata, protocol (when it changes) and metadata domains. */
export interface CloneDefinition {
  readonly metaData: MetadataAction;
  readonly protocol?: Protocol;
  readonly domains: readonly Action[];
  /** Whether every file gets row ids in the clone. */
  readonly hasRowTracking: boolean;
}

/**
 * What a clone takes over: schema, partitioning, properties and creation time of the source; a new id, or the
 * target's; neither name nor description. The protocol is the source's, raised by the properties of the
 * statement, and never lower than the target had. Hidden columns of row tracking get names of the clone's own.
 * Throws DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE and DELTA_CANNOT_MODIFY_TABLE_PROPERTY when properties or
 * target would change the column mapping, DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED, and
 * DELTA_UNSUPPORTED_FEATURES_FOR_WRITE.
 */
export function cloneDefinition({ source, base, properties, uuid, now }: DefinitionInput): CloneDefinition {
  const { schema, partitionColumns, format, createdTime } = source.metadata;
  const marked = base === undefined ? schema : withFurtherMarks(schema, base.metadata.schema);
  const schemaString = marked === schema ? source.metadata.schemaString : printSchema(marked);
  const { configuration: overrides, features, versions } = splitProperties(properties);
  refuseMappingChange(source.metadata.configuration, overrides, base?.metadata.configuration);
  const configuration = withHighestColumnId(
    { ...withoutEnablement(source.metadata.configuration), ...overrides },
    base?.metadata.configuration,
  );
  const clustering = source.domainMetadata.get(CLUSTERING);
  const demanded = demandedFeatures({ configuration: overrides, schema: { ...schema, fields: [] } });
  const raised = withFeatures(withVersions(source.protocol, versions), [...demanded, ...features]);
  const protocol = base === undefined ? raised : mergeProtocols(base.protocol, raised);
  checkWritable(protocol, { repeatsFiles: true });
  const since = base && { version: base.version + 1, timestamp: Math.max(now, base.timestamp + 1) };
  return {
    metaData: {
      id: base?.metadata.id ?? uuid(),
      format,
      schemaString,
      partitionColumns,
      configuration: withHiddenColumns(
        since ? withEnablement(base.metadata.configuration, configuration, since) : configuration,
        { protocol, schema, uuid, ...(base && { previous: base.metadata.configuration }) },
      ),
      ...(createdTime !== undefined && { createdTime }),
    },
    ...(!sameProtocol(base?.protocol, protocol) && { protocol }),
    domains: clusteringActions(clustering, base?.domainMetadata.get(CLUSTERING)),
    hasRowTracking: featuresOf(protocol).includes("rowTracking"),
  };
}

export interface CloneLimits {
  /** TBLPROPERTIES of the statement. */
  readonly properties: Readonly<Record<string, string>>;
  readonly hasRowTracking: boolean;
}

/**
 * Throws DELTA_ADDING_DELETION_VECTORS_DISALLOWED for a vector that the clone's properties forbid, and
 * DELTA_CLONE_WITH_ROW_TRACKING_WITHOUT_STATS for a file whose rows cannot be given ids.
 */
export function checkCloneable(file: LiveFile, { properties, hasRowTracking }: CloneLimits): void {
  const forbidden = properties["delta.enableDeletionVectors"]?.toLowerCase() === "false";
  if (file.deletionVector !== undefined && forbidden)
    throw new DeltaError(
      "DELTA_ADDING_DELETION_VECTORS_DISALLOWED",
      "The source has deletion vectors, which the clone's delta.enableDeletionVectors = false does not allow",
      { context: { path: file.path } },
    );
  if (hasRowTracking && !hasRowCount(file))
    throw new DeltaError(
      "DELTA_CLONE_WITH_ROW_TRACKING_WITHOUT_STATS",
      `A table with row tracking can only be cloned when every file has statistics; ${file.path} has no number of rows`,
      { context: { path: file.path } },
    );
}

const CLUSTERING = "delta.clustering";

type Configuration = Readonly<Record<string, string>>;

const MODE = "delta.columnMapping.mode";
const LAST_ID = "delta.columnMapping.maxColumnId";

/** A clone has the source's column mapping; of an existing target only the upgrade from none to name is one. */
function refuseMappingChange(source: Configuration, overrides: Configuration, base?: Configuration): void {
  const mode = source[MODE] ?? "none";
  const typed = overrides[MODE]?.toLowerCase() ?? mode;
  if (typed !== mode) throw mappingChange(mode, typed);
  const before = base === undefined ? mode : (base[MODE] ?? "none");
  if (before !== mode && !(before === "none" && mode === "name")) throw mappingChange(before, mode);
  if (overrides[LAST_ID] !== undefined && overrides[LAST_ID] !== source[LAST_ID])
    throw new DeltaError(
      "DELTA_CANNOT_MODIFY_TABLE_PROPERTY",
      `The Delta table configuration ${LAST_ID} cannot be specified by the user: CLONE cannot modify ${LAST_ID}`,
      { context: { property: LAST_ID } },
    );
}

function mappingChange(from: string, to: string): DeltaError {
  return new DeltaError(
    "DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE",
    `Changing column mapping mode from '${from}' to '${to}' is not supported.`,
    { context: { property: MODE, from, to } },
  );
}

/** Ids of columns that the target ever had are not given again. */
function withHighestColumnId(configuration: Configuration, base: Configuration = {}): Configuration {
  const [ours, theirs] = [configuration[LAST_ID], base[LAST_ID]];
  if (ours === undefined || theirs === undefined || Number(theirs) <= Number(ours)) return configuration;
  return { ...configuration, [LAST_ID]: theirs };
}

function hasRowCount({ stats }: LiveFile): boolean {
  if (stats === undefined) return false;
  const count = (parseJson(stats) as JsonObject)["numRecords"];
  return typeof count === "number" || typeof count === "bigint";
}

function clusteringActions(
  source: DomainMetadata | undefined,
  target: DomainMetadata | undefined,
): readonly Action[] {
  if (source !== undefined) return [{ domainMetadata: source }];
  return target === undefined ? [] : [{ domainMetadata: { ...target, removed: true } }];
}

function sameProtocol(a: Protocol | undefined, b: Protocol): boolean {
  const sorted = ({
    minReaderVersion,
    minWriterVersion,
    readerFeatures = [],
    writerFeatures = [],
  }: Protocol) =>
    JSON.stringify([
      minReaderVersion,
      minWriterVersion,
      readerFeatures.toSorted(),
      writerFeatures.toSorted(),
    ]);
  return a !== undefined && sorted(a) === sorted(b);
}
