import type { DataType, DecimalType, StructField, StructType } from "@clone-xs/delta";

/** A Spark SQL type: Delta's tree of types, with more primitive names: `void`, and intervals by their units (`interval day`, `interval year to month` …). */
export type Type = DataType;
export type { StructType } from "@clone-xs/delta";

function primitive(name: string): Type {
  return { kind: "primitive", name };
}

export const STRING = primitive("string");
export const BOOLEAN = primitive("boolean");
export const BINARY = primitive("binary");
export const BYTE = primitive("byte");
export const SHORT = primitive("short");
export const INT = primitive("integer");
export const LONG = primitive("long");
export const FLOAT = primitive("float");
export const DOUBLE = primitive("double");
export const DATE = primitive("date");
export const TIMESTAMP = primitive("timestamp");
export const TIMESTAMP_NTZ = primitive("timestamp_ntz");
export const VOID = primitive("void");

/** DECIMAL(p,s) with Spark's cap of 38 digits: when digits must go, the fraction keeps at least six of its own. */
export function decimal(precision: number, scale: number): DecimalType {
  if (precision <= 38) return { kind: "decimal", precision, scale };
  const whole = precision - scale;
  return { kind: "decimal", precision: 38, scale: Math.max(38 - whole, Math.min(scale, 6)) };
}

export function array(element: Type): Type {
  return { kind: "array", element, containsNull: true };
}

export function map(key: Type, value: Type): Type {
  return { kind: "map", key, value, valueContainsNull: true };
}

export function struct(fields: readonly { readonly name: string; readonly type: Type }[]): StructType {
  return { kind: "struct", fields: fields.map(({ name, type }) => field(name, type)) };
}

function field(name: string, type: Type): StructField {
  return { name, type, nullable: true, metadata: {} };
}

export function isPrimitive(type: Type, ...names: readonly string[]): boolean {
  return type.kind === "primitive" && names.includes(type.name);
}

export const isString = (type: Type) => isPrimitive(type, "string");
export const isVoid = (type: Type) => isPrimitive(type, "void");
export const isIntegral = (type: Type) => isPrimitive(type, "byte", "short", "integer", "long");
export const isFractional = (type: Type) => isPrimitive(type, "float", "double");
export const isNumeric = (type: Type) => type.kind === "decimal" || isIntegral(type) || isFractional(type);
export const isDateTime = (type: Type) => isPrimitive(type, "date", "timestamp", "timestamp_ntz");
export const isInterval = (type: Type) => type.kind === "primitive" && type.name.startsWith("interval");
/** Months and years: no fixed length. */
export const isYearMonth = (type: Type) =>
  isInterval(type) && /year|month/.test(type.kind === "primitive" ? type.name : "");

const INTEGRAL_DIGITS: Readonly<Record<string, number>> = { byte: 3, short: 5, integer: 10, long: 20 };

/** The decimal that holds every value of an integral or decimal type. */
export function asDecimal(type: Type): DecimalType | undefined {
  if (type.kind === "decimal") return type;
  if (type.kind !== "primitive") return undefined;
  const digits = INTEGRAL_DIGITS[type.name];
  return digits === undefined ? undefined : decimal(digits, 0);
}

/** Whether two types are the same to SQL; nullability and field metadata do not count. */
export function sameType(a: Type, b: Type): boolean {
  if (a.kind === "primitive") return b.kind === "primitive" && a.name === b.name;
  if (a.kind === "decimal") return b.kind === "decimal" && a.precision === b.precision && a.scale === b.scale;
  if (a.kind === "array") return b.kind === "array" && sameType(a.element, b.element);
  if (a.kind === "map") return b.kind === "map" && sameType(a.key, b.key) && sameType(a.value, b.value);
  return b.kind === "struct" && sameFields(a, b);
}

function sameFields(a: StructType, b: StructType): boolean {
  return (
    a.fields.length === b.fields.length &&
    a.fields.every((field, i) => {
      const other = b.fields[i];
      return other !== undefined && field.name === other.name && sameType(field.type, other.type);
    })
  );
}
