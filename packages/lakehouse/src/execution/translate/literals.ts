import type { Expression } from "@clone-xs/sql";
import { failure, unsupported } from "../errors.ts";
import { BINARY, DATE, DOUBLE, decimal, FLOAT, TIMESTAMP, TIMESTAMP_NTZ, type Type } from "../types/types.ts";
import { cast, coerce } from "./casts.ts";
import { type Environment, place, wording } from "./environment.ts";
import { simple, text, type Typed, typed } from "./typed.ts";

type Of<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

const WHOLE: Readonly<
  Record<string, { readonly type: Type; readonly duck: string; readonly limit: bigint }>
> = {
  TINYINT: { type: { kind: "primitive", name: "byte" }, duck: "TINYINT", limit: 128n },
  SMALLINT: { type: { kind: "primitive", name: "short" }, duck: "SMALLINT", limit: 32768n },
  INT: { type: { kind: "primitive", name: "integer" }, duck: "INTEGER", limit: 2147483648n },
  BIGINT: { type: { kind: "primitive", name: "long" }, duck: "BIGINT", limit: 9223372036854775808n },
};

/** A number as typed, with its sign: `-2147483648` is an INT though `2147483648` is not. */
export function numberLiteral(literal: Of<"number">, negative = false): Typed {
  const signed = negative
    ? literal.text.startsWith("-")
      ? literal.text.slice(1)
      : `-${literal.text}`
    : literal.text;
  if (literal.type === "DECIMAL") return decimalLiteral(signed);
  if (literal.type === "DOUBLE") return simple(`CAST('${signed}' AS DOUBLE)`, DOUBLE);
  if (literal.type === "FLOAT") return simple(`CAST('${signed}' AS FLOAT)`, FLOAT);
  const value = BigInt(signed);
  const name = literal.type === "BIGINT" && value === -2147483648n ? "INT" : literal.type;
  const kind = WHOLE[name];
  if (kind === undefined || value >= kind.limit || value < -kind.limit) return decimalLiteral(signed);
  const digits = literal.text.replace(/^-?0*(?=.)/, "").length;
  return { ...simple(`CAST(${signed} AS ${kind.duck})`, kind.type), digits };
}

function decimalLiteral(signed: string): Typed {
  const [mantissa = "", exponent = "0"] = signed.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const scale = Math.max(0, fraction.length - Number(exponent));
  const significant =
    `${whole}${fraction}${"0".repeat(Math.max(0, Number(exponent) - fraction.length))}`.replace(/^0+/, "");
  const precision = Math.max(significant.length, scale, 1);
  if (precision > 38)
    throw failure(
      "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
      "22003",
      `The ${signed} cannot be represented as Decimal(38, ${scale}).`,
    );
  return simple(`CAST('${signed}' AS DECIMAL(${precision},${scale}))`, decimal(precision, scale));
}

const TYPED: Readonly<Record<Of<"typed">["type"], Type>> = { DATE, TIMESTAMP, TIMESTAMP_NTZ };

/** DATE '…' and its like. The text is checked by the same cast as at run time. */
export function typedLiteral(literal: Of<"typed">): Typed {
  const value = cast(text(literal.value), TYPED[literal.type]);
  return { ...value, simple: true };
}

export function binaryLiteral(hex: string): Typed {
  const padded = hex.length % 2 === 1 ? `0${hex}` : hex;
  return simple(`unhex('${padded}')`, BINARY);
}

const UNITS: Readonly<
  Record<string, { readonly maker: string; readonly name: string; readonly fraction?: boolean }>
> = {
  YEAR: { maker: "to_years", name: "year" },
  QUARTER: { maker: "to_quarters", name: "month" },
  MONTH: { maker: "to_months", name: "month" },
  WEEK: { maker: "to_weeks", name: "day" },
  DAY: { maker: "to_days", name: "day" },
  HOUR: { maker: "to_hours", name: "hour" },
  MINUTE: { maker: "to_minutes", name: "minute" },
  SECOND: { maker: "to_seconds", name: "second", fraction: true },
  MILLISECOND: { maker: "to_milliseconds", name: "second" },
  MICROSECOND: { maker: "to_microseconds", name: "second" },
};

const FIELDS = ["year", "month", "day", "hour", "minute", "second"];

/** INTERVAL '…' UNIT …, its parts already translated. Throws for parts of months and days together. */
export function interval(
  node: Of<"interval">,
  translate: (expression: Expression) => Typed,
  environment: Environment,
): Typed {
  if (node.toUnit !== undefined) return intervalRange(node, node.toUnit, environment);
  const parts = node.parts.map((part) => {
    const unit = UNITS[part.unit.toUpperCase().replace(/S$/, "")];
    if (unit === undefined) throw unsupported(`interval unit ${part.unit}`, place(environment, node));
    const amount = coerce(
      translate(part.value),
      unit.fraction === true ? DOUBLE : { kind: "primitive", name: "long" },
    );
    const sql =
      unit.maker === "to_hours" ||
      unit.maker === "to_minutes" ||
      unit.fraction === true ||
      unit.maker.endsWith("econds")
        ? amount.sql
        : `CAST(${amount.sql} AS INTEGER)`;
    return { sql: `${unit.maker}(${sql})`, name: unit.name };
  });
  return typed(
    `(${parts.map((part) => part.sql).join(" + ")})`,
    intervalType(
      parts.map((part) => part.name),
      node,
      environment,
    ),
  );
}

function intervalType(names: readonly string[], node: Of<"interval">, environment: Environment): Type {
  const places = names.map((name) => FIELDS.indexOf(name));
  const first = FIELDS[Math.min(...places)] ?? "day";
  const last = FIELDS[Math.max(...places)] ?? "second";
  if (Math.min(...places) < 2 && Math.max(...places) >= 2)
    throw unsupported("an interval of months and days together", place(environment, node));
  return { kind: "primitive", name: first === last ? `interval ${first}` : `interval ${first} to ${last}` };
}

/** `'1-2' YEAR TO MONTH`, `'1 02:03:04' DAY TO SECOND`. */
function intervalRange(node: Of<"interval">, toUnit: string, environment: Environment): Typed {
  const [part] = node.parts;
  const from = part?.unit.toUpperCase().replace(/S$/, "") ?? "";
  const to = toUnit.toUpperCase().replace(/S$/, "");
  if (part?.value.kind !== "string")
    throw unsupported(`interval ${wording(environment, node)}`, place(environment, node));
  const names = FIELDS.slice(FIELDS.indexOf(from.toLowerCase()), FIELDS.indexOf(to.toLowerCase()) + 1);
  const match = /^\s*([+-])?(.*)$/.exec(part.value.value);
  const numbers = match?.[2]?.split(/[-: ]/) ?? [];
  if (names.length !== numbers.length || !numbers.every((n) => /^\d+(\.\d+)?$/.test(n)))
    throw failure(
      "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING",
      "22006",
      `Error parsing '${part.value.value}' to interval. Please ensure that the value provided is in a valid format for defining an interval.`,
      place(environment, node),
    );
  numbers.forEach((number, i) => checkField(names[i] ?? "", Number(number), i > 0, node, environment));
  const sql = names
    .map((name, i) => `to_${name}s(${name === "second" ? `CAST(${numbers[i]} AS DOUBLE)` : numbers[i]})`)
    .join(" + ");
  return typed(`(${match?.[1] === "-" ? "-1 * " : ""}(${sql}))`, {
    kind: "primitive",
    name: `interval ${from.toLowerCase()} to ${to.toLowerCase()}`,
  });
}

const LIMITS: Readonly<Record<string, number>> = { month: 11, hour: 23, minute: 59, second: 59 };

/** Every field but the leading one has its range. */
function checkField(
  name: string,
  value: number,
  isInner: boolean,
  node: Of<"interval">,
  environment: Environment,
): void {
  const limit = LIMITS[name];
  if (!isInner || limit === undefined || Math.floor(value) <= limit) return;
  throw failure(
    "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING",
    "22006",
    `Error parsing the interval: requirement failed: ${name} ${value} outside range [0, ${limit}].`,
    place(environment, node),
  );
}
