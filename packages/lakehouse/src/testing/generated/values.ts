import type { DataType, StructField } from "@clone-xs/delta";
import { id, join, lit, sql, type SqlFragment, unsafeText } from "@clone-xs/sql";
import fc from "fast-check";
import { type Cell, ordered, plainCell, textOf } from "./cells.ts";

/** What a value of a type may be, null now and then. Maps are never empty: there is no expression of such a one here. */
export function valueOf(type: DataType): fc.Arbitrary<Cell> {
  return fc.option(presentValue(type), { nil: null, freq: 5 });
}

function presentValue(type: DataType): fc.Arbitrary<Cell> {
  switch (type.kind) {
    case "primitive":
      return plainValue(type.name).map((text) => plainCell(type, text));
    case "decimal":
      return decimal(type.precision, type.scale);
    case "array":
      return fc.array(valueOf(type.element), { maxLength: 3 });
    case "map":
      return fc
        .uniqueArray(fc.tuple(presentValue(type.key), valueOf(type.value)), {
          minLength: 1,
          maxLength: 3,
          selector: ([key]) => JSON.stringify(key),
        })
        .map(ordered);
    case "struct":
      return fc
        .tuple(...type.fields.map((field) => valueOf(field.type)))
        .map((cells) => Object.fromEntries(type.fields.map(({ name }, i) => [name, cells[i] ?? null])));
  }
}

const STRINGS = [
  "",
  "a",
  "A",
  "b ",
  "it's",
  "\\",
  "y/ü=%",
  "%41",
  "日本",
  "😀",
  "two\nlines",
  "null",
  "x".repeat(40),
  `${"m".repeat(31)}é${"z".repeat(5)}`,
  "\u{10ffff}".repeat(33),
  `${"😀".repeat(31)}\u{10ffff}\u{10ffff}`,
];

const FLOATS = [
  "0",
  "-0.0",
  "1.5",
  "-2.25",
  "0.1",
  "16777217",
  "NaN",
  "Infinity",
  "-Infinity",
  "3.4028235E38",
];

/** Days and moments that every engine here can show: some know no year before 1900 or after 2299. */
const DAYS = {
  min: new Date("1901-01-01T00:00:00Z"),
  max: new Date("2298-12-31T00:00:00Z"),
  noInvalidDate: true,
};

function plainValue(name: string): fc.Arbitrary<string> {
  const whole = (bits: bigint) =>
    fc
      .oneof(
        fc.bigInt({ min: -9n, max: 9n }),
        fc.bigInt({ min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n }),
        fc.constantFrom(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n),
      )
      .map(String);
  switch (name) {
    case "byte":
      return whole(8n);
    case "short":
      return whole(16n);
    case "integer":
      return whole(32n);
    case "long":
      return whole(64n);
    case "boolean":
      return fc.constantFrom("true", "false");
    case "float":
      return fc.oneof(fc.constantFrom(...FLOATS), fc.float().map(String));
    case "double":
      return fc.oneof(
        fc.constantFrom(...FLOATS, "1E-300", "1.7976931348623157E308"),
        fc.double().map(String),
      );
    case "string":
      return fc.constantFrom(...STRINGS);
    case "binary":
      return fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes).toString("hex").toUpperCase());
    case "date":
      return fc.date(DAYS).map((day) => day.toISOString().slice(0, 10));
    case "timestamp":
    case "timestamp_ntz":
      return fc
        .tuple(fc.date(DAYS), fc.constantFrom("", "000000", "5", "123", "123456", "999999"))
        .map(([moment, fraction]) => `${moment.toISOString().slice(0, 19)}.${fraction}`);
    default:
      throw new Error(`no values of type ${name}`);
  }
}

function decimal(precision: number, scale: number): fc.Arbitrary<string> {
  const most = 10n ** BigInt(precision) - 1n;
  return fc
    .oneof(
      fc.bigInt({ min: -most, max: most }),
      fc.bigInt({ min: -9n, max: 9n }),
      fc.constantFrom(most, -most),
    )
    .map((unscaled) => {
      const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
      const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
      return unscaled < 0n ? `-${text}` : text;
    });
}

/** The value as an expression of exactly its type. */
export function literal(type: DataType, cell: Cell): SqlFragment {
  if (cell === null) return sql`CAST(NULL AS ${typeSql(type)})`;
  switch (type.kind) {
    case "primitive":
      if (type.name === "binary") return unsafeText(`X'${textOf(cell)}'`);
      return type.name === "string" ? lit(textOf(cell)) : sql`CAST(${lit(textOf(cell))} AS ${typeSql(type)})`;
    case "decimal":
      return sql`CAST(${lit(textOf(cell))} AS ${typeSql(type)})`;
    case "array":
      return sql`CAST(array(${join((cell as readonly Cell[]).map((item) => literal(type.element, item)))}) AS ${typeSql(type)})`;
    case "map": {
      const pairs = cell as readonly (readonly [Cell, Cell])[];
      const flat = pairs.flatMap(([key, value]) => [literal(type.key, key), literal(type.value, value)]);
      return sql`CAST(map(${join(flat)}) AS ${typeSql(type)})`;
    }
    case "struct": {
      const of = cell as { readonly [field: string]: Cell };
      const fields = type.fields.flatMap((f) => [lit(f.name), literal(f.type, of[f.name] ?? null)]);
      return sql`named_struct(${join(fields)})`;
    }
  }
}

const SQL_NAMES: Readonly<Record<string, string>> = {
  long: "BIGINT",
  integer: "INT",
  short: "SMALLINT",
  byte: "TINYINT",
};

/** The type as a column definition has it, the names of its fields quoted. */
export function typeSql(type: DataType): SqlFragment {
  switch (type.kind) {
    case "primitive":
      return unsafeText(SQL_NAMES[type.name] ?? type.name.toUpperCase());
    case "decimal":
      return unsafeText(`DECIMAL(${type.precision}, ${type.scale})`);
    case "array":
      return sql`ARRAY<${typeSql(type.element)}>`;
    case "map":
      return sql`MAP<${typeSql(type.key)}, ${typeSql(type.value)}>`;
    case "struct":
      return sql`STRUCT<${join(type.fields.map(({ name, type: t }: StructField) => sql`${id(name)}: ${typeSql(t)}`))}>`;
  }
}
