import type { Table } from "@clone-xs/unity";
import { extentOf } from "../decide/extent.ts";
import type { TableDefinition } from "../inspect/definitions.ts";
import { localKey } from "../inspect/inventory.ts";
import type { Residue } from "../summarize/summary.ts";
import type { CloneTableOperation } from "./plan.ts";
import type { Planning } from "./planning.ts";
import { tableLocation } from "./locations.ts";

type Content = Pick<CloneTableOperation, "extent" | "definition" | "comment" | "location" | "properties">;

/** What a copy is made of, where it is not CLONE that makes it as its source is. */
export function contentOf(table: Table, planning: Planning): Content {
  const { request, source } = planning;
  const extent = extentOf(table, request);
  const location = tableLocation(table, planning);
  if (extent.rows === "all")
    return { extent, definition: null, comment: null, location, properties: request.tableProperties };
  const read = source.definitions[localKey(table)];
  const definition = read?.ok ? withComments(read.definition, request.copy.comments) : null;
  return {
    extent,
    definition,
    comment: request.copy.comments ? (table.comment ?? null) : null,
    location,
    properties: { ...carriedProperties(table.properties), ...request.tableProperties },
  };
}

/** Columns that a query gives as plain ones: an expression of another kind cannot be set on an existing column. */
export function plainColumns(table: Table, definition: TableDefinition | undefined): readonly Residue[] {
  const special = (definition?.columns ?? []).flatMap((column) => {
    const kind = column.generated !== null ? "generated" : column.identity !== null ? "identity" : "default";
    const isPlain = column.generated === null && column.identity === null && column.default === null;
    return isPlain ? [] : [`${column.name} (${kind})`];
  });
  if (special.length === 0) return [];
  const reason = `a copy of some rows is made by a query, which makes plain columns of ${special.join(", ")}`;
  return [{ object: `${table.schema}.${table.name}`, what: "columns", reason }];
}

/**
 * Properties that are the table's own account of itself, or come with its columns and checks. All others are stated again, as CLONE
 * would have brought them.
 */
const NOT_CARRIED =
  /^(?:clxs\.|delta\.(?:constraints\.|lastUpdateVersion|lastCommitTimestamp|minReaderVersion|minWriterVersion|feature\.(?!allowColumnDefaults)|rowTracking\.|columnMapping\.maxColumnId|inCommitTimestampEnablement|coordinatedCommits))/u;

function carriedProperties(properties: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !NOT_CARRIED.test(key)));
}

function withComments(definition: TableDefinition, comments: boolean): TableDefinition {
  if (comments) return definition;
  return { ...definition, columns: definition.columns.map((column) => ({ ...column, comment: null })) };
}
