import type { Action, DomainMetadata, MetadataAction, Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { demandedFeatures, mergeProtocols, splitProperties, withFeatures } from "../protocol/features.ts";
import { withHiddenColumns } from "../protocol/row-tracking.ts";
import { withVersions } from "../protocol/versions.ts";
import { withEnablement, withoutEnablement } from "../protocol/in-commit-timestamps.ts";
import { withFurtherMarks } from "../schema/identity.ts";
import { printSchema } from "../schema/parse.ts";
import type { LiveFile, Snapshot } from "../snapshot.ts";
import type { CloneSource } from "./request.ts";

export interface DefinitionInput {
  readonly source: Pick<CloneSource, "protocol" | "metadata" | "domainMetadata">;
  readonly base?: Snapshot;
  readonly properties: Readonly<Record<string, string>>;
  /** Makes the id of a new table, and names of hidden columns. */
  readonly uuid: () => string;
  readonly now: number;
}

/** The clone's metadata, protocol (when it changes) and metadata domains. */
export interface CloneDefinition {
  readonly metaData: MetadataAction;
  readonly protocol?: Protocol;
  readonly domains: readonly Action[];
}

/**
 * What a clone takes over: schema, partitioning, properties and creation time of the source; a new id, or the
 * target's; neither name nor description. The protocol is the source's, raised by the properties of the
 * statement, and never lower than the target had. Throws DELTA_CONFIGURE_COLUMN_MAPPING when the properties
 * would change the column mapping.
 */
export function cloneDefinition({ source, base, properties, uuid, now }: DefinitionInput): CloneDefinition {
  const { schema, partitionColumns, format, createdTime } = source.metadata;
  const marked = base === undefined ? schema : withFurtherMarks(schema, base.metadata.schema);
  const schemaString = marked === schema ? source.metadata.schemaString : printSchema(marked);
  const { configuration: overrides, features, versions } = splitProperties(properties);
  refuseMappingChange(source.metadata.configuration, overrides);
  const configuration = { ...withoutEnablement(source.metadata.configuration), ...overrides };
  const clustering = source.domainMetadata.get(CLUSTERING);
  const demanded = demandedFeatures({ configuration: overrides, schema: { ...schema, fields: [] } });
  const raised = withFeatures(withVersions(source.protocol, versions), [...demanded, ...features]);
  const protocol = base === undefined ? raised : mergeProtocols(base.protocol, raised);
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
  };
}

/** Throws DELTA_ADDING_DELETION_VECTORS_DISALLOWED when the clone would have vectors its properties forbid. */
export function checkVectorsAllowed(file: LiveFile, properties: Readonly<Record<string, string>>): void {
  if (
    file.deletionVector === undefined ||
    properties["delta.enableDeletionVectors"]?.toLowerCase() !== "false"
  )
    return;
  throw new DeltaError(
    "DELTA_ADDING_DELETION_VECTORS_DISALLOWED",
    "The source has deletion vectors, which the clone's delta.enableDeletionVectors = false does not allow",
  );
}

const CLUSTERING = "delta.clustering";

function refuseMappingChange(
  source: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>>,
): void {
  for (const key of ["delta.columnMapping.mode", "delta.columnMapping.maxColumnId"]) {
    const wanted = overrides[key];
    if (wanted === undefined || wanted === (source[key] ?? "none")) continue;
    throw new DeltaError(
      "DELTA_CONFIGURE_COLUMN_MAPPING",
      `CLONE cannot change ${key} from ${source[key] ?? "none"} to ${wanted}`,
      {
        context: { property: key },
      },
    );
  }
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
