import { type DomainMetadata, fieldFacts, type StructType } from "@clone-xs/delta";
import { failure } from "../errors.ts";
import { fieldIndex } from "./field-path.ts";

export const CLUSTERING = "delta.clustering";
const MOST = 4;

/**
 * What the log keeps of CLUSTER BY: columns and fields of structs, by their physical names. Throws UNRESOLVED_COLUMN, and
 * DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS for more than four.
 */
export function clusteringDomain(
  schema: StructType,
  columns: readonly (readonly string[])[],
): DomainMetadata {
  if (columns.length > MOST)
    throw failure(
      "DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS",
      "54000",
      `CLUSTER BY for Liquid clustering supports up to ${MOST} clustering columns, but the table has ${columns.length} clustering columns. Please remove the extra clustering columns.`,
    );
  const clusteringColumns = columns.map((path) => physicalPath(schema, path));
  const configuration = JSON.stringify({ clusteringColumns, domainName: CLUSTERING });
  return { domain: CLUSTERING, configuration, removed: false };
}

function physicalPath(schema: StructType, path: readonly string[]): readonly string[] {
  const names: string[] = [];
  let { fields } = schema;
  for (const part of path) {
    const field = fields[fieldIndex(fields, part, path)];
    if (field === undefined) continue;
    names.push(fieldFacts(field).physicalName);
    fields = field.type.kind === "struct" ? field.type.fields : [];
  }
  return names;
}

/** The physical paths that a clustering domain names. */
export function clusteredPaths(domain: DomainMetadata | undefined): readonly (readonly string[])[] {
  if (domain === undefined) return [];
  const { clusteringColumns = [] } = JSON.parse(domain.configuration) as {
    readonly clusteringColumns?: readonly (readonly string[])[];
  };
  return clusteringColumns;
}
