import {
  addCheck,
  cloneTable,
  type ColumnRequest,
  columnComments,
  copyRows,
  createTable,
  setNotNull,
  type TableLayout,
} from "@clone-xs/sql";
import type { Statement, Workspace } from "@clone-xs/unity";
import { STAMP_PROPERTY } from "../decide/provenance.ts";
import { CloneError } from "../errors.ts";
import type { DefinedColumn, TableDefinition } from "../inspect/definitions.ts";
import type { CloneTableOperation } from "../plan/plan.ts";

/**
 * The statement that makes the table, at its pinned version: CLONE for all rows, a query for some. A table without rows is made from its
 * definition, as CREATE TABLE LIKE leaves out defaults, checks and layout, and a CLONE followed by DELETE would copy what it then removes.
 */
export function makingStatement(
  operation: CloneTableOperation,
  stamp: string,
): (replace: boolean) => Statement {
  const { target: table, readFrom: source = operation.source, extent, version, depth } = operation;
  const tblProperties = { ...operation.properties, [STAMP_PROPERTY]: stamp };
  const asOf = version === null ? {} : { asOf: { version: BigInt(version) } };
  const location = operation.location === null ? {} : { location: operation.location };
  switch (extent.rows) {
    case "all":
      return (replace) =>
        cloneTable({
          target: table,
          source,
          shallow: depth === "SHALLOW",
          replace,
          tblProperties,
          ...asOf,
          ...location,
        });
    case "where": {
      const layout = { ...layoutOf(operation), tblProperties, ...location };
      return (replace) =>
        copyRows({ table, source, replace, where: extent.predicate.trim(), ...asOf, ...layout });
    }
    case "none": {
      const layout = { ...layoutOf(operation), tblProperties, ...location };
      const columns = definitionOf(operation).columns.map(columnRequest);
      return (replace) => createTable({ table, columns, replace, ...layout });
    }
  }
}

/** A statement after the table is made, and how to see that it was carried out when its answer is lost. */
export interface FinishingTouch {
  readonly statement: Statement;
  readonly isDone: (target: Workspace) => Promise<boolean>;
}

/** What the making statement does not carry: comments and NOT NULL after a query, checks after either. */
export function finishingTouches(operation: CloneTableOperation): readonly FinishingTouch[] {
  const { target, extent } = operation;
  if (extent.rows === "all") return [];
  const { columns, checks } = definitionOf(operation);
  const again = (statement: Statement) => ({ statement, isDone: async () => false });
  return [
    ...(extent.rows === "where" ? afterQuery(target, columns).map(again) : []),
    ...checks.map(({ name, condition }) => ({
      statement: addCheck(target, name, condition),
      isDone: async ({ unity }: Workspace) => {
        const properties = (await unity.table(target))?.properties ?? {};
        return `delta.constraints.${name.toLowerCase()}` in properties;
      },
    })),
  ];
}

function afterQuery(
  table: CloneTableOperation["target"],
  columns: readonly DefinedColumn[],
): readonly Statement[] {
  const comments = columns.flatMap(({ name, comment }) =>
    comment === null ? [] : [[name, comment] as const],
  );
  const required = columns.filter(({ nullable }) => !nullable);
  return [
    ...(comments.length > 0 ? [columnComments(table, Object.fromEntries(comments))] : []),
    ...required.map(({ name }) => setNotNull(table, name)),
  ];
}

function layoutOf(operation: CloneTableOperation): Omit<TableLayout, "tblProperties" | "location"> {
  const { partitionedBy, clusterBy } = definitionOf(operation);
  return {
    partitionedBy,
    clusterBy,
    ...(operation.comment === null ? {} : { comment: operation.comment }),
  };
}

function columnRequest(column: DefinedColumn): ColumnRequest {
  const { name, typeText, nullable, comment, default: given, generated, identity } = column;
  return {
    name,
    typeText,
    nullable,
    ...(comment === null ? {} : { comment }),
    ...(given === null ? {} : { defaultText: given }),
    ...(generated === null ? {} : { generatedText: generated }),
    ...(identity === null
      ? {}
      : { identity: { ...identity, start: BigInt(identity.start), step: BigInt(identity.step) } }),
  };
}

function definitionOf({ source, definition }: CloneTableOperation): TableDefinition {
  if (definition !== null) return definition;
  const { schema, name } = source;
  throw new CloneError(
    "INTERNAL",
    `The plan has no definition of ${schema}.${name}, which is not made by CLONE.`,
  );
}
