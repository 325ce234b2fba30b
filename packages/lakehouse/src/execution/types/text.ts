import type { StructField } from "@clone-xs/delta";
import { type DataType as TypeNode, parseDataType, quoteIdentifier } from "@clone-xs/sql";
import { ExecutionError } from "../execution.ts";
import {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  DOUBLE,
  decimal,
  FLOAT,
  INT,
  LONG,
  map,
  SHORT,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  type Type,
  VOID,
} from "./types.ts";

const SQL_NAMES: Readonly<Record<string, string>> = {
  long: "BIGINT",
  integer: "INT",
  short: "SMALLINT",
  byte: "TINYINT",
};

/** As in a result's manifest: `BIGINT`, `DECIMAL(10,2)`, `STRUCT<street: STRING, zip: INT>`. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "primitive":
      return SQL_NAMES[type.name] ?? type.name.toUpperCase();
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "array":
      return `ARRAY<${typeText(type.element)}>`;
    case "map":
      return `MAP<${typeText(type.key)}, ${typeText(type.value)}>`;
    case "struct":
      return `STRUCT<${type.fields.map((f) => `${f.name}: ${typeText(f.type)}`).join(", ")}>`;
  }
}

/** As in Unity Catalog and DESCRIBE: `bigint`, `decimal(10,2)`, `struct<street:string,zip:int>`; {@link parseType} reads it back. */
export function catalogText(type: Type): string {
  switch (type.kind) {
    case "array":
      return `array<${catalogText(type.element)}>`;
    case "map":
      return `map<${catalogText(type.key)},${catalogText(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((f) => `${fieldName(f.name)}:${catalogText(f.type)}`).join(",")}>`;
    default:
      return typeText(type).toLowerCase();
  }
}

function fieldName(name: string): string {
  return /^\w+$/.test(name) ? name : quoteIdentifier(name);
}

const WIRE_NAMES: Readonly<Record<string, string>> = {
  integer: "INT",
  void: "NULL",
};

/** The wire's enum of a column type: LONG, DECIMAL, ARRAY … */
export function typeName(type: Type): string {
  if (type.kind !== "primitive") return type.kind.toUpperCase();
  return type.name.startsWith("interval") ? "INTERVAL" : (WIRE_NAMES[type.name] ?? type.name.toUpperCase());
}

const NAMES: Readonly<Record<string, Type>> = {
  STRING,
  BOOLEAN,
  BINARY,
  DATE,
  VOID,
  TINYINT: BYTE,
  BYTE,
  SMALLINT: SHORT,
  SHORT,
  INT,
  INTEGER: INT,
  BIGINT: LONG,
  LONG,
  FLOAT,
  REAL: FLOAT,
  DOUBLE,
  TIMESTAMP,
  TIMESTAMP_LTZ: TIMESTAMP,
  TIMESTAMP_NTZ,
};

/** Reads a type as the catalog stores it: `array<struct<a:int>>`. Throws as the parser and {@link typeOf} do. */
export function parseType(text: string): Type {
  return typeOf(parseDataType(text));
}

/** The type a statement wrote. Throws UNSUPPORTED_DATATYPE for names that are no type here. */
export function typeOf(node: TypeNode): Type {
  if (node.name === "ARRAY") return array(element(node, 0));
  if (node.name === "MAP") return map(element(node, 0), element(node, 1));
  if (node.name === "STRUCT") return structOf(node);
  if (node.name === "DECIMAL" || node.name === "DEC" || node.name === "NUMERIC")
    return decimal(node.parameters[0] ?? 10, node.parameters[1] ?? 0);
  if (node.name === "VARCHAR" || node.name === "CHAR") return STRING;
  if (node.name.startsWith("INTERVAL")) return { kind: "primitive", name: node.name.toLowerCase() };
  const found = NAMES[node.name];
  if (found === undefined) throw unsupportedType(node.name);
  return found;
}

/** Where Spark keeps the declared type of a column with CHAR or VARCHAR in it; the schema itself says string. */
export const DECLARED_TYPE = "__CHAR_VARCHAR_TYPE_STRING";

/** The type a column was declared with, where it says more than the schema: lengths of texts. */
export function declaredType({ metadata }: Pick<StructField, "metadata">): TypeNode | undefined {
  const text = metadata[DECLARED_TYPE];
  return typeof text === "string" ? parseDataType(text) : undefined;
}

/** The text of {@link DECLARED_TYPE}: `varchar(5)`, `array<char(2)>`; `undefined` for a type without limits. */
export function declaredText(node: TypeNode): string | undefined {
  return hasLimits(node) ? limitedText(node) : undefined;
}

function hasLimits({ name, parameters, elements, fields }: TypeNode): boolean {
  if (name === "VARCHAR" || name === "CHAR") return parameters[0] !== undefined;
  return elements.some(hasLimits) || fields.some(({ type }) => hasLimits(type));
}

function limitedText(node: TypeNode): string {
  const { name, parameters, elements, fields } = node;
  if (!hasLimits(node)) return catalogText(typeOf(node));
  if (name === "STRUCT")
    return `struct<${fields.map((f) => `${fieldName(f.name.text)}:${limitedText(f.type)}`).join(",")}>`;
  if (elements.length > 0) return `${name.toLowerCase()}<${elements.map(limitedText).join(",")}>`;
  return `${name.toLowerCase()}(${parameters[0]})`;
}

function structOf(node: TypeNode): Type {
  const fields = node.fields.map((f) => ({
    name: f.name.text,
    type: typeOf(f.type),
    nullable: f.nullable,
    metadata: f.comment === undefined ? {} : { comment: f.comment },
  }));
  return { kind: "struct", fields };
}

function element(node: TypeNode, index: number): Type {
  const found = node.elements[index];
  if (found === undefined) throw unsupportedType(node.name);
  return typeOf(found);
}

function unsupportedType(name: string): ExecutionError {
  return new ExecutionError(
    "UNSUPPORTED_DATATYPE",
    "0A000",
    `[UNSUPPORTED_DATATYPE] Unsupported data type "${name}". SQLSTATE: 0A000`,
  );
}
