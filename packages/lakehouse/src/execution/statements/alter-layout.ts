import {
  type DomainMetadata,
  fieldFacts,
  type Identity,
  type Snapshot,
  type StructField,
} from "@clone-xs/delta";
import type { Identifier, QualifiedName } from "@clone-xs/sql";
import { filesOf, rowsOf } from "../../tables/read.ts";
import { failure } from "../errors.ts";
import { partsOf } from "../object-names.ts";
import { runPlain } from "../run.ts";
import { quoteName } from "../translate/quote.ts";
import { type Altered, changeDefinition, changeRecord, columnNamed, deltaTable } from "./altered.ts";
import { changeMetadata, definitionOf } from "./change-metadata.ts";
import { CLUSTERING, clusteredPaths, clusteringDomain } from "./clustering.ts";
import { withMark } from "./identity.ts";
import { withField } from "./shape.ts";

/** CLUSTER BY other columns, or none: for rows that are written from now on, and what OPTIMIZE gathers. */
export async function clusterBy(altered: Altered, columns: readonly QualifiedName[]): Promise<void> {
  const { metadata, domainMetadata } = await deltaTable(altered).snapshot();
  if (metadata.partitionColumns.length > 0)
    throw failure(
      "DELTA_ALTER_TABLE_CLUSTER_BY_ON_PARTITIONED_TABLE_NOT_ALLOWED",
      "42000",
      "ALTER TABLE CLUSTER BY cannot be applied to a partitioned table.",
    );
  const old = domainMetadata.get(CLUSTERING);
  await changeMetadata(altered.work, deltaTable(altered), {
    operation: "CLUSTER BY",
    operationParameters: {
      oldClusteringColumns: namesOf(metadata.schema.fields, old).join(","),
      newClusteringColumns: columns.map((column) => partsOf(column).join(".")).join(","),
    },
    definition: (base) => {
      const domains = [clusteringDomain(base.metadata.schema, columns.map(partsOf))];
      return columns.length === 0 && old === undefined
        ? definitionOf(base)
        : { ...definitionOf(base), domains };
    },
  });
  changeRecord(altered);
}

function namesOf(fields: readonly StructField[], domain: DomainMetadata | undefined): readonly string[] {
  return clusteredPaths(domain).map(([physical, ...more]) => {
    const field = fields.find((f) => fieldFacts(f).physicalName === physical);
    return [field?.name ?? physical ?? "", ...more].join(".");
  });
}

/** SYNC IDENTITY: values that are generated from now on come after all that the table has, whoever gave them. */
export async function syncIdentity(altered: Altered, column: Identifier): Promise<void> {
  const { name } = await columnNamed(altered, column.text);
  const snapshot = await deltaTable(altered).snapshot();
  const field = snapshot.metadata.schema.fields.find((f) => f.name === name);
  const identity = field && fieldFacts(field).identity;
  if (identity === undefined)
    throw failure(
      "DELTA_IDENTITY_COLUMNS_ALTER_NON_IDENTITY_COLUMN",
      "42809",
      "ALTER TABLE ALTER COLUMN SYNC IDENTITY cannot be called on non IDENTITY columns.",
    );
  const furthest = await furthestValue(altered, snapshot, name, identity);
  const mark = furthest === undefined ? undefined : markAfter(identity, furthest);
  if (mark === undefined) return;
  await changeDefinition(altered, "SYNC IDENTITY", (definition) => ({
    ...definition,
    schema: withField(definition.schema, name, (f) => withMark(f, mark)),
  }));
}

async function furthestValue(
  { work }: Altered,
  snapshot: Snapshot,
  name: string,
  { step }: Identity,
): Promise<bigint | undefined> {
  const run = (text: string) => runPlain(work, text);
  const { storage } = work.context.deltaTable(snapshot.root).environment;
  const files = await filesOf(snapshot, storage, run);
  const { sql } = rowsOf(snapshot, files);
  const { rows } = await runPlain(
    work,
    `SELECT CAST(${step > 0n ? "max" : "min"}(t.${quoteName(name)}) AS VARCHAR) FROM ${sql} AS t`,
  );
  const value = rows[0]?.[0];
  return value === null || value === undefined ? undefined : BigInt(value);
}

/** The first value of the sequence that is not before `furthest`; `undefined` when the mark is there already. */
function markAfter({ start, step, highWaterMark }: Identity, furthest: bigint): bigint | undefined {
  const isBefore = (a: bigint, b: bigint) => (step > 0n ? a < b : a > b);
  if (isBefore(furthest, start)) return undefined;
  const steps = (furthest - start) / step;
  const reached = start + steps * step;
  const mark = isBefore(reached, furthest) ? reached + step : reached;
  return highWaterMark === undefined || isBefore(highWaterMark, mark) ? mark : undefined;
}
