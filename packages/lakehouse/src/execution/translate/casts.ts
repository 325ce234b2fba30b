import { failure, unsupported } from "../errors.ts";
import { duckType } from "../types/duckdb.ts";
import { typeText } from "../types/text.ts";
import {
  isFractional,
  isIntegral,
  isInterval,
  isNumeric,
  isPrimitive,
  isString,
  isVoid,
  STRING,
  sameType,
  type Type,
} from "../types/types.ts";
import { quoteName, quoteText } from "./quote.ts";
import { castOverflow, invalidCast } from "./raise.ts";
import { nullOf, once, type Typed, typed } from "./typed.ts";

/** `ansi` raises on a value that does not fit; `try` gives NULL (TRY_CAST). */
export type CastMode = "ansi" | "try";

/**
 * CAST with Spark's ANSI rules: fractions are cut, not rounded; text must be a whole literal of the type; overflow raises.
 * Source: Spark "ANSI compliance", cast. Throws DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION for pairs Spark refuses and UNSUPPORTED_FEATURE for pairs
 * that are not built.
 */
export function cast(value: Typed, to: Type, mode: CastMode = "ansi"): Typed {
  if (sameType(value.type, to)) return value;
  if (isVoid(value.type)) return typed(nullOf(to), to);
  const target = duckType(to);
  if (target === undefined) throw unsupported(`CAST to ${typeText(to)}`);
  return typed(castSql(value, to, target, mode), to);
}

function castSql(value: Typed, to: Type, target: string, mode: CastMode): string {
  const from = value.type;
  if (from.kind === "array" || from.kind === "map" || from.kind === "struct")
    return castNested(value, to, mode);
  if (isString(from)) return castText(value, to, target, mode);
  if (isString(to)) return toText(value);
  if (isNumeric(from) && isNumeric(to)) return castNumber(value, to, target, mode);
  if (isPrimitive(from, "boolean") && isNumeric(to)) return plain(value.sql, target);
  if (isNumeric(from) && isPrimitive(to, "boolean")) return `(${value.sql} <> 0)`;
  if (isPrimitive(from, "date", "timestamp", "timestamp_ntz")) return castDateTime(value, to, target);
  if (isNumeric(from) && isPrimitive(to, "timestamp"))
    return `to_timestamp(CAST(${value.sql} AS ${isIntegral(from) ? "BIGINT" : "DOUBLE"}))`;
  throw refused(from, to);
}

function plain(sql: string, target: string): string {
  return `CAST(${sql} AS ${target})`;
}

function refused(from: Type, to: Type): Error {
  return unsupported(`CAST of ${typeText(from)} to ${typeText(to)}`);
}

const NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?";
const SPECIAL = "[+-]?(?i:inf|infinity)|(?i:nan)";
const DATE_TEXT = "[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2}([ T].*)?)?)?";
const TIME_TEXT = "[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}([.][0-9]{0,9})?)?";
const ZONE_TEXT = " ?(Z|UTC|GMT|[+-][0-9]{1,2}(:?[0-9]{2})?|[A-Za-z]+/[A-Za-z_/]+)?";

function castText(value: Typed, to: Type, target: string, mode: CastMode): string {
  if (isPrimitive(to, "binary")) return `encode(${value.sql})`;
  const attempt = parser(to, target);
  if (attempt === undefined) throw refused(value.type, to);
  return once([value], (v) => {
    const parsed = attempt(`trim(${v}, E' \\t\\n\\r')`);
    if (mode === "try") return parsed;
    return `CASE WHEN ${v} IS NOT NULL THEN coalesce(${parsed}, ${invalidCast(v, "STRING", typeText(to))}) END`;
  });
}

/** How a trimmed text becomes a value of the type, or NULL when it is none. */
function parser(to: Type, target: string): ((text: string) => string) | undefined {
  const matching = (pattern: string, result: (t: string) => string) => (t: string) =>
    `CASE WHEN regexp_full_match(${t}, ${quoteText(pattern)}) THEN ${result(t)} END`;
  const tryCast = (t: string) => `TRY_CAST(${t} AS ${target})`;
  if (isIntegral(to)) return matching("[+-]?[0-9]+", tryCast);
  if (to.kind === "decimal") return matching(NUMBER, tryCast);
  if (isFractional(to)) return matching(`${NUMBER}|${SPECIAL}`, tryCast);
  if (isPrimitive(to, "boolean"))
    return (t) =>
      `CASE WHEN lower(${t}) IN ('t', 'true', 'y', 'yes', '1') THEN true WHEN lower(${t}) IN ('f', 'false', 'n', 'no', '0') THEN false END`;
  if (isPrimitive(to, "date")) return matching(DATE_TEXT, dateOf);
  if (isPrimitive(to, "timestamp", "timestamp_ntz"))
    return matching(`[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2}([ T]${TIME_TEXT}${ZONE_TEXT})?)?)?`, (t) =>
      timestampOf(t, isPrimitive(to, "timestamp") ? target : "TIMESTAMP"),
    );
  return undefined;
}

/** Missing month and day are 1. */
function dateOf(t: string): string {
  const day = `regexp_extract(${t}, '^[0-9-]+')`;
  return `TRY_CAST(${completed(day)} AS DATE)`;
}

function completed(day: string): string {
  return `(${day} || CASE length(${day}) - length(replace(${day}, '-', '')) WHEN 0 THEN '-01-01' WHEN 1 THEN '-01' ELSE '' END)`;
}

function timestampOf(t: string, target: string): string {
  return `CASE WHEN length(${t}) - length(replace(${t}, ':', '')) = 0 THEN CAST(TRY_CAST(${completed(t)} AS DATE) AS ${target}) ELSE TRY_CAST(replace(${t}, 'T', ' ') AS ${target}) END`;
}

const WIDTH: Readonly<Record<string, number>> = { byte: 1, short: 2, integer: 3, long: 4 };

function castNumber(value: Typed, to: Type, target: string, mode: CastMode): string {
  const from = value.type;
  if (isIntegral(to)) {
    if (isIntegral(from) && width(from) <= width(to)) return plain(value.sql, target);
    return once([value], (v) => {
      const whole = isIntegral(from) ? v : `trunc(${v})`;
      const attempt = `TRY_CAST(${whole} AS ${target})`;
      if (mode === "try") return attempt;
      return `CASE WHEN ${v} IS NOT NULL THEN coalesce(${attempt}, ${castOverflow(`CAST(${v} AS VARCHAR)`, typeText(from), typeText(to))}) END`;
    });
  }
  // Through text: DuckDB multiplies a double by a power of ten first and so rounds some ties down.
  const source = to.kind === "decimal" && isFractional(from) ? `CAST(${value.sql} AS VARCHAR)` : value.sql;
  return mode === "try" ? `TRY_CAST(${source} AS ${target})` : plain(source, target);
}

function width(type: Type): number {
  return type.kind === "primitive" ? (WIDTH[type.name] ?? 9) : 9;
}

function castDateTime(value: Typed, to: Type, target: string): string {
  if (isPrimitive(to, "date", "timestamp", "timestamp_ntz")) return plain(value.sql, target);
  if (isPrimitive(value.type, "timestamp") && isIntegral(to))
    return plain(`floor(epoch(${value.sql}))`, target);
  if (isPrimitive(value.type, "timestamp") && isFractional(to)) return plain(`epoch(${value.sql})`, target);
  throw refused(value.type, to);
}

/** A value as Spark prints it in CAST(x AS STRING), `||`, concat and format functions. */
export function toText(value: Typed): string {
  const { type } = value;
  if (isString(type)) return value.sql;
  if (isFractional(type)) return once([value], fractionText);
  if (isPrimitive(type, "timestamp")) return `CAST(CAST(${value.sql} AS TIMESTAMP) AS VARCHAR)`;
  if (isPrimitive(type, "binary")) return `decode(${value.sql})`;
  if (isNumeric(type) || isPrimitive(type, "boolean", "date", "timestamp_ntz"))
    return plain(value.sql, "VARCHAR");
  if (type.kind === "array" && !isInterval(type.element)) return arrayText(value, type.element);
  throw refused(type, STRING);
}

function arrayText(value: Typed, element: Type): string {
  const printed = toText(typed("e", element));
  return `('[' || array_to_string(list_transform(${value.sql}, lambda e: coalesce(${printed}, 'null')), ', ') || ']')`;
}

/** `1.0`, `1.0E10`, `1.5E-5`, `Infinity`: Java's shortest text, from DuckDB's (`1e+10`, `10000000.0`). */
function fractionText(v: string): string {
  const magnitude = `CAST(abs(${v}) AS VARCHAR)`;
  const digits = `regexp_replace(split_part(${magnitude}, 'e', 1), '[.]0$', '')`;
  const fromExponent = `${withPoint(digits)} || 'E' || CAST(CAST(split_part(${magnitude}, 'e', 2) AS INTEGER) AS VARCHAR)`;
  const all = `rtrim(replace(${magnitude}, '.', ''), '0')`;
  const whole = `split_part(${magnitude}, '.', 1)`;
  const large = `${pointAfterFirst(all)} || 'E' || CAST(length(${whole}) - 1 AS VARCHAR)`;
  const significant = `ltrim(split_part(${magnitude}, '.', 2), '0')`;
  const small = `${pointAfterFirst(significant)} || 'E-' || CAST(length(split_part(${magnitude}, '.', 2)) - length(${significant}) + 1 AS VARCHAR)`;
  const sign = `CASE WHEN signbit(${v}) THEN '-' ELSE '' END`;
  return (
    `CASE WHEN isnan(${v}) THEN 'NaN' WHEN isinf(${v}) THEN ${sign} || 'Infinity' ` +
    `WHEN ${v} = 0 OR (abs(${v}) >= 0.001 AND abs(${v}) < 10000000) THEN CAST(${v} AS VARCHAR) ` +
    `WHEN contains(${magnitude}, 'e') THEN ${sign} || ${fromExponent} ` +
    `WHEN abs(${v}) >= 10000000 THEN ${sign} || ${large} ELSE ${sign} || ${small} END`
  );
}

function withPoint(digits: string): string {
  return `${digits} || CASE WHEN contains(${digits}, '.') THEN '' ELSE '.0' END`;
}

function pointAfterFirst(digits: string): string {
  return `${digits}[1] || '.' || CASE WHEN length(${digits}) > 1 THEN ${digits}[2:] ELSE '0' END`;
}

function castNested(value: Typed, to: Type, mode: CastMode): string {
  const from = value.type;
  if (isString(to)) return toText(value);
  if (from.kind === "array" && to.kind === "array") {
    const name = `e${depth(from)}`;
    return `list_transform(${value.sql}, lambda ${name}: ${cast(typed(name, from.element), to.element, mode).sql})`;
  }
  if (from.kind === "map" && to.kind === "map") {
    const name = `e${depth(from)}`;
    const key = cast(typed(`${name}.key`, from.key), to.key, mode).sql;
    const item = cast(typed(`${name}.value`, from.value), to.value, mode).sql;
    return `map_from_entries(list_transform(map_entries(${value.sql}), lambda ${name}: struct_pack(key := ${key}, value := ${item})))`;
  }
  if (from.kind === "struct" && to.kind === "struct" && from.fields.length === to.fields.length)
    return castStruct(value, from.fields, to.fields, mode);
  throw refused(from, to);
}

/** Struct fields are matched by place, as Spark does. */
function castStruct(
  value: Typed,
  from: readonly { readonly name: string; readonly type: Type }[],
  to: readonly { readonly name: string; readonly type: Type }[],
  mode: CastMode,
): string {
  return once([value], (v) => {
    const fields = to.map((field, i) => {
      const source = from[i];
      const inner = typed(
        `struct_extract(${v}, ${quoteText(source?.name ?? "")})`,
        source?.type ?? field.type,
      );
      return `${quoteName(field.name)} := ${cast(inner, field.type, mode).sql}`;
    });
    return `CASE WHEN ${v} IS NOT NULL THEN struct_pack(${fields.join(", ")}) END`;
  });
}

function depth(type: Type): number {
  if (type.kind === "array") return 1 + depth(type.element);
  if (type.kind === "map") return 1 + Math.max(depth(type.key), depth(type.value));
  if (type.kind === "struct") return Math.max(0, ...type.fields.map((f) => depth(f.type)));
  return 0;
}

/** An implicit cast: to the type a function or operator wants. Text is parsed strictly, plain values print to text, nested ones do not. */
export function coerce(value: Typed, to: Type): Typed {
  if (needsExplicitCast(value.type, to))
    throw failure(
      "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
      "42K09",
      `Cannot resolve the expression due to data type mismatch: the "${typeText(to)}" type is required, but the value has the type "${typeText(value.type)}".`,
    );
  return cast(value, to, "ansi");
}

/** Pairs that CAST converts, but no function or operator on its own. */
function needsExplicitCast(from: Type, to: Type): boolean {
  if (isString(to)) return from.kind === "array" || from.kind === "map" || from.kind === "struct";
  const isBoolean = (type: Type) => isPrimitive(type, "boolean");
  return (isBoolean(to) && isNumeric(from)) || (isBoolean(from) && isNumeric(to));
}
