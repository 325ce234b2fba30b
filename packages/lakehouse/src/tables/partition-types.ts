import {
  asDecimal,
  DATE,
  DOUBLE,
  decimal,
  INT,
  LONG,
  sameType,
  STRING,
  TIMESTAMP,
  type Type,
} from "../execution/types/types.ts";
import type { ParquetFile } from "./parquet.ts";

/** The partition columns of a listing in the order of its directories, with the types that Spark takes their values for. */
export function partitionColumnsOf(
  files: readonly Pick<ParquetFile, "partitionValues">[],
): readonly { readonly name: string; readonly type: Type }[] {
  const names = [...new Set(files.flatMap((file) => Object.keys(file.partitionValues)))];
  return names.map((name) => ({
    name,
    type: typeOfValues(files.map((file) => file.partitionValues[name] ?? null)),
  }));
}

/**
 * A table's columns with those of its directories: their types count where the table was not declared, over those of columns in its files
 * that are called so too.
 */
export function withPartitions<Column extends { readonly name: string; readonly type: Type }>(
  columns: readonly Column[],
  partitions: readonly { readonly name: string; readonly type: Type }[],
  areDeclared: boolean,
): readonly (Column | { readonly name: string; readonly type: Type })[] {
  const named = (name: string) => (column: { readonly name: string }) =>
    column.name.toLowerCase() === name.toLowerCase();
  return [
    ...columns.map((column) => {
      const partition = areDeclared ? undefined : partitions.find(named(column.name));
      return partition === undefined ? column : { ...column, type: partition.type };
    }),
    ...partitions.filter(({ name }) => !columns.some(named(name))),
  ];
}

/**
 * The one type of the values of a partition column: the narrowest that holds all. Source: Spark's partition discovery,
 * `spark.sql.sources.partitionColumnTypeInference.enabled`.
 */
export function typeOfValues(values: readonly (string | null)[]): Type {
  const types = values
    .filter((value) => value !== null && value !== "")
    .map((value) => typeOfValue(value ?? ""));
  return types.length === 0 ? STRING : types.reduce(wider);
}

const MOST_INT = 2n ** 31n;
const MOST_LONG = 2n ** 63n;

function typeOfValue(text: string): Type {
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.replace("+", ""));
    const fits = (most: bigint) => value >= -most && value < most;
    if (fits(MOST_INT)) return INT;
    if (fits(MOST_LONG)) return LONG;
    const digits = String(value).replace("-", "").length;
    return digits <= 38 ? decimal(digits, 0) : DOUBLE;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || /^([+-]?Infinity|NaN)$/.test(text))
    return DOUBLE;
  const day = /^(\d{4}-\d{2}-\d{2})(?: \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)?$/.exec(text);
  if (day === null || Number.isNaN(Date.parse(`${text.replace(" ", "T")}${text === day[1] ? "" : "Z"}`)))
    return STRING;
  return text === day[1] ? DATE : TIMESTAMP;
}

function wider(a: Type, b: Type): Type {
  if (sameType(a, b)) return a;
  const both = (x: Type, y: Type) => (sameType(a, x) && sameType(b, y)) || (sameType(a, y) && sameType(b, x));
  if (both(INT, LONG)) return LONG;
  if (both(INT, DOUBLE)) return DOUBLE;
  if (both(DATE, TIMESTAMP)) return TIMESTAMP;
  const [x, y] = [asDecimal(a), asDecimal(b)];
  if (x === undefined || y === undefined) return STRING;
  return decimal(Math.max(x.precision, y.precision), 0);
}
