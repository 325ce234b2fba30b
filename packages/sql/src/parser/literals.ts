import type { Token } from "../lexer/index.ts";
import type { Expression } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { stringLiteral } from "./names.ts";

type NumberLiteral = Extract<Expression, { kind: "number" }>;

/** A number with the type that its suffix and size give it. */
export function numberLiteral(cursor: Cursor, negative = false): NumberLiteral {
  const token = cursor.advance();
  const suffix = /(?:BD|[LSYDF])$/iu.exec(token.text)?.[0].toUpperCase() ?? "";
  const digits = token.text.slice(0, token.text.length - suffix.length);
  const text = negative ? `-${digits}` : digits;
  const type = SUFFIX_TYPES[suffix] ?? unsuffixedType(text);
  checkRange(cursor, token, { text, type });
  return { kind: "number", text, type, start: token.start, end: token.end };
}

/** Whether a minus before this number belongs to it: only with it the smallest value of its type fits. */
export function isSmallestInteger(token: Token): boolean {
  return token.type === "number" && SMALLEST.has(token.text.toUpperCase());
}

const SMALLEST = new Set(["128Y", "32768S", "2147483648", "9223372036854775808", "9223372036854775808L"]);

const SUFFIX_TYPES: Readonly<Record<string, NumberLiteral["type"]>> = {
  BD: "DECIMAL",
  L: "BIGINT",
  S: "SMALLINT",
  Y: "TINYINT",
  D: "DOUBLE",
  F: "FLOAT",
};

const LIMITS: Readonly<Record<string, bigint>> = {
  TINYINT: 2n ** 7n,
  SMALLINT: 2n ** 15n,
  INT: 2n ** 31n,
  BIGINT: 2n ** 63n,
};

function unsuffixedType(text: string): NumberLiteral["type"] {
  if (/e/iu.test(text)) return "DOUBLE";
  if (text.includes(".")) return "DECIMAL";
  if (fits(text, "INT")) return "INT";
  return fits(text, "BIGINT") ? "BIGINT" : "DECIMAL";
}

function fits(text: string, type: string): boolean {
  const limit = LIMITS[type];
  if (limit === undefined) return true;
  if (text.length < 3) return true;
  const value = BigInt(text);
  return value < limit && value >= -limit;
}

function checkRange(
  cursor: Cursor,
  token: Token,
  { text, type }: Pick<NumberLiteral, "text" | "type">,
): void {
  const limit = LIMITS[type];
  if (limit === undefined) return;
  if (!/^-?\d+$/u.test(text)) cursor.fail(token);
  if (!fits(text, type))
    cursor.error(
      "INVALID_NUMERIC_LITERAL_RANGE",
      `Numeric literal ${token.text} is outside the valid range for ${type.toLowerCase()} with minimum value of ${-limit} and maximum value of ${limit - 1n}.`,
      token.start,
    );
}

/** `DATE '…'`, `X'1F'` …: a word and a string. */
export function typedLiteral(cursor: Cursor): Expression {
  const word = cursor.advance();
  const value = stringLiteral(cursor);
  const span = cursor.span(word.start);
  switch (word.symbol) {
    case "DATE":
    case "TIMESTAMP":
    case "TIMESTAMP_NTZ":
      return { kind: "typed", type: word.symbol, value, ...span };
    case "TIMESTAMP_LTZ":
      return { kind: "typed", type: "TIMESTAMP", value, ...span };
    case "X":
      return { kind: "binary", hex: hexDigits(cursor, value, word), ...span };
    default:
      if (cursor.namesOnly) return { kind: "string", value, ...span };
      return cursor.error(
        "UNSUPPORTED_TYPED_LITERAL",
        `Literals of the type "${word.symbol}" are not supported. Supported types are "DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X".`,
        word.start,
      );
  }
}

/** An odd count of digits gets a leading zero, as in Spark. */
function hexDigits(cursor: Cursor, value: string, word: Token): string {
  if (!/^[0-9a-fA-F]*$/u.test(value))
    cursor.error(
      "INVALID_TYPED_LITERAL",
      `The value of the typed literal "X" is invalid: '${value}'.`,
      word.start,
    );
  return value.length % 2 === 0 ? value : `0${value}`;
}

const UNITS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "YEAR",
    "QUARTER",
    "MONTH",
    "WEEK",
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "MILLISECOND",
    "MICROSECOND",
    "NANOSECOND",
  ].flatMap((unit) => [
    [unit, unit],
    [`${unit}S`, unit],
  ]),
);

/** Whether INTERVAL begins a literal here and is no column. */
export function atInterval(cursor: Cursor): boolean {
  if (!cursor.at("INTERVAL")) return false;
  const next = cursor.peek(1);
  if (next.type === "string" || next.type === "number") return true;
  const signed = next.symbol === "-" || next.symbol === "+";
  return signed && isValue(cursor.peek(2)) && cursor.peek(3).symbol in UNITS;
}

function isValue({ type }: Token): boolean {
  return type === "string" || type === "number";
}

/** `INTERVAL 1 DAY 2 HOURS`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 day'`. */
export function intervalLiteral(cursor: Cursor): Expression {
  const { start } = cursor.advance();
  if (cursor.token.type === "string" && !(cursor.peek(1).symbol in UNITS)) return unitsInText(cursor, start);
  const parts = [intervalPart(cursor)];
  if (cursor.at("TO") && cursor.peek(1).symbol in UNITS) {
    cursor.advance();
    return { kind: "interval", parts, toUnit: unit(cursor), ...cursor.span(start) };
  }
  while (atPart(cursor)) parts.push(intervalPart(cursor));
  return { kind: "interval", parts, ...cursor.span(start) };
}

function atPart(cursor: Cursor): boolean {
  const signed = cursor.at("-") || cursor.at("+") ? 1 : 0;
  return isValue(cursor.peek(signed)) && cursor.peek(signed + 1).symbol in UNITS;
}

function intervalPart(cursor: Cursor): { value: Expression; unit: string } {
  const { start } = cursor.token;
  const negative = cursor.take("-");
  if (!negative) cursor.take("+");
  const operand: Expression =
    cursor.token.type === "string"
      ? { kind: "string", value: stringLiteral(cursor), ...cursor.span(start) }
      : cursor.token.type === "number"
        ? numberLiteral(cursor)
        : cursor.fail();
  const value: Expression = negative
    ? { kind: "unary", operator: "-", operand, ...cursor.span(start) }
    : operand;
  return { value, unit: unit(cursor) };
}

function unit(cursor: Cursor): string {
  const name = UNITS[cursor.token.symbol];
  if (!name) cursor.fail();
  cursor.advance();
  return name;
}

/** The units stand inside the string: `INTERVAL '1 day -2 hours'`. */
function unitsInText(cursor: Cursor, start: number): Expression {
  const token = cursor.token;
  const text = stringLiteral(cursor);
  const span = cursor.span(token.start);
  const words = text
    .trim()
    .replace(/^interval\s+/iu, "")
    .split(/\s+/u);
  const parts: { value: Expression; unit: string }[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const name = UNITS[(words[i + 1] ?? "").toUpperCase()];
    if (!name || !/^[+-]?\d+(?:\.\d+)?$/u.test(words[i] ?? ""))
      cursor.error("INVALID_TYPED_LITERAL", `Cannot parse the INTERVAL value: ${text}.`, token.start);
    parts.push({ value: { kind: "string", value: words[i] ?? "", ...span }, unit: name });
  }
  return { kind: "interval", parts, ...cursor.span(start) };
}
