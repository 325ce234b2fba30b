import type { DataType, StructField } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { identifier, integerLiteral, stringLiteral } from "./names.ts";

/** Names as typed → Databricks' own. Source: "Data types", Databricks SQL reference. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  BOOLEAN: "BOOLEAN",
  TINYINT: "TINYINT",
  BYTE: "TINYINT",
  SMALLINT: "SMALLINT",
  SHORT: "SMALLINT",
  INT: "INT",
  INTEGER: "INT",
  BIGINT: "BIGINT",
  LONG: "BIGINT",
  FLOAT: "FLOAT",
  REAL: "FLOAT",
  DOUBLE: "DOUBLE",
  DECIMAL: "DECIMAL",
  DEC: "DECIMAL",
  NUMERIC: "DECIMAL",
  STRING: "STRING",
  VARCHAR: "VARCHAR",
  CHAR: "CHAR",
  CHARACTER: "CHAR",
  BINARY: "BINARY",
  DATE: "DATE",
  TIMESTAMP: "TIMESTAMP",
  TIMESTAMP_LTZ: "TIMESTAMP",
  TIMESTAMP_NTZ: "TIMESTAMP_NTZ",
  INTERVAL: "INTERVAL",
  VOID: "VOID",
  VARIANT: "VARIANT",
  OBJECT: "OBJECT",
  GEOMETRY: "GEOMETRY",
  GEOGRAPHY: "GEOGRAPHY",
  ARRAY: "ARRAY",
  MAP: "MAP",
  STRUCT: "STRUCT",
};

/** A data type. Throws UNSUPPORTED_DATATYPE for a name that is none. */
export function dataType(cursor: Cursor): DataType {
  return cursor.nested(() => typeBody(cursor));
}

function typeBody(cursor: Cursor): DataType {
  const token = cursor.token;
  if (token.type !== "word") cursor.fail();
  const name = TYPE_NAMES[token.symbol] ?? (cursor.namesOnly ? token.symbol : undefined);
  if (!name)
    cursor.error("UNSUPPORTED_DATATYPE", `Unsupported data type "${token.text.toUpperCase()}".`, token.start);
  cursor.advance();
  const inner = insideOf(cursor, name);
  return { name, parameters: [], elements: [], fields: [], ...inner, ...cursor.span(token.start) };
}

function insideOf(cursor: Cursor, name: string): Partial<DataType> {
  switch (name) {
    case "ARRAY":
      return { elements: angled(cursor, () => [dataType(cursor)]) };
    case "MAP":
      return { elements: angled(cursor, () => keyAndValue(cursor)) };
    case "STRUCT":
      return cursor.take("<>") ? {} : { fields: angled(cursor, () => structFields(cursor)) };
    case "INTERVAL":
      return { name: intervalName(cursor) };
    default:
      return { parameters: cursor.at("(") ? cursor.parenthesized(integer) : [] };
  }
}

function integer(cursor: Cursor): number {
  return Number(integerLiteral(cursor).text);
}

function angled<T>(cursor: Cursor, rule: () => T): T {
  cursor.expect("<");
  const inner = rule();
  cursor.expect(">");
  return inner;
}

function keyAndValue(cursor: Cursor): DataType[] {
  const key = dataType(cursor);
  cursor.expect(",");
  return [key, dataType(cursor)];
}

function structFields(cursor: Cursor): StructField[] {
  return cursor.at(">") ? [] : cursor.list(structField);
}

function structField(cursor: Cursor): StructField {
  const name = identifier(cursor);
  cursor.take(":");
  const type = dataType(cursor);
  const nullable = !cursor.take("NOT", "NULL");
  return cursor.take("COMMENT")
    ? { name, type, nullable, comment: stringLiteral(cursor) }
    : { name, type, nullable };
}

const INTERVAL_UNITS = new Set(["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]);

/** `INTERVAL DAY TO SECOND` is one name. */
function intervalName(cursor: Cursor): string {
  const words = ["INTERVAL"];
  if (cursor.atOneOf(INTERVAL_UNITS)) words.push(cursor.advance().symbol);
  if (words.length === 2 && cursor.at("TO") && INTERVAL_UNITS.has(cursor.peek(1).symbol))
    words.push(cursor.advance().symbol, cursor.advance().symbol);
  return words.join(" ");
}
