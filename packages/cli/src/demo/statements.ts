import {
  clauses,
  type Cell as SqlCell,
  id,
  insertValues,
  join,
  lit,
  setTags,
  sql,
  type SqlFragment,
  statement,
  unsafeText,
} from "@clone-xs/sql";
import type { ObjectName, Statement } from "@clone-xs/unity";
import type { Cell, DemoColumn, DemoForeignKey, DemoSize, DemoTable } from "./table.ts";

/** Rows in one INSERT … VALUES. */
const ROWS_PER_INSERT = 500;

/** Everything that makes one table, in order: create, fill, tag. */
export function tableStatements(catalog: string, table: DemoTable, size: DemoSize): readonly Statement[] {
  return [createTable(catalog, table), ...fill(catalog, table, size), ...tagging(catalog, table)];
}

/** A statement with the catalog put in for `$catalog`. */
export function withCatalog(template: string, catalog: string, kind: Statement["kind"]): Statement {
  return statement(kind, unsafeText(template.replaceAll("$catalog", () => id(catalog).text)));
}

function createTable(catalog: string, table: DemoTable): Statement {
  const lines = [
    ...table.columns.map(columnDefinition),
    ...(table.primaryKey
      ? [sql`CONSTRAINT ${id(`${table.name}_pk`)} PRIMARY KEY ${names(table.primaryKey)}`]
      : []),
    ...(table.foreignKeys ?? []).map((key) => foreignKey(catalog, table, key)),
  ];
  return statement(
    "create",
    clauses(
      sql`CREATE TABLE ${id(nameOf(catalog, table))} (${join(lines)}) USING DELTA`,
      table.partitionedBy && sql`PARTITIONED BY ${names(table.partitionedBy)}`,
      sql`COMMENT ${lit(table.comment)}`,
      table.properties &&
        sql`TBLPROPERTIES (${join(Object.entries(table.properties).map(([key, value]) => sql`${lit(key)} = ${lit(value)}`))})`,
    ),
  );
}

function columnDefinition({ name, type, required, comment }: DemoColumn): SqlFragment {
  return clauses(
    sql`${id(name)} ${unsafeText(type)}`,
    required && sql`NOT NULL`,
    comment !== undefined && sql`COMMENT ${lit(comment)}`,
  );
}

function foreignKey(catalog: string, table: DemoTable, key: DemoForeignKey): SqlFragment {
  const parent = id(catalog, key.schema, key.table);
  return sql`CONSTRAINT ${id(`${table.name}_${key.table}_fk`)} FOREIGN KEY ${names(key.columns)} REFERENCES ${parent} ${names(key.parentColumns)}`;
}

function fill(catalog: string, table: DemoTable, size: DemoSize): readonly Statement[] {
  const { content } = table;
  const target = id(nameOf(catalog, table));
  if (content.kind === "query")
    return [withCatalog(`INSERT INTO ${target.text} ${content.query}`, catalog, "write")];
  if (content.kind === "expressions") {
    const rows = content.rows.map((row) => sql`(${join(row.map(unsafeText))})`);
    return [statement("write", sql`INSERT INTO ${target} VALUES ${join(rows)}`)];
  }
  if (content.kind === "values") return insertRows(catalog, table, content.rows(size));
  const cells = table.columns.map(
    ({ name }, index) => sql`${unsafeText(content.cells[index]?.sql ?? "NULL")} AS ${id(name)}`,
  );
  return [
    statement(
      "write",
      sql`INSERT INTO ${target} SELECT ${join(cells)} FROM range(${lit(content.count(size))})`,
    ),
  ];
}

function insertRows(
  catalog: string,
  table: DemoTable,
  rows: readonly (readonly Cell[])[],
): readonly Statement[] {
  const columns = table.columns.map(({ name }) => name);
  const literals = (row: readonly Cell[]) =>
    row.map((cell, index) => literal(cell, table.columns[index]?.type ?? "STRING"));
  return chunks(rows).map((chunk) =>
    insertValues({ table: nameOf(catalog, table), columns, rows: chunk.map(literals) }),
  );
}

function chunks<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / ROWS_PER_INSERT);
  return Array.from({ length: count }, (_, i) => rows.slice(i * ROWS_PER_INSERT, (i + 1) * ROWS_PER_INSERT));
}

function literal(cell: Cell, type: string): SqlCell {
  if (cell === null || type === "STRING") return cell;
  if (type === "DATE" || type === "TIMESTAMP") return sql`${unsafeText(type)}${lit(cell)}`;
  return unsafeText(cell);
}

function tagging(catalog: string, table: DemoTable): readonly Statement[] {
  const name = nameOf(catalog, table);
  const columns = table.columns.flatMap(({ name: column, tags }) =>
    tags ? [setTags({ type: "column", of: "table", ...name, column }, tags)] : [],
  );
  return table.tags ? [setTags({ type: "table", ...name }, table.tags), ...columns] : columns;
}

function nameOf(catalog: string, { schema, name }: DemoTable): ObjectName {
  return { catalog, schema, name };
}

function names(columns: readonly string[]): SqlFragment {
  return sql`(${join(columns.map((column) => id(column)))})`;
}
