import type { SchemaName } from "@clone-xs/unity";
import { type FieldFacts, fieldFacts, fileUri, type Snapshot } from "@clone-xs/delta";
import { requireSelect, requireUseSchema, sees } from "../../authorization/index.ts";
import { icebergDefinition } from "../../iceberg/table.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { resolveTable, snapshotOf } from "../catalog/resolve-table.ts";
import { unsupported } from "../errors.ts";
import { nameParts } from "../object-names.ts";
import { DECLARED_TYPE, parseType } from "../types/text.ts";
import type { Type } from "../types/types.ts";
import type { Work } from "../work.ts";
import type { StatementOf } from "./statement.ts";

export interface DescribedColumn {
  readonly name: string;
  readonly type: Type;
  /** With the lengths of texts, where it was declared with some. */
  readonly declared?: string;
  readonly comment?: string;
  readonly nullable: boolean;
  readonly default?: string;
  /** What follows GENERATED: `ALWAYS AS (id + 1)`. */
  readonly generated?: string;
}

/** A table, view or directory as DESCRIBE and SHOW CREATE speak of it. */
export interface Described {
  /** Absent for a table by path. */
  readonly record?: TableRecord;
  readonly snapshot?: Snapshot;
  readonly columns: readonly DescribedColumn[];
  readonly properties: Readonly<Record<string, string>>;
  readonly comment?: string;
  readonly location?: string;
  /** Of a table whose files are listed by something else than its directory or a Delta log. */
  readonly files?: readonly { readonly size: number }[];
}

/** Looks a table up for description; whoever sees it may describe it. Throws TABLE_OR_VIEW_NOT_FOUND, INSUFFICIENT_PERMISSIONS. */
export async function describe(
  work: Work,
  target: StatementOf<"describeTable">["target"],
  namespace: SchemaName = work.namespace,
): Promise<Described> {
  const found = resolveTable(work, target, namespace, { text: work.input.text, span: target.name });
  if (found.kind === "path" && found.format !== "delta")
    throw unsupported(`DESCRIBE of a ${found.format} directory by path`);
  if (found.kind === "path") {
    const snapshot = await snapshotOf(work.context.deltaTable(found.location), [found.location]);
    return {
      snapshot,
      columns: deltaColumns(snapshot),
      properties: snapshot.metadata.configuration,
      location: fileUri(found.location),
    };
  }
  const { record, name } = found;
  if (!sees(work.viewer, { type: "table", name })) {
    requireUseSchema(work.viewer, name);
    requireSelect(work.viewer, name);
  }
  const snapshot = await deltaSnapshot(work, record);
  const iceberg = record.format === "ICEBERG" ? await icebergDefinition(record.location ?? "") : undefined;
  const comment = record.comment ?? snapshot?.metadata.description;
  const location =
    record.locationUri ?? (record.location === undefined ? undefined : fileUri(record.location));
  return {
    record,
    columns: columnsOf(record, snapshot ?? iceberg?.snapshot),
    properties: snapshot?.metadata.configuration ?? record.properties,
    ...(iceberg !== undefined && { files: iceberg.files }),
    ...(snapshot !== undefined && { snapshot }),
    ...(comment !== undefined && { comment }),
    ...(location !== undefined && { location }),
  };
}

function columnsOf(
  record: TableRecord,
  snapshot: Pick<Snapshot, "metadata"> | undefined,
): readonly DescribedColumn[] {
  return snapshot === undefined ? declaredColumns(record) : deltaColumns(snapshot);
}

async function deltaSnapshot(work: Work, record: TableRecord): Promise<Snapshot | undefined> {
  if (record.format !== "DELTA" || record.location === undefined) return undefined;
  return snapshotOf(work.context.deltaTable(record.location), nameParts(record));
}

export function deltaColumns({ metadata }: Pick<Snapshot, "metadata">): readonly DescribedColumn[] {
  return metadata.schema.fields.map((field) => {
    const { comment, currentDefault, ...facts } = fieldFacts(field);
    const generated = generatedText(facts);
    const declared = field.metadata[DECLARED_TYPE];
    return {
      name: field.name,
      type: field.type,
      ...(typeof declared === "string" && { declared }),
      nullable: field.nullable,
      ...(comment !== undefined && { comment }),
      ...(currentDefault !== undefined && { default: currentDefault }),
      ...(generated !== undefined && { generated }),
    };
  });
}

function generatedText({
  generationExpression,
  identity,
}: Pick<FieldFacts, "generationExpression" | "identity">): string | undefined {
  if (generationExpression !== undefined) return `ALWAYS AS (${generationExpression})`;
  if (identity === undefined) return undefined;
  const { allowExplicitInsert, start, step } = identity;
  return `${allowExplicitInsert ? "BY DEFAULT" : "ALWAYS"} AS IDENTITY (START WITH ${start} INCREMENT BY ${step})`;
}

export function declaredColumns({ columns, view }: TableRecord): readonly DescribedColumn[] {
  return (view?.columns ?? columns ?? []).map(({ typeText, ...column }) => ({
    ...column,
    type: parseType(typeText),
    nullable: true,
  }));
}

/** `delta`, `parquet`; a view has none. */
export function providerOf({ record }: Described): string | undefined {
  if (record?.shared !== undefined) return "deltaSharing";
  return record === undefined ? "delta" : record.format?.toLowerCase();
}

/** Clustering columns, from their domain in the log. */
export function clusteringColumns(snapshot: Snapshot | undefined): readonly string[] {
  const domain = snapshot?.domainMetadata.get("delta.clustering");
  if (domain === undefined) return [];
  const parsed: unknown = JSON.parse(domain.configuration);
  const columns =
    typeof parsed === "object" && parsed !== null && "clusteringColumns" in parsed
      ? parsed.clusteringColumns
      : [];
  return Array.isArray(columns)
    ? columns.map((path) => logicalName(snapshot, Array.isArray(path) ? path.join(".") : String(path)))
    : [];
}

function logicalName(snapshot: Snapshot | undefined, physical: string): string {
  const fields = snapshot?.metadata.schema.fields ?? [];
  return fields.find((f) => fieldFacts(f).physicalName === physical)?.name ?? physical;
}
