import { clauses, id, join, lit, sql, type SqlFragment } from "@clone-xs/sql";
import fc, { type GeneratorValue } from "fast-check";
import type { Cell } from "./cells.ts";
import { changed, type Column, ID, idOf, type Row, type Version } from "./model.ts";
import { drawPredicate, type Predicate, share } from "./predicates.ts";
import { literal, typeSql, valueOf } from "./values.ts";

/** A statement, and what it makes of the table. */
export interface Step {
  readonly text: SqlFragment;
  readonly after: Version;
}

/** A table that a statement is made for. */
export interface Subject {
  readonly table: SqlFragment;
  readonly now: Version;
  /** Keys of the partition columns: an empty text is null in them. */
  readonly partitionKeys: ReadonlySet<number>;
  /** Whether every INSERT gives all columns. */
  readonly wholeRows?: true;
}

/** Some statement that changes rows. */
export function drawRowStep(
  g: GeneratorValue,
  subject: Subject,
  kinds: readonly (typeof KINDS)[number][] = KINDS,
): Step {
  const kind = g(() => fc.constantFrom(...kinds));
  switch (kind) {
    case "insert":
      return insert(g, subject);
    case "overwrite":
      return overwrite(g, subject);
    case "replace":
      return replaceWhere(g, subject);
    case "update":
      return update(g, subject);
    case "delete":
      return remove(g, subject);
    case "merge":
      return merge(g, subject);
    case "truncate":
      return { text: sql`TRUNCATE TABLE ${subject.table}`, after: { ...subject.now, rows: [] } };
  }
}

const KINDS = [
  ...Array.from({ length: 4 }, () => "insert" as const),
  ...Array.from({ length: 3 }, () => "update" as const),
  ...Array.from({ length: 3 }, () => "merge" as const),
  ...Array.from({ length: 2 }, () => "delete" as const),
  "overwrite",
  "replace",
  "truncate",
] as const;

/** All rows new, or rows of some columns only: the others are null. */
export function insert(g: GeneratorValue, subject: Subject): Step {
  const { now, table } = subject;
  const some = subject.wholeRows !== true && g(fc.nat, 3) === 0;
  const columns = some ? now.columns.filter(({ key }) => key === ID || g(fc.boolean)) : now.columns;
  const rows = drawRows(g, columns);
  const names = columns.map(({ name }) => id(name));
  return {
    text: clauses(sql`INSERT INTO ${table}`, some && sql`(${join(names)})`, valuesOf(columns, rows)),
    after: { ...now, rows: [...now.rows, ...stored(subject, rows)] },
  };
}

function overwrite(g: GeneratorValue, subject: Subject): Step {
  const rows = drawRows(g, subject.now.columns);
  return {
    text: sql`INSERT OVERWRITE ${subject.table} ${valuesOf(subject.now.columns, rows)}`,
    after: { ...subject.now, rows: stored(subject, rows) },
  };
}

function replaceWhere(g: GeneratorValue, subject: Subject): Step {
  const { now, table } = subject;
  const { text, holds } = share(g, now);
  const rows = drawRows(g, now.columns).filter(holds);
  if (rows.length === 0) return remove(g, subject);
  return {
    text: sql`INSERT INTO ${table} REPLACE WHERE ${text} ${valuesOf(now.columns, rows)}`,
    after: { ...now, rows: [...now.rows.filter((row) => !holds(row)), ...stored(subject, rows)] },
  };
}

function update(g: GeneratorValue, subject: Subject): Step {
  const { now, table } = subject;
  const where = g(fc.boolean) ? drawPredicate(g, now) : undefined;
  const assigned = drawAssignments(g, subject, now.columns);
  const items = assigned.map(({ column, text }) => sql`${id(column.name)} = ${text}`);
  return {
    text: clauses(sql`UPDATE ${table} SET ${join(items)}`, where && sql`WHERE ${where.text}`),
    after: {
      ...now,
      rows: now.rows.map((row) => (where?.holds(row) === false ? row : assign(subject, row, assigned))),
    },
  };
}

interface Assigned {
  readonly column: Column;
  readonly text: SqlFragment;
  readonly cell: (row: Row) => Cell;
}

/** New values of one or two columns: given ones, or those of another column of the same type. */
function drawAssignments(
  g: GeneratorValue,
  { now }: Subject,
  columns: readonly Column[],
): readonly [Assigned, ...Assigned[]] {
  const draw = (): Assigned => {
    const column = g(() =>
      fc.constantFrom(...columns.filter(({ key }) => key !== ID || columns.length === 1)),
    );
    if (column.key === ID) return { column, text: id(column.name), cell: (row) => row.get(ID) ?? null };
    const alike = now.columns.filter(({ type }) => typeSql(type).text === typeSql(column.type).text);
    if (alike.length > 1 && g(fc.boolean)) {
      const other = g(() => fc.constantFrom(...alike));
      return { column, text: id(other.name), cell: (row) => row.get(other.key) ?? null };
    }
    const cell = g(valueOf, column.type);
    return { column, text: literal(column.type, cell), cell: () => cell };
  };
  const [first, second] = [draw(), draw()];
  return first.column.key === second.column.key ? [first] : [first, second];
}

function assign(subject: Subject, row: Row, assigned: readonly Assigned[]): Row {
  return storedRow(
    subject,
    changed(
      row,
      assigned.map(({ column, cell }) => [column.key, cell(row)]),
    ),
  );
}

function remove(g: GeneratorValue, { now, table }: Subject): Step {
  const where = g(fc.nat, 5) === 0 ? undefined : drawPredicate(g, now);
  return {
    text: clauses(sql`DELETE FROM ${table}`, where && sql`WHERE ${where.text}`),
    after: { ...now, rows: where === undefined ? [] : now.rows.filter((row) => !where.holds(row)) },
  };
}

/** Rows by id: those found are deleted or updated, those missing come in, those that only the table has may change too. */
function merge(g: GeneratorValue, subject: Subject): Step {
  const { now, table } = subject;
  const { columns } = now;
  const source = new Map(drawRows(g, columns).map((row) => [idOf(row), row]));
  const known = new Set(now.rows.map(idOf));
  const deletes = drawPredicateOfSource(g);
  const [inserts, elsewhere] = [g(fc.boolean), g(fc.constantFrom, "keep", "delete", "update")];
  const others = share(g, now);
  const assigned = drawAssignments(g, subject, columns);
  const idName = id(columns.find(({ key }) => key === ID)?.name ?? "id");
  const text = clauses(
    sql`MERGE INTO ${table} AS t USING (SELECT * FROM ${valuesOf(columns, [...source.values()])} AS v(${join(columns.map(({ name }) => id(name)))})) AS s ON t.${idName} = s.${idName}`,
    sql`WHEN MATCHED AND s.${idName} % 3 = ${lit(deletes)} THEN DELETE WHEN MATCHED THEN UPDATE SET *`,
    inserts && sql`WHEN NOT MATCHED THEN INSERT *`,
    elsewhere === "delete" && sql`WHEN NOT MATCHED BY SOURCE AND ${qualified(others, idName)} THEN DELETE`,
    elsewhere === "update" &&
      sql`WHEN NOT MATCHED BY SOURCE AND ${qualified(others, idName)} THEN UPDATE SET ${join(assigned.map(({ column, text: value }) => sql`${id(column.name)} = ${value}`))}`,
  );
  const kept = now.rows.flatMap((row): readonly Row[] => {
    const other = source.get(idOf(row));
    if (other !== undefined)
      return idOf(row) % 3n === BigInt(deletes) ? [] : [storedRow(subject, changed(row, other))];
    if (elsewhere === "keep" || !others.holds(row)) return [row];
    return elsewhere === "delete" ? [] : [assign(subject, row, assigned)];
  });
  const added = inserts ? [...source].filter(([key]) => !known.has(key)).map(([, row]) => row) : [];
  return { text, after: { ...now, rows: [...kept, ...stored(subject, added)] } };
}

function drawPredicateOfSource(g: GeneratorValue): number {
  return g(fc.nat, 3);
}

/** The share of rows by the id of the table's side. */
function qualified({ text }: Predicate, idName: SqlFragment): SqlFragment {
  return { ...text, text: text.text.replace(idName.text, `t.${idName.text}`) };
}

/** One to five rows with ids of their own among each other; columns that are not given are null. */
function drawRows(g: GeneratorValue, columns: readonly Column[]): readonly Row[] {
  const ids = g(() => fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 5 }));
  return ids.map(
    (number) =>
      new Map(columns.map(({ key, type }) => [key, key === ID ? String(number) : g(valueOf, type)])),
  );
}

/** As a table keeps a row: an empty text or binary of a partition column is null. Protocol: "Partition Value Serialization". */
function storedRow({ partitionKeys }: Subject, row: Row): Row {
  const empty = [...row].filter(([key, cell]) => partitionKeys.has(key) && cell === "");
  return empty.length === 0
    ? row
    : changed(
        row,
        empty.map(([key]) => [key, null]),
      );
}

function stored(subject: Subject, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => storedRow(subject, row));
}

function valuesOf(columns: readonly Column[], rows: readonly Row[]): SqlFragment {
  const tuples = rows.map(
    (row) => sql`(${join(columns.map(({ key, type }) => literal(type, row.get(key) ?? null)))})`,
  );
  return sql`VALUES ${join(tuples)}`;
}
