import { type DataType, type Json, parseJson, printJson } from "@clone-xs/delta";

/**
 * A value as every engine's answer is brought to: plain values as text (a float as the shortest text of a double, a timestamp as
 * `2026-01-31T10:00:00.000000` in UTC, binary in hexadecimal), maps as pairs in order.
 */
export type Cell = null | string | readonly Cell[] | { readonly [field: string]: Cell };

/** The text of a plain value. */
export function textOf(cell: Cell): string {
  if (typeof cell !== "string") throw new Error(`not a plain value: ${JSON.stringify(cell)}`);
  return cell;
}

/** Rows in an order that does not depend on the engine. */
export function inOrder(rows: readonly (readonly Cell[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** A cell of a statement's result, as the Statement Execution API shows it. */
export function cellOf(type: DataType, text: string | null): Cell {
  if (text === null) return null;
  if (isNested(type)) return nestedCell(type, parseJson(text));
  if (type.kind === "primitive" && type.name === "binary")
    return Buffer.from(text, "base64").toString("hex").toUpperCase();
  return plainCell(type, text);
}

function nestedCell(type: DataType, value: Json): Cell {
  if (value === null) return null;
  if (type.kind === "array") return items(value).map((item) => nestedCell(type.element, item));
  if (type.kind === "struct") {
    const of = members(value);
    return Object.fromEntries(
      type.fields.map(({ name, type: t }) => [name, nestedCell(t, of[name] ?? null)]),
    );
  }
  if (type.kind === "map")
    return ordered(
      Object.entries(members(value)).map(([key, item]) => [
        plainCell(type.key, key),
        nestedCell(type.value, item),
      ]),
    );
  return plainCell(type, typeof value === "object" ? printJson(value) : String(value));
}

/** A map's pairs by their keys. */
export function ordered(pairs: readonly (readonly [Cell, Cell])[]): Cell {
  return pairs.toSorted(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The text of a plain value, whatever the engine: `2026-01-01 10:00:00.5+00` and `2026-01-01T10:00:00.500Z` are one. */
export function plainCell(type: DataType, text: string): string {
  if (type.kind === "decimal") return decimalText(text, type.scale);
  if (type.kind !== "primitive") throw new Error(`not a plain type: ${type.kind}`);
  switch (type.name) {
    case "float":
      return String(Math.fround(Number(numeric(text))) + 0);
    case "double":
      return String(Number(numeric(text)) + 0);
    case "timestamp":
    case "timestamp_ntz": {
      const [moment = "", fraction = ""] = text
        .replace(/(Z|\+00(:00)?)$/u, "")
        .replace(" ", "T")
        .split(".");
      return `${moment}.${fraction.padEnd(6, "0")}`;
    }
    default:
      return text;
  }
}

function numeric(text: string): string {
  if (/^-?inf/iu.test(text)) return text.startsWith("-") ? "-Infinity" : "Infinity";
  return /^-?nan$/iu.test(text) ? "NaN" : text;
}

/** With exactly as many digits after the point as the type has; `-9e-18` written out. */
function decimalText(text: string, scale: number): string {
  const [mantissa = "", power = "0"] = text.toLowerCase().replace(/^-/u, "").split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const unscaled = BigInt(`${whole}${fraction}${"0".repeat(Math.max(0, scale))}`);
  const surplus = fraction.length - Number(power);
  const digits = String(surplus > 0 ? unscaled / 10n ** BigInt(surplus) : unscaled * 10n ** BigInt(-surplus));
  const padded = digits.padStart(scale + 1, "0");
  const shown = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  return text.startsWith("-") && /[1-9]/u.test(shown) ? `-${shown}` : shown;
}

function isNested({ kind }: DataType): boolean {
  return kind === "array" || kind === "map" || kind === "struct";
}

function items(value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`);
  return value as readonly Json[];
}

function members(value: Json): { readonly [name: string]: Json } {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`not an object: ${JSON.stringify(value)}`);
  return value as { readonly [name: string]: Json };
}
