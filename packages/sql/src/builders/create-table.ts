import type { ObjectName, Statement } from "@clone-xs/unity";
import { clauses, id, join, lit, type SqlFragment, sql, statement, unsafeText } from "../tag/index.ts";
import { commentClause, create, type Existence, mapClause, type TextMap } from "./clauses.ts";
import { type AsOf, asOfClause, type TableSource, tableSource } from "./tables.ts";

/** A column of CREATE TABLE. Types and expressions are SQL text already, as SHOW CREATE TABLE writes them. */
export interface ColumnRequest {
  readonly name: string;
  readonly typeText: string;
  readonly nullable: boolean;
  readonly comment?: string;
  readonly defaultText?: string;
  /** Of GENERATED ALWAYS AS (…). */
  readonly generatedText?: string;
  readonly identity?: { readonly always: boolean; readonly start: bigint; readonly step: bigint };
}

/** What a Delta table is beside its columns and rows. */
export interface TableLayout {
  readonly partitionedBy?: readonly string[];
  /** Parts of each clustering column's name; `auto` leaves the choice to the workspace. */
  readonly clusterBy?: readonly (readonly string[])[] | "auto";
  readonly comment?: string;
  readonly tblProperties?: TextMap;
  /** Makes the table external. */
  readonly location?: string;
}

export interface CreateTableRequest extends Existence, TableLayout {
  readonly table: ObjectName;
  readonly columns: readonly ColumnRequest[];
}

/** ``CREATE OR REPLACE TABLE t (`a` INT NOT NULL COMMENT 'x') USING DELTA PARTITIONED BY (`a`)``: a table without rows. */
export function createTable(request: CreateTableRequest): Statement {
  return statement(
    "create",
    clauses(
      create(sql`TABLE`, id(request.table), request),
      sql`(${join(request.columns.map(column))})`,
      layout(request),
    ),
  );
}

export interface CopyRowsRequest extends Existence, TableLayout {
  readonly table: ObjectName;
  readonly source: TableSource;
  readonly asOf?: AsOf;
  /** A condition over the source's columns: SQL text that has been parsed as one expression. */
  readonly where: string;
}

/** `CREATE OR REPLACE TABLE t USING DELTA AS SELECT * FROM s VERSION AS OF 7 WHERE id > 1`; the condition stands last, where a comment in it hides nothing. */
export function copyRows(request: CopyRowsRequest): Statement {
  return statement(
    "create",
    clauses(
      create(sql`TABLE`, id(request.table), request),
      layout(request),
      sql`AS SELECT * FROM ${tableSource(request.source)}`,
      request.asOf && asOfClause(request.asOf),
      sql`WHERE ${unsafeText(request.where)}`,
    ),
  );
}

export function setNotNull(table: ObjectName, name: string): Statement {
  return statement("alter", sql`ALTER TABLE ${id(table)} ALTER COLUMN ${id(name)} SET NOT NULL`);
}

/** One row with a statement that makes the table again. */
export function showCreateTable(table: ObjectName): Statement {
  return statement("describe", sql`SHOW CREATE TABLE ${id(table)}`);
}

function column(request: ColumnRequest): SqlFragment {
  const { name, typeText, nullable, comment, defaultText, generatedText, identity } = request;
  return clauses(
    id(name),
    unsafeText(typeText),
    !nullable && sql`NOT NULL`,
    generatedText !== undefined && sql`GENERATED ALWAYS AS (${unsafeText(generatedText)})`,
    identity && identityClause(identity),
    defaultText !== undefined && sql`DEFAULT ${unsafeText(defaultText)}`,
    commentClause(comment),
  );
}

function identityClause({ always, start, step }: NonNullable<ColumnRequest["identity"]>): SqlFragment {
  const how = always ? sql`ALWAYS` : sql`BY DEFAULT`;
  return sql`GENERATED ${how} AS IDENTITY (START WITH ${unsafeText(`${start}`)} INCREMENT BY ${unsafeText(`${step}`)})`;
}

function layout({ partitionedBy = [], clusterBy = [], ...rest }: TableLayout): SqlFragment {
  return clauses(
    sql`USING DELTA`,
    partitionedBy.length > 0 && sql`PARTITIONED BY (${join(partitionedBy.map((name) => id(name)))})`,
    clusterBy === "auto" ? sql`CLUSTER BY AUTO` : clusterBy.length > 0 && clusterClause(clusterBy),
    commentClause(rest.comment),
    mapClause(sql`TBLPROPERTIES`, rest.tblProperties),
    rest.location !== undefined && sql`LOCATION ${lit(rest.location)}`,
  );
}

function clusterClause(columns: readonly (readonly string[])[]): SqlFragment {
  return sql`CLUSTER BY (${join(
    columns.map((parts) =>
      join(
        parts.map((part) => id(part)),
        ".",
      ),
    ),
  )})`;
}
