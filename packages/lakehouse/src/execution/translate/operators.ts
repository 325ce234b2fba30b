import type { BinaryOperator } from "@clone-xs/sql";
import { failure, type Place, unsupported } from "../errors.ts";
import { commonType } from "../types/coercion.ts";
import { duckType } from "../types/duckdb.ts";
import { typeText } from "../types/text.ts";
import {
  asDecimal,
  BINARY,
  BOOLEAN,
  DATE,
  DOUBLE,
  decimal,
  INT,
  isDateTime,
  isIntegral,
  isInterval,
  isNumeric,
  isPrimitive,
  isString,
  isVoid,
  isYearMonth,
  LONG,
  STRING,
  sameType,
  TIMESTAMP,
  type Type,
} from "../types/types.ts";
import { coerce } from "./casts.ts";
import { divideByZero, remainderByZero } from "./raise.ts";
import { nullOf, once, type Typed, typed } from "./typed.ts";

/** How an operator is written, for the DATATYPE_MISMATCH it may throw. */
export interface OperatorSite {
  readonly wording: string;
  readonly place: Place;
}

/** A binary operator with Spark's ANSI result type and errors. Throws DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES. */
export function binary(operator: BinaryOperator, left: Typed, right: Typed, site: OperatorSite): Typed {
  switch (operator) {
    case "AND":
    case "OR":
      return typed(`(${coerce(left, BOOLEAN).sql} ${operator} ${coerce(right, BOOLEAN).sql})`, BOOLEAN);
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "<=>":
      return compare(operator, left, right, site);
    case "||":
      return join(left, right, site);
    case "&":
    case "|":
    case "^":
      return bits(operator, left, right, site);
    case "<<":
    case ">>":
    case ">>>":
      throw unsupported(`operator ${operator}`, site.place);
    default:
      return arithmetic(operator, left, right, site);
  }
}

function mismatch(left: Typed, right: Typed, site: OperatorSite): Error {
  return failure(
    "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
    "42K09",
    `Cannot resolve "${site.wording}" due to data type mismatch: the left and right operands of the binary operator have incompatible types ("${typeText(left.type)}" and "${typeText(right.type)}").`,
    site.place,
  );
}

function compare(operator: BinaryOperator, left: Typed, right: Typed, site: OperatorSite): Typed {
  const type = commonType(left.type, right.type);
  if (type === undefined) throw mismatch(left, right, site);
  const sign = operator === "<=>" ? "IS NOT DISTINCT FROM" : operator;
  return typed(`(${coerce(left, type).sql} ${sign} ${coerce(right, type).sql})`, BOOLEAN);
}

/** `||`: NULL when either side is. */
function join(left: Typed, right: Typed, site: OperatorSite): Typed {
  const type = commonType(left.type, right.type);
  if (type?.kind === "array")
    return typed(
      once(
        [coerce(left, type), coerce(right, type)],
        (a, b) => `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL ELSE list_concat(${a}, ${b}) END`,
      ),
      type,
    );
  if (type !== undefined && sameType(type, BINARY)) return typed(`(${left.sql} || ${right.sql})`, BINARY);
  if (left.type.kind === "map" || right.type.kind === "map") throw mismatch(left, right, site);
  return typed(`(${coerce(left, STRING).sql} || ${coerce(right, STRING).sql})`, STRING);
}

function bits(operator: "&" | "|" | "^", left: Typed, right: Typed, site: OperatorSite): Typed {
  const type = commonType(left.type, right.type);
  if (type === undefined || !isIntegral(type)) throw mismatch(left, right, site);
  const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
  return typed(operator === "^" ? `xor(${a}, ${b})` : `(${a} ${operator} ${b})`, type);
}

type Arithmetic = "+" | "-" | "*" | "/" | "%" | "DIV";

function arithmetic(operator: Arithmetic, left: Typed, right: Typed, site: OperatorSite): Typed {
  if (isDateTime(left.type) || isDateTime(right.type) || isInterval(left.type) || isInterval(right.type))
    return moments(operator, left, right, site);
  const type = commonType(left.type, right.type);
  if (type === undefined || !(isNumeric(type) || isVoid(type) || isString(type)))
    throw mismatch(left, right, site);
  if (isVoid(type)) return operator === "/" ? typed(nullOf(DOUBLE), DOUBLE) : typed(nullOf(INT), INT);
  const wide = isString(type) ? DOUBLE : type;
  if (operator === "DIV") return wholeDivision(coerce(left, wide), coerce(right, wide));
  if (wide.kind === "decimal") return exact(operator, asOperand(left, wide), asOperand(right, wide));
  if (operator === "/") return divide(coerce(left, DOUBLE), coerce(right, DOUBLE));
  const [a, b] = [coerce(left, wide), coerce(right, wide)];
  if (operator !== "%") return typed(`(${a.sql} ${operator} ${b.sql})`, wide);
  return typed(
    guarded(a, b, remainderByZero(), (x, y) => `${x} % ${y}`),
    wide,
  );
}

/** `body` unless a side is NULL or the right one zero. */
function guarded(
  left: Typed,
  right: Typed,
  error: string,
  body: (left: string, right: string) => string,
): string {
  return once(
    [left, right],
    (a, b) =>
      `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN ${b} = 0 THEN ${error} ELSE ${body(a, b)} END`,
  );
}

function divide(left: Typed, right: Typed): Typed {
  return typed(
    guarded(left, right, divideByZero(), (a, b) => `${a} / ${b}`),
    DOUBLE,
  );
}

/** DIV: BIGINT, cut towards zero. */
function wholeDivision(left: Typed, right: Typed): Typed {
  const whole = (a: string, b: string) =>
    isIntegral(left.type)
      ? `CAST(${a} AS BIGINT) // CAST(${b} AS BIGINT)`
      : `CAST(trunc(${a} / ${b}) AS BIGINT)`;
  if (left.type.kind === "decimal") throw unsupported("DIV of decimals");
  return typed(guarded(left, right, divideByZero(), whole), LONG);
}

/** An integer literal beside a decimal is a decimal of just its digits. */
function asOperand(value: Typed, fallback: Type): Typed {
  const type = value.digits === undefined ? asDecimal(value.type) : decimal(value.digits, 0);
  return coerce(value, type ?? fallback);
}

/**
 * Decimal arithmetic with Spark's result precision and scale. Source: Spark "Decimal operations" (DecimalPrecision).
 * What needs more than 38 digits on the way raises an overflow.
 */
function exact(operator: "+" | "-" | "*" | "/" | "%", left: Typed, right: Typed): Typed {
  const a = asDecimal(left.type);
  const b = asDecimal(right.type);
  if (a === undefined || b === undefined) throw new TypeError("decimal operands expected");
  const scale = Math.max(a.scale, b.scale);
  switch (operator) {
    case "+":
    case "-": {
      const type = decimal(Math.max(a.precision - a.scale, b.precision - b.scale) + scale + 1, scale);
      return rounded(`${left.sql} ${operator} ${right.sql}`, type);
    }
    case "*":
      return rounded(`${left.sql} * ${right.sql}`, decimal(a.precision + b.precision + 1, a.scale + b.scale));
    case "%": {
      const type = decimal(Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
      return typed(
        guarded(left, right, remainderByZero(), (x, y) => `CAST(${x} % ${y} AS ${duckType(type)})`),
        type,
      );
    }
    case "/": {
      const digits = Math.max(6, a.scale + b.precision + 1);
      const type = decimal(a.precision - a.scale + b.scale + digits, digits);
      return typed(
        guarded(left, right, divideByZero(), (x, y) =>
          exactQuotient({
            x,
            xScale: a.scale,
            y,
            yScale: b.scale,
            scale: type.scale,
            precision: type.precision,
          }),
        ),
        type,
      );
    }
  }
}

function rounded(sql: string, type: Type): Typed {
  return typed(`CAST((${sql}) AS ${duckType(type)})`, type);
}

/** x / y as a decimal of `scale`, rounded half up, in 128-bit integers: DuckDB itself divides decimals as doubles. */
export function exactQuotient(division: {
  readonly x: string;
  readonly xScale: number;
  readonly y: string;
  readonly yScale: number;
  readonly scale: number;
  readonly precision: number;
}): string {
  const { x, xScale, y, yScale, scale, precision } = division;
  const shift = scale - xScale + yScale;
  const top = typed(
    `abs(${unscaled(x, xScale)}) * CAST('1${"0".repeat(Math.max(0, shift))}' AS HUGEINT)`,
    LONG,
  );
  const bottom = typed(
    `abs(${unscaled(y, yScale)}) * CAST('1${"0".repeat(Math.max(0, -shift))}' AS HUGEINT)`,
    LONG,
  );
  const quotient = once(
    [top, bottom],
    (n, d) =>
      `CAST(${n} // ${d} + CASE WHEN (${n} % ${d}) >= ${d} - (${n} % ${d}) THEN 1 ELSE 0 END AS DECIMAL(38,0))`,
  );
  const unit = scale === 0 ? "1" : `CAST('0.${"0".repeat(scale - 1)}1' AS DECIMAL(${scale},${scale}))`;
  const sign = `CASE WHEN (${x} < 0) <> (${y} < 0) THEN -1 ELSE 1 END`;
  return `CAST(${quotient} * ${unit} * ${sign} AS DECIMAL(${precision},${scale}))`;
}

function unscaled(sql: string, scale: number): string {
  if (scale === 0) return `CAST(${sql} AS HUGEINT)`;
  return `CAST(replace(CAST(${sql} AS VARCHAR), '.', '') AS HUGEINT)`;
}

/** Dates, timestamps and intervals. */
function moments(operator: Arithmetic, left: Typed, right: Typed, site: OperatorSite): Typed {
  if (operator === "+" && isDateTime(right.type) && !isDateTime(left.type))
    return moments("+", right, left, site);
  if (operator === "+" || operator === "-") {
    if (isDateTime(left.type) && isInterval(right.type)) return shifted(operator, left, right);
    if (isPrimitive(left.type, "date") && isIntegral(right.type))
      return typed(`CAST(${left.sql} ${operator} CAST(${right.sql} AS INTEGER) AS DATE)`, DATE);
    if (operator === "-" && (isDateTime(left.type) || isDateTime(right.type)))
      return apart(left, right, site);
    if (isInterval(left.type) && isInterval(right.type) && isYearMonth(left.type) === isYearMonth(right.type))
      return typed(`(${left.sql} ${operator} ${right.sql})`, wider(left.type, right.type));
  }
  if (operator === "*" && isInterval(left.type) && isIntegral(right.type))
    return typed(`(${left.sql} * ${right.sql})`, left.type);
  if (operator === "*" && isInterval(right.type) && isIntegral(left.type))
    return typed(`(${right.sql} * ${left.sql})`, right.type);
  throw mismatch(left, right, site);
}

function wider(a: Type, b: Type): Type {
  if (sameType(a, b)) return a;
  return { kind: "primitive", name: isYearMonth(a) ? "interval year to month" : "interval day to second" };
}

function shifted(operator: "+" | "-", left: Typed, right: Typed): Typed {
  const sql = `${left.sql} ${operator} ${right.sql}`;
  if (!isPrimitive(left.type, "date")) return typed(`(${sql})`, left.type);
  if (isYearMonth(right.type) || isPrimitive(right.type, "interval day"))
    return typed(`CAST(${sql} AS DATE)`, DATE);
  return typed(`CAST(${sql} AS TIMESTAMPTZ)`, TIMESTAMP);
}

function apart(left: Typed, right: Typed, site: OperatorSite): Typed {
  const type = commonType(left.type, right.type);
  if (type === undefined || !isDateTime(type)) throw mismatch(left, right, site);
  const [a, b] = [coerce(left, type).sql, coerce(right, type).sql];
  if (isPrimitive(type, "date"))
    return typed(`to_days(CAST(${a} - ${b} AS INTEGER))`, { kind: "primitive", name: "interval day" });
  return typed(`(${a} - ${b})`, { kind: "primitive", name: "interval day to second" });
}

/** `-x`, `+x`, `~x`, `NOT x`. */
export function unary(operator: "-" | "+" | "~" | "NOT", operand: Typed): Typed {
  if (operator === "NOT") return typed(`(NOT ${coerce(operand, BOOLEAN).sql})`, BOOLEAN);
  const value = isString(operand.type) ? coerce(operand, DOUBLE) : operand;
  if (operator === "+") return value;
  if (operator === "~") {
    if (!isIntegral(value.type)) throw unsupported(`~ of ${typeText(value.type)}`);
    return typed(`(~${value.sql})`, value.type);
  }
  if (!isNumeric(value.type) && !isInterval(value.type) && !isVoid(value.type))
    throw unsupported(`negation of ${typeText(value.type)}`);
  return typed(`(- ${value.sql})`, value.type);
}
