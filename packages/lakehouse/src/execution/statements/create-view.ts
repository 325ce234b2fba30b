import type { Query } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireCreateTable, requireOwnerOrManage } from "../../authorization/index.ts";
import type { TableRecord } from "../../metastore/metastore.ts";
import { environmentFor } from "../catalog/view.ts";
import { failure, quotedParts, tableExists } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { catalogText } from "../types/text.ts";
import { DONE, type Work } from "../work.ts";
import {
  checkNewName,
  commentOf,
  madeNow,
  propertiesOf,
  requireNamespace,
  type StatementOf,
} from "./statement.ts";

/** CREATE [OR REPLACE] VIEW. The query is resolved now, so that a view which cannot be read is never made. */
export async function createView(work: Work, statement: StatementOf<"createView">): Promise<ExecutionResult> {
  const { metastore, uuid } = work.context;
  const name = objectName(partsOf(statement.name), work.namespace, {
    text: work.input.text,
    span: statement.name,
  });
  checkNewName(name.name, "Table");
  requireNamespace(work, name);
  requireCreateTable(work.viewer, name);
  const existing = metastore.table(name);
  if (existing !== undefined && statement.ifNotExists) return DONE;
  if (existing !== undefined && !statement.orReplace) throw tableExists(nameParts(name));
  if (existing !== undefined) {
    if (existing.view === undefined)
      throw failure(
        "EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE",
        "42809",
        `The table ${quotedParts(nameParts(name))} does not support CREATE OR REPLACE VIEW.`,
      );
    requireOwnerOrManage(work.viewer, { type: "table", name });
  }
  const view = await viewOf(
    work,
    name,
    statement.query,
    statement.columns.map((c) => ({ name: c.name.text, ...commentOf(c.comment) })),
  );
  const record: TableRecord = {
    ...madeNow(work),
    ...name,
    ...commentOf(statement.comment),
    id: uuid(),
    tableType: "VIEW",
    view,
    properties: propertiesOf(statement.properties),
    constraints: [],
    columnMasks: [],
  };
  return metastore.transaction(() => {
    // Replacing a view drops its tags and grants, as Databricks does.
    if (existing !== undefined) metastore.removeTable(name);
    metastore.putTable(record);
    return DONE;
  });
}

/** A view's definition: its text, the namespace of its names, and its columns as they resolve now. */
export async function viewOf(
  work: Work,
  name: ObjectName,
  query: Query,
  named: readonly { readonly name: string; readonly comment?: string }[],
): Promise<NonNullable<TableRecord["view"]>> {
  const environment = { ...(await environmentFor(work, query)), expanding: [fullName(name)] };
  const { columns } = environment.translate.query(query, environment);
  if (named.length > 0 && named.length !== columns.length)
    throw failure(
      "CREATE_VIEW_COLUMN_ARITY_MISMATCH",
      "21S01",
      `Cannot create view, the reason is ${named.length > columns.length ? "not enough" : "too many"} data columns: the view names ${named.length}, its query gives ${columns.length}.`,
    );
  const shown = columns.map((column, i) => ({
    ...named[i],
    name: named[i]?.name ?? column.name,
    typeText: catalogText(column.type),
  }));
  const names = shown.map((c) => c.name.toLowerCase());
  const twice = names.find((n, i) => names.indexOf(n) !== i);
  if (twice !== undefined)
    throw failure(
      "COLUMN_ALREADY_EXISTS",
      "42711",
      `The column \`${twice}\` already exists. Choose another name or rename the existing column.`,
    );
  return { text: work.input.text.slice(query.start, query.end), namespace: work.namespace, columns: shown };
}
