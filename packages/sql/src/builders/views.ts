import type { ObjectName, SchemaName, Statement } from "@clone-xs/unity";
import { clauses, id, join, type SqlFragment, sql, statement, unsafeText } from "../tag/index.ts";
import { commentClause, create, type Existence, mapClause, type TextMap } from "./clauses.ts";

export interface ColumnLabel {
  readonly name: string;
  readonly comment?: string;
}

export interface CreateViewRequest extends Existence, ObjectName {
  /** The query, as typed. Stands last, so that a comment at its end hides nothing. */
  readonly text: string;
  /** Names of all columns, or nothing: then the query names them. */
  readonly columns?: readonly ColumnLabel[];
  readonly comment?: string;
  readonly properties?: TextMap;
  /** What unqualified names in the text resolve against. */
  readonly namespace?: SchemaName;
}

export function createView(request: CreateViewRequest): Statement {
  const { columns = [] } = request;
  return statement(
    "create",
    clauses(
      create(sql`VIEW`, id(request.catalog, request.schema, request.name), request),
      columns.length > 0 && sql`(${join(columns.map(columnLabel))})`,
      commentClause(request.comment),
      mapClause(sql`TBLPROPERTIES`, request.properties),
      sql`AS ${unsafeText(request.text)}`,
    ),
    request.namespace,
  );
}

/** Changes the query and keeps tags, grants and shares, which CREATE OR REPLACE VIEW would drop. */
export function alterViewAs(view: ObjectName, text: string, namespace?: SchemaName): Statement {
  return statement("alter", sql`ALTER VIEW ${id(view)} AS ${unsafeText(text)}`, namespace);
}

function columnLabel(column: ColumnLabel): SqlFragment {
  return clauses(id(column.name), commentClause(column.comment));
}
