import { coerce } from "../translate/casts.ts";
import { place, wording } from "../translate/environment.ts";
import { binary, unary } from "../translate/operators.ts";
import { raise } from "../translate/raise.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { duckType } from "../types/duckdb.ts";
import { typeText } from "../types/text.ts";
import {
  DOUBLE,
  decimal,
  INT,
  isFractional,
  isIntegral,
  isNumeric,
  isString,
  isVoid,
  LONG,
  STRING,
} from "../types/types.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Arithmetic. */
export const NUMBERS: FunctionFamily = {
  abs: scalar(1, 1, (site) => {
    const value = number(site);
    return typed(`abs(${value.sql})`, value.type);
  }),
  ceil: whole("ceil"),
  ceiling: whole("ceil"),
  floor: whole("floor"),
  round: scalar(1, 2, round),
  sqrt: scalar(1, 1, (site) =>
    typed(
      once([real(site)], (x) => `CASE WHEN ${x} < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(${x}) END`),
      DOUBLE,
    ),
  ),
  cbrt: of("cbrt"),
  exp: of("exp"),
  expm1: scalar(1, 1, (site) => typed(`(exp(${real(site).sql}) - 1)`, DOUBLE)),
  ln: logarithm((x) => `ln(${x})`),
  log10: logarithm((x) => `log10(${x})`),
  log2: logarithm((x) => `log2(${x})`),
  log: scalar(1, 2, (site) => {
    if (site.args.length === 1)
      return typed(
        once([real(site)], (x) => `CASE WHEN ${x} > 0 THEN ln(${x}) END`),
        DOUBLE,
      );
    return typed(
      once(
        [real(site, 0), real(site, 1)],
        (b, x) => `CASE WHEN ${x} > 0 AND ${b} > 0 THEN ln(${x}) / ln(${b}) END`,
      ),
      DOUBLE,
    );
  }),
  power: power(),
  pow: power(),
  sin: of("sin"),
  cos: of("cos"),
  tan: of("tan"),
  atan: of("atan"),
  atan2: scalar(2, 2, (site) => typed(`atan2(${real(site, 0).sql}, ${real(site, 1).sql})`, DOUBLE)),
  degrees: of("degrees"),
  radians: of("radians"),
  pi: scalar(0, 0, () => typed("pi()", DOUBLE)),
  e: scalar(0, 0, () => typed("exp(CAST(1 AS DOUBLE))", DOUBLE)),
  sign: sign(),
  signum: sign(),
  mod: operator("%"),
  negative: scalar(1, 1, (site) => unary("-", arg(site, 0))),
  positive: scalar(1, 1, (site) => unary("+", arg(site, 0))),
  pmod: scalar(2, 2, (site) => {
    const remainder = operation(site, "%");
    const divisor = coerce(arg(site, 1), remainder.type);
    return typed(
      once([remainder, divisor], (r, d) => `CASE WHEN ${r} < 0 THEN (${r} + ${d}) % ${d} ELSE ${r} END`),
      remainder.type,
    );
  }),
  try_divide: scalar(2, 2, (site) => {
    const [a, b] = [number(site, 0), number(site, 1)];
    if (a.type.kind === "decimal" || b.type.kind === "decimal") throw site.unsupported("decimals");
    const args = [coerce(a, DOUBLE), coerce(b, DOUBLE)];
    return typed(
      once(args, (x, y) => `CASE WHEN ${y} = 0 THEN NULL ELSE ${x} / ${y} END`),
      DOUBLE,
    );
  }),
  try_add: lenient("+"),
  try_subtract: lenient("-"),
  try_multiply: lenient("*"),
  factorial: scalar(1, 1, (site) => {
    const value = coerce(arg(site, 0), INT);
    return typed(
      once([value], (n) => `CASE WHEN ${n} BETWEEN 0 AND 20 THEN CAST(factorial(${n}) AS BIGINT) END`),
      LONG,
    );
  }),
  rand: random(),
  random: random(),
  hex: scalar(1, 1, (site) => {
    const value = arg(site, 0);
    if (isIntegral(value.type)) return typed(`to_hex(CAST(${value.sql} AS BIGINT))`, STRING);
    return typed(`hex(${isString(value.type) ? `encode(${value.sql})` : value.sql})`, STRING);
  }),
  bin: scalar(1, 1, (site) => typed(`bin(${coerce(arg(site, 0), LONG).sql})`, STRING)),
};

function number(site: CallSite, index = 0): Typed {
  const value = arg(site, index);
  if (isNumeric(value.type)) return value;
  if (isString(value.type) || isVoid(value.type)) return coerce(value, DOUBLE);
  throw site.mismatch(
    `The ${index === 0 ? "first" : "second"} parameter requires the "NUMERIC" type, however it has the type "${typeText(value.type)}".`,
  );
}

function real(site: CallSite, index = 0): Typed {
  return coerce(number(site, index), DOUBLE);
}

function of(name: string) {
  return scalar(1, 1, (site) => typed(`${name}(${real(site).sql})`, DOUBLE));
}

/** NULL outside the domain. */
function logarithm(body: (x: string) => string) {
  return scalar(1, 1, (site) =>
    typed(
      once([real(site)], (x) => `CASE WHEN ${x} > 0 THEN ${body(x)} END`),
      DOUBLE,
    ),
  );
}

function power() {
  return scalar(2, 2, (site) => typed(`power(${real(site, 0).sql}, ${real(site, 1).sql})`, DOUBLE));
}

function sign() {
  return scalar(1, 1, (site) => typed(`CAST(sign(${real(site).sql}) AS DOUBLE)`, DOUBLE));
}

function random() {
  return scalar(0, 0, () => typed("random()", DOUBLE));
}

/** BIGINT of integers and doubles, DECIMAL(p-s+1, 0) of decimals. */
function whole(name: "ceil" | "floor") {
  return scalar(1, 1, (site) => {
    const value = number(site);
    if (isIntegral(value.type)) return coerce(value, LONG);
    if (value.type.kind === "decimal") {
      const type = decimal(value.type.precision - value.type.scale + 1, 0);
      return typed(`CAST(${name}(${value.sql}) AS ${duckType(type)})`, type);
    }
    return coerce(typed(`${name}(${value.sql})`, value.type), LONG);
  });
}

/** Half up, on the decimal digits of a double and not on its binary value. */
function round(site: CallSite): Typed {
  const value = number(site);
  const places = roundPlaces(site);
  if (isIntegral(value.type)) {
    if (places >= 0) return value;
    throw site.unsupported("rounding integers to tens");
  }
  if (value.type.kind === "decimal") {
    const { precision, scale } = value.type;
    if (places < 0) throw site.unsupported("rounding to tens");
    const kept = Math.min(scale, places);
    const type = decimal(precision - scale + 1 + kept, kept);
    return typed(`CAST(${value.sql} AS ${duckType(type)})`, type);
  }
  if (places < 0) throw site.unsupported("rounding to tens");
  if (places > 15) return value;
  const target = duckType(value.type) ?? "DOUBLE";
  const sql = once(
    [value],
    (x) =>
      `CASE WHEN isnan(${x}) OR isinf(${x}) OR abs(${x}) >= 1e15 THEN ${x} ELSE CAST(CAST(CAST(${x} AS VARCHAR) AS DECIMAL(38,${places})) AS ${target}) END`,
  );
  return typed(sql, value.type);
}

function roundPlaces(site: CallSite): number {
  const node = site.call.arguments[1]?.value;
  if (node === undefined) return 0;
  if (node.kind === "number" && /^\d+$/.test(node.text)) return Number(node.text);
  if (node.kind === "unary" && node.operator === "-" && node.operand.kind === "number")
    return -Number(node.operand.text);
  throw site.unsupported("a number of places that is no literal");
}

function operation(site: CallSite, sign: "+" | "-" | "*" | "%"): Typed {
  const where = { wording: wording(site.environment, site.call), place: place(site.environment, site.call) };
  return binary(sign, arg(site, 0), arg(site, 1), where);
}

function operator(sign: "%") {
  return scalar(2, 2, (site) => operation(site, sign));
}

/** The operator, with NULL instead of an overflow. */
function lenient(sign: "+" | "-" | "*") {
  return scalar(2, 2, (site) => {
    const exact = operation(site, sign);
    if (isFractional(exact.type)) return exact;
    if (!isIntegral(exact.type)) throw site.unsupported(typeText(exact.type));
    const [a, b] = [coerce(arg(site, 0), exact.type).sql, coerce(arg(site, 1), exact.type).sql];
    return typed(
      `TRY_CAST(CAST(${a} AS HUGEINT) ${sign} CAST(${b} AS HUGEINT) AS ${duckType(exact.type)})`,
      exact.type,
    );
  });
}

/** raise_error(message) and assert_true(condition) share this. */
export function userError(message: string): string {
  return raise("USER_RAISED_EXCEPTION", "P0001", [{ sql: message }]);
}
