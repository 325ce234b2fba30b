import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A statement's result: every cell is text. */
export interface Found {
  readonly columns: readonly { readonly name: string; readonly typeText: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** The rows that another engine gave for the latest version of a table; `undefined` when it gave none. */
export function engineAnswer(expected: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  const path = join(expected, "engine2/latest.ndjson");
  const text = existsSync(path)
    ? readFileSync(path, "utf8")
    : existsSync(`${path}.gz`)
      ? gunzipSync(readFileSync(`${path}.gz`)).toString("utf8")
      : undefined;
  return text
    ?.split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The JSON that the other engine writes for values of a type; others are a difference of type. */
function hasTypeOf(typeText: string, value: unknown): boolean {
  if (value === null || /^(ARRAY|MAP|STRUCT)/.test(typeText)) return true;
  if (/^(TINYINT|SMALLINT|INT)$/.test(typeText)) return typeof value === "number";
  if (/^(FLOAT|DOUBLE)$/.test(typeText))
    return typeof value === "number" || value === "NaN" || value === "Infinity" || value === "-Infinity";
  if (typeText === "BOOLEAN") return typeof value === "boolean";
  return typeof value === "string";
}

interface Leniency {
  /** Columns that the other engine is known not to read. */
  readonly skipped?: ReadonlySet<string>;
  /** Columns whose types the two know from elsewhere: only their values are compared. */
  readonly untyped?: ReadonlySet<string>;
}

/** What is wrong with a result, beside the answer of the other engine; `undefined` when nothing is. Rows are compared without their order. */
export function differenceFrom(
  answer: readonly Readonly<Record<string, unknown>>[],
  { columns, rows }: Found,
  { skipped = new Set(), untyped = new Set() }: Leniency = {},
): string | undefined {
  const compared = columns.filter(({ name }) => !skipped.has(name));
  for (const row of answer)
    for (const { name, typeText } of compared) {
      if (!(name in row)) return `the column ${name} is not in the answer`;
      if (!untyped.has(name) && !hasTypeOf(typeText, row[name]))
        return `${name} is ${typeText}, the answer ${JSON.stringify(row[name])}`;
    }
  const spelt = (name: string, typeText: string, value: unknown) =>
    untyped.has(name) ? looseNested(value) : canonical(typeText, value);
  const theirs = answer.map((row) => compared.map(({ name, typeText }) => spelt(name, typeText, row[name])));
  const ours = rows.map((row) =>
    compared.map(({ name, typeText }) => {
      const cell = row[columns.findIndex((column) => column.name === name)] ?? null;
      return spelt(name, typeText, typeText === "BINARY" && cell !== null ? asCharacters(cell) : cell);
    }),
  );
  return firstDifference(theirs, ours);
}

/** Binary cells are base64; the other engine prints bytes as characters. */
function asCharacters(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

export function firstDifference(
  theirs: readonly (readonly unknown[])[],
  ours: readonly (readonly unknown[])[],
): string | undefined {
  const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row)).sort();
  const [a, b] = [sorted(theirs), sorted(ours)];
  const at = a.findIndex((row, i) => row !== b[i]);
  if (at < 0 && a.length === b.length) return undefined;
  return `${b.length} rows, ${a.length} in the answer; ${b[Math.max(at, 0)]?.slice(0, 200)} for ${a[Math.max(at, 0)]?.slice(0, 200)}`;
}

/** One spelling of a value, nested ones too. */
export function canonical(typeText: string, value: unknown): unknown {
  // The other engine has no NULL of lists and maps.
  if (value === null || value === undefined)
    return typeText.startsWith("ARRAY") ? [] : typeText.startsWith("MAP") ? {} : null;
  if (/^(ARRAY|MAP|STRUCT)/.test(typeText))
    return nested(typeof value === "string" ? (JSON.parse(value) as unknown) : value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (typeText === "FLOAT") return String(Math.fround(Number(value)));
  if (typeText === "DOUBLE") return String(Number(value));
  if (typeText.startsWith("TIMESTAMP")) return instant(text);
  if (/^(DECIMAL|BIGINT|INT|SMALLINT|TINYINT)/.test(typeText)) return plainNumber(text);
  return text;
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [/^-?\d+\.\d+$/.test(key) ? plainNumber(key) : key, nested(item)] as const,
    );
    // The other engine has no NULL of structs either, but one whose fields are all NULL.
    if (entries.length > 0 && entries.every(([, item]) => item === null)) return null;
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  if (value === null || value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^-?\d+(\.\d+)?$/.test(text)) return plainNumber(text);
  return /^\d{4}-\d\d-\d\d[T ]/.test(text) ? instant(text) : text;
}

function plainNumber(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Instants and local times alike: `2023-05-15 16:30:45+02`, `2023-05-15T14:30:45.000Z`. */
function instant(text: string): string {
  const match = /^([+-]?\d{4,}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(
    text,
  );
  if (match === null) return text;
  const [, date, time, fraction = "", zone = "Z"] = match;
  const whole = Date.parse(`${date}T${time}${zone.length === 3 ? `${zone}:00` : zone}`);
  return `${new Date(whole).toISOString().slice(0, -5)}.${fraction.padEnd(6, "0")}`;
}

/**
 * One spelling for answers that come as JSON of another language: numbers as doubles, moments as milliseconds, no difference between a
 * missing field, an empty list and NULL.
 */
export function loose(typeText: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (/^(ARRAY|MAP|STRUCT)/.test(typeText))
    return looseNested(typeof value === "string" ? (JSON.parse(value) as unknown) : value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (typeText === "FLOAT") return looseNumber(Math.fround(Number(text)));
  if (/^(DOUBLE|DECIMAL|BIGINT|INT|SMALLINT|TINYINT)/.test(typeText)) return looseNumber(Number(text));
  return looseNested(text);
}

function looseNested(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(looseNested);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, looseNested(item)] as const);
    return Object.fromEntries(
      entries.filter(([, item]) => item !== null).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
  if (value === null || value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return looseNumber(Number(text));
  return looseMoment(text) ?? (SHORT_BYTES.test(text) ? looseNested(asCharacters(text)) : text);
}

/** Bytes inside other values are base64 here, characters there. */
const SHORT_BYTES = /^(?:[A-Za-z\d+/]{4})*[A-Za-z\d+/]{2,3}={1,2}$/;

function looseMoment(text: string): number | undefined {
  const match = /^([+-]?)(\d{4,6})(-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*Z?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = "", year = "", days, time] = match;
  const isLong = sign !== "" || year.length > 4;
  return Date.parse(`${isLong ? `${sign || "+"}${year.padStart(6, "0")}` : year}${days}T${time}Z`);
}

/** JSON of JavaScript has neither NaN nor a negative zero. */
function looseNumber(value: number): unknown {
  return Number.isNaN(value) ? null : value + 0;
}

/** A cell as the other language has it: bytes as the characters of UTF-8. */
export function asText({ columns }: Found, index: number, cell: string | null): string | null {
  return columns[index]?.typeText === "BINARY" && cell !== null ? asCharacters(cell) : cell;
}
