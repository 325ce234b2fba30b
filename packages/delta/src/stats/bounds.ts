import { exactNumber, type Json } from "../json.ts";
import type { DataType } from "../schema/types.ts";

/** A minimum as statistics write it: at most the given one; `undefined` when the type has none. */
export function lowerBound(type: DataType, text: string): Json | undefined {
  if (type.kind === "decimal") return exactNumber(text);
  if (type.kind !== "primitive") return undefined;
  switch (type.name) {
    case "byte":
    case "short":
    case "integer":
    case "long":
      return BigInt(text);
    case "float":
    case "double":
      return floatBound(text, "-0.0");
    case "string":
      return Array.from(text).slice(0, PREFIX).join("");
    case "date":
      return DATE.test(text) ? text : undefined;
    case "timestamp":
    case "timestamp_ntz":
      return instant(type.name, text, "down");
    default:
      return undefined;
  }
}

/** A maximum as statistics write it: at least the given one; `undefined` when there is none. */
export function upperBound(type: DataType, text: string): Json | undefined {
  if (type.kind !== "primitive") return lowerBound(type, text);
  switch (type.name) {
    case "float":
    case "double":
      return floatBound(text, "0.0");
    case "string":
      return raisedPrefix(text);
    case "timestamp":
    case "timestamp_ntz":
      return instant(type.name, text, "up");
    default:
      return lowerBound(type, text);
  }
}

/** Strings are cut to this many characters. */
const PREFIX = 32;
const HIGHEST = "\u{10ffff}";

/**
 * A prefix followed by the highest code point is above every text with that prefix, unless that continues
 * with it too.
 */
function raisedPrefix(text: string): string | undefined {
  const characters = Array.from(text);
  if (characters.length <= PREFIX) return text;
  return characters[PREFIX] === HIGHEST ? undefined : characters.slice(0, PREFIX).join("") + HIGHEST;
}

/**
 * Zeros of both signs are equal: a bound of zero is written with the sign that includes both. JSON has no
 * infinities.
 */
function floatBound(text: string, zero: "-0.0" | "0.0"): Json | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return exactNumber(value === 0 ? zero : text);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(\+00)?$/;

/**
 * Milliseconds, as Spark writes: minima rounded down. Spark rounds maxima down too and has readers add a
 * millisecond; rounded up they hold for every reader. Years beyond four digits have no bound.
 */
function instant(
  type: "timestamp" | "timestamp_ntz",
  text: string,
  direction: "down" | "up",
): string | undefined {
  const match = INSTANT.exec(text);
  if (match === null || (type === "timestamp") !== (match[4] !== undefined)) return undefined;
  const micros = (match[3] ?? "").padEnd(6, "0");
  const whole = Date.parse(`${match[1]}T${match[2]}.${micros.slice(0, 3)}Z`);
  if (Number.isNaN(whole)) return undefined;
  const raised = direction === "up" && micros.slice(3) !== "000" ? whole + 1 : whole;
  const printed = new Date(raised).toISOString();
  if (printed.length !== 24) return undefined;
  return type === "timestamp" ? printed : printed.slice(0, -1);
}
