import type {
  ColumnDefinition,
  Identifier,
  QualifiedName,
  TableConstraintDefinition,
} from "../tree/index.ts";
import { columnNames } from "./clauses.ts";
import type { Cursor, Words } from "./cursor.ts";
import { identifier, integerLiteral, objectName, stringLiteral } from "./names.ts";
import { dataType } from "./types.ts";

/** What stands between the parentheses of CREATE TABLE. */
export interface TableElements {
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly TableConstraintDefinition[];
}

/** `(a INT, …, CONSTRAINT pk PRIMARY KEY (a))`; constraints written at a column are among the constraints too. */
export function tableElements(cursor: Cursor): TableElements {
  const columns: ColumnDefinition[] = [];
  const constraints: TableConstraintDefinition[] = [];
  cursor.parenthesized((c) => {
    if (atConstraint(c)) constraints.push(constraint(c));
    else columns.push(column(c, constraints));
  });
  return { columns, constraints };
}

/** One column; its inline constraints go to `constraints`, or are refused where none are taken. */
export function column(cursor: Cursor, constraints?: TableConstraintDefinition[]): ColumnDefinition {
  return columnAfter(cursor, identifier(cursor), constraints);
}

/** The rest of a column whose name has been read. */
export function columnAfter(
  cursor: Cursor,
  name: Identifier,
  constraints?: TableConstraintDefinition[],
): ColumnDefinition {
  cursor.take(":");
  const type = dataType(cursor);
  let details: ColumnDetails = {};
  for (let read = columnOption(cursor, name); read; read = columnOption(cursor, name)) {
    if (read.constraint && !constraints) cursor.unsupported("a constraint at this column", name.start);
    if (read.constraint) constraints?.push(read.constraint);
    details = { ...details, ...read.details };
  }
  return { name, type, nullable: true, ...details, ...cursor.span(name.start) };
}

type ColumnDetails = Partial<Omit<ColumnDefinition, "name" | "type" | "start" | "end">>;

interface ColumnOption {
  readonly details?: ColumnDetails;
  readonly constraint?: TableConstraintDefinition;
}

function columnOption(cursor: Cursor, name: Identifier): ColumnOption | undefined {
  if (cursor.take("NOT", "NULL")) return { details: { nullable: false } };
  if (cursor.take("NULL")) return { details: { nullable: true } };
  if (cursor.take("COMMENT")) return { details: { comment: stringLiteral(cursor) } };
  if (cursor.take("DEFAULT")) return { details: { default: cursor.grammar.expression(cursor) } };
  if (cursor.take("GENERATED")) return { details: generated(cursor) };
  if (cursor.take("MASK")) return { details: { mask: mask(cursor) } };
  if (cursor.at("COLLATE")) cursor.unsupported("COLLATE");
  return atConstraint(cursor) || cursor.at("REFERENCES") ? { constraint: inline(cursor, name) } : undefined;
}

/** `ALWAYS AS (…)`, `{ALWAYS | BY DEFAULT} AS IDENTITY [(START WITH 1 INCREMENT BY 1)]` */
function generated(cursor: Cursor): ColumnDetails {
  const always = !cursor.take("BY", "DEFAULT");
  if (always) cursor.expect("ALWAYS");
  cursor.expect("AS");
  if (cursor.take("IDENTITY")) return { identity: { always, ...identityOptions(cursor) } };
  if (!always) cursor.fail();
  cursor.expect("(");
  const expression = cursor.grammar.expression(cursor);
  cursor.expect(")");
  return { generated: expression };
}

function identityOptions(cursor: Cursor): { start: bigint; step: bigint } {
  const options = { start: 1n, step: 1n };
  if (!cursor.take("(")) return options;
  while (!cursor.take(")")) {
    if (cursor.take("START", "WITH")) options.start = signedInteger(cursor);
    else if (cursor.take("INCREMENT", "BY")) options.step = signedInteger(cursor);
    else cursor.fail();
  }
  return options;
}

function signedInteger(cursor: Cursor): bigint {
  const negative = cursor.take("-");
  const digits = BigInt(integerLiteral(cursor).text);
  return negative ? -digits : digits;
}

/** `f [USING COLUMNS (a, b)]`, after MASK. */
export function mask(cursor: Cursor): {
  readonly function: QualifiedName;
  readonly usingColumns: readonly Identifier[];
} {
  const name = objectName(cursor);
  const using = cursor.take("USING", "COLUMNS");
  return { function: name, usingColumns: using ? cursor.parenthesized(policyColumn) : [] };
}

/** `f ON (a, b)`, after ROW FILTER. */
export function rowFilter(cursor: Cursor): {
  readonly function: QualifiedName;
  readonly columns: readonly Identifier[];
} {
  const name = objectName(cursor);
  cursor.expect("ON");
  if (cursor.at("(", ")")) {
    cursor.expect("(", ")");
    return { function: name, columns: [] };
  }
  return { function: name, columns: cursor.parenthesized(policyColumn) };
}

/** Databricks takes constants here too. */
function policyColumn(cursor: Cursor): Identifier {
  const { type } = cursor.token;
  if (type === "string" || type === "number")
    cursor.unsupported("a constant argument of a mask or row filter");
  return identifier(cursor);
}

function atConstraint(cursor: Cursor): boolean {
  if (cursor.at("PRIMARY", "KEY") || cursor.at("FOREIGN", "KEY") || cursor.at("CHECK", "(")) return true;
  return cursor.at("CONSTRAINT") && CONSTRAINT_WORDS.has(cursor.peek(2).symbol);
}

const CONSTRAINT_WORDS = new Set(["PRIMARY", "FOREIGN", "CHECK", "REFERENCES"]);

/** A table constraint, with or without its name. */
export function constraint(cursor: Cursor): TableConstraintDefinition {
  const name = cursor.take("CONSTRAINT") ? { name: identifier(cursor) } : {};
  if (cursor.take("PRIMARY", "KEY")) {
    const timeseries: Identifier[] = [];
    const columns = cursor.parenthesized((c) => keyColumn(c, timeseries));
    const key = {
      kind: "primaryKey",
      ...name,
      columns,
      ...(timeseries.length > 0 && { timeseries }),
    } as const;
    return { ...key, rely: constraintOptions(cursor) };
  }
  if (cursor.take("CHECK")) return { kind: "check", ...name, condition: condition(cursor) };
  cursor.expect("FOREIGN", "KEY");
  const columns = cursor.parenthesized(identifier);
  return { kind: "foreignKey", ...name, columns, ...references(cursor) };
}

function keyColumn(cursor: Cursor, timeseries: Identifier[]): Identifier {
  const name = identifier(cursor);
  if (cursor.take("TIMESERIES")) timeseries.push(name);
  return name;
}

function condition(cursor: Cursor) {
  cursor.expect("(");
  const expression = cursor.grammar.expression(cursor);
  cursor.expect(")");
  cursor.take("ENFORCED");
  return expression;
}

function inline(cursor: Cursor, column: Identifier): TableConstraintDefinition {
  const name = cursor.take("CONSTRAINT") ? { name: identifier(cursor) } : {};
  if (cursor.take("PRIMARY", "KEY"))
    return { kind: "primaryKey", ...name, columns: [column], rely: constraintOptions(cursor) };
  if (cursor.take("CHECK")) return { kind: "check", ...name, condition: condition(cursor) };
  cursor.take("FOREIGN", "KEY");
  return { kind: "foreignKey", ...name, columns: [column], ...references(cursor) };
}

function references(cursor: Cursor) {
  cursor.expect("REFERENCES");
  const parent = objectName(cursor);
  const parentColumns = columnNames(cursor);
  return { parent, parentColumns, rely: constraintOptions(cursor) };
}

const CONSTRAINT_OPTIONS: readonly Words[] = [
  ["NOT", "ENFORCED"],
  ["NOT", "DEFERRABLE"],
  ["DEFERRABLE"],
  ["INITIALLY", "DEFERRED"],
  ["MATCH", "FULL"],
  ["ON", "UPDATE", "NO", "ACTION"],
  ["ON", "DELETE", "NO", "ACTION"],
  ["NORELY"],
];

/** Options of informational constraints; all but RELY say what holds anyway. */
function constraintOptions(cursor: Cursor): boolean {
  let rely = false;
  for (;;) {
    if (cursor.take("RELY")) rely = true;
    else if (!CONSTRAINT_OPTIONS.some((words) => cursor.take(...words))) return rely;
  }
}
