import { type Json, parseJson, printJson } from "@clone-xs/delta";
import { unsupported } from "../errors.ts";
import { withLeaves } from "../../tables/nested.ts";
import type { OutputColumn } from "../translate/environment.ts";
import { textShape } from "../types/duckdb.ts";
import { typeText } from "../types/text.ts";
import { isFractional, isInterval, isPrimitive, type Type } from "../types/types.ts";

/**
 * The DuckDB expression that hands a value over as text with no digit lost: plain values as VARCHAR, nested ones as JSON whose leaves are
 * all text. {@link cellText} makes Databricks' text of it. Throws UNSUPPORTED_FEATURE for intervals.
 */
export function handOver({ id, type, name }: OutputColumn): string {
  if (isInterval(type)) throw unsupported(`a result column of type ${typeText(type)} (${name})`);
  if (isPrimitive(type, "binary")) return `base64(${id})`;
  if (type.kind === "primitive" || type.kind === "decimal") return `CAST(${id} AS VARCHAR)`;
  if (holds(type, isInterval)) throw unsupported(`a result column of type ${typeText(type)} (${name})`);
  const value = withLeaves(type, id, (t, sql) => (isPrimitive(t, "binary") ? `base64(${sql})` : undefined));
  return `CAST(to_json(CAST(${value} AS ${textShape(type)})) AS VARCHAR)`;
}

function holds(type: Type, wanted: (type: Type) => boolean): boolean {
  if (wanted(type)) return true;
  if (type.kind === "array") return holds(type.element, wanted);
  if (type.kind === "map") return holds(type.key, wanted) || holds(type.value, wanted);
  return type.kind === "struct" && type.fields.some((f) => holds(f.type, wanted));
}

/** A handed-over cell as the Statement Execution API shows it (format JSON_ARRAY). */
export function cellText(type: Type, handed: string | null): string | null {
  if (handed === null) return null;
  if (type.kind === "array" || type.kind === "map" || type.kind === "struct")
    return nestedText(type, parseJson(handed));
  return plainText(type, handed);
}

function plainText(type: Type, handed: string): string {
  if (isFractional(type)) return javaText(handed);
  if (isPrimitive(type, "timestamp")) return `${wireTime(handed.replace(/\+00$/, ""))}Z`;
  if (isPrimitive(type, "timestamp_ntz")) return wireTime(handed);
  if (isPrimitive(type, "date")) return isoDate(handed);
  return handed;
}

/** `2021-01-01T10:00:00.000`: milliseconds always, microseconds when there are any. */
function wireTime(handed: string): string {
  const [moment = "", fraction = ""] = isoDate(handed).replace(" ", "T").split(".");
  return `${moment}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, "0")}`;
}

/** DuckDB writes years before 1 as `0002-01-01 (BC)`; ISO counts on: year 0, -1 …. */
function isoDate(handed: string): string {
  const match = /^(\d+)(-\d\d-\d\d) \(BC\)(.*)$/.exec(handed);
  if (match === null) return handed;
  const year = Number(match[1]) - 1;
  return `${year === 0 ? "" : "-"}${String(year).padStart(4, "0")}${match[2]}${match[3]}`;
}

/** `1.0`, `1.0E10`, `NaN`: as Java prints a double. */
export function javaText(handed: string): string {
  if (/nan/i.test(handed)) return "NaN";
  if (/inf/i.test(handed)) return handed.startsWith("-") ? "-Infinity" : "Infinity";
  const sign = handed.startsWith("-") ? "-" : "";
  const [digits, exponent] = scientific(handed.replace(/^-/, ""));
  if (digits === "") return `${sign}0.0`;
  if (exponent >= -3 && exponent < 7) return `${sign}${fixed(digits, exponent)}`;
  return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${exponent}`;
}

/** Significant digits without zeros at either end, and the power of ten of the first. */
function scientific(positive: string): readonly [digits: string, exponent: number] {
  const [mantissa = "", power = "0"] = positive.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = `${whole}${fraction}`;
  const first = all.search(/[1-9]/);
  if (first === -1) return ["", 0];
  return [all.slice(first).replace(/0+$/, ""), whole.length - 1 - first + Number(power)];
}

function fixed(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  return `${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || "0"}`;
}

const QUOTED = ["string", "binary", "date", "timestamp", "timestamp_ntz"];

/** JSON text; numbers and booleans bare, everything else quoted. */
function nestedText(type: Type, value: Json): string {
  if (value === null) return "null";
  if (type.kind === "array" && Array.isArray(value))
    return `[${value.map((item: Json) => nestedText(type.element, item)).join(",")}]`;
  if (type.kind === "struct" && isObject(value))
    return `{${type.fields.map((f) => `${JSON.stringify(f.name)}:${nestedText(f.type, value[f.name] ?? null)}`).join(",")}}`;
  if (type.kind === "map" && isObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(plainText(type.key, key))}:${nestedText(type.value, item)}`)
      .join(",")}}`;
  const text = plainText(type, typeof value === "object" ? printJson(value) : String(value));
  return isPrimitive(type, ...QUOTED) || (!/^-?\d/.test(text) && !/^(true|false)$/.test(text))
    ? JSON.stringify(text)
    : text;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
