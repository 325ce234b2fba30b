import type { TableDefinition } from "@clone-xs/delta";
import type { CreateTable, TableReference } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { requireSelect } from "../../authorization/index.ts";
import { isGuarded } from "../catalog/gather.ts";
import { deltaTableOf, resolveRecord } from "../catalog/resolve-table.ts";
import { failure, unsupported } from "../errors.ts";
import type { Work } from "../work.ts";
import { definitionOf } from "./change-metadata.ts";
import { deltaPropertiesOf } from "./table-properties.ts";

/** What a table keeps for itself: names of its hidden columns, when its commits got their own times. */
const OWN = /^delta\.(?:rowTracking\.materialized|inCommitTimestampEnablement)/;

/** The definition of CREATE TABLE … LIKE: columns, partitioning, comment and properties of another table, and none of its rows. */
export async function likeDefinition(
  work: Work,
  statement: CreateTable,
  like: TableReference,
): Promise<TableDefinition> {
  if (statement.orReplace) throw unsupported("CREATE OR REPLACE TABLE … LIKE");
  if (
    statement.columns.length > 0 ||
    statement.query !== undefined ||
    statement.clusterBy.length > 0 ||
    statement.partitionedBy.length > 0
  )
    throw unsupported("CREATE TABLE … LIKE with columns, clustering or a query of its own");
  const { record, name } = resolveRecord(work, like);
  requireSelect(work.viewer, name);
  if (isGuarded(record))
    throw failure(
      "UNSUPPORTED_FEATURE.ROW_COLUMN_ACCESS_CLONE",
      "0A000",
      `The feature is not supported: CREATE TABLE LIKE of table ${fullName(name)}, which has row filters or column masks.`,
    );
  const snapshot = await deltaTableOf(work, record, "CREATE TABLE LIKE").snapshot();
  const { properties, description, ...definition } = definitionOf(snapshot);
  const kept = Object.entries(properties).filter(([key]) => !OWN.test(key));
  const comment = statement.comment ?? description;
  return {
    ...definition,
    properties: { ...Object.fromEntries(kept), ...deltaPropertiesOf(statement.properties) },
    ...(comment !== undefined && { description: comment }),
  };
}
