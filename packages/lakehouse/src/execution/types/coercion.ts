import {
  asDecimal,
  DATE,
  DOUBLE,
  decimal,
  isDateTime,
  isFractional,
  isIntegral,
  isNumeric,
  isPrimitive,
  isString,
  isVoid,
  LONG,
  sameType,
  TIMESTAMP,
  type Type,
} from "./types.ts";

/**
 * The type that values of both types become where they meet (comparison, CASE, COALESCE, UNION, IN), or `undefined` when Spark refuses.
 * Source: Spark "ANSI compliance", type promotion and least common type; a string takes the other side's type.
 */
export function commonType(a: Type, b: Type): Type | undefined {
  if (sameType(a, b)) return a;
  if (isVoid(a)) return b;
  if (isVoid(b)) return a;
  if (isNumeric(a) && isNumeric(b)) return commonNumeric(a, b);
  if (isString(a)) return promoteString(b);
  if (isString(b)) return promoteString(a);
  if (isDateTime(a) && isDateTime(b)) return commonDateTime(a, b);
  return commonNested(a, b);
}

/** {@link commonType} of many; `undefined` when two of them have none. */
export function commonOf(types: readonly Type[]): Type | undefined {
  const [first, ...rest] = types;
  return rest.reduce<Type | undefined>((found, type) => found && commonType(found, type), first);
}

const ORDER = ["byte", "short", "integer", "long"];

function commonNumeric(a: Type, b: Type): Type {
  if (isIntegral(a) && isIntegral(b)) return rank(a) >= rank(b) ? a : b;
  if (isFractional(a) || isFractional(b)) return DOUBLE;
  const left = asDecimal(a);
  const right = asDecimal(b);
  if (left === undefined || right === undefined) return DOUBLE;
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  return decimal(whole + scale, scale);
}

function rank(type: Type): number {
  return type.kind === "primitive" ? ORDER.indexOf(type.name) : -1;
}

/** Spark widens an integral type to BIGINT and a fraction to DOUBLE when it meets a string. */
function promoteString(other: Type): Type | undefined {
  if (isIntegral(other)) return LONG;
  if (isNumeric(other)) return DOUBLE;
  return isPrimitive(other, "date", "timestamp", "timestamp_ntz", "boolean", "binary") ? other : undefined;
}

function commonDateTime(a: Type, b: Type): Type {
  if (sameType(a, DATE)) return b;
  return sameType(b, DATE) ? a : TIMESTAMP;
}

function commonNested(a: Type, b: Type): Type | undefined {
  if (a.kind === "array" && b.kind === "array") {
    const element = commonType(a.element, b.element);
    return element && { kind: "array", element, containsNull: true };
  }
  if (a.kind === "map" && b.kind === "map") {
    const key = commonType(a.key, b.key);
    const value = commonType(a.value, b.value);
    return key && value && { kind: "map", key, value, valueContainsNull: true };
  }
  if (a.kind !== "struct" || b.kind !== "struct" || a.fields.length !== b.fields.length) return undefined;
  const fields = a.fields.map((left, i) => {
    const type = b.fields[i] && commonType(left.type, b.fields[i].type);
    return type && { name: left.name, type, nullable: true, metadata: {} };
  });
  return fields.every((f) => f !== undefined) ? { kind: "struct", fields } : undefined;
}
