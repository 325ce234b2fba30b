import { id, join, lit, type SqlFragment, sql } from "@clone-xs/sql";
import { type ComparableType, comparableType } from "./comparable-type.ts";

/** A column as a query tells it. */
export interface HashedColumn {
  readonly name: string;
  /** Databricks spelling, e.g. `bigint`, `array<struct<a:int>>`. */
  readonly typeText: string;
}

export interface RowHash {
  /** Aggregates of a query over the rows, as `hash_1` and `hash_2`; none when no column can be hashed. */
  readonly aggregates: readonly SqlFragment[];
  /** Columns that are not part of it, and why. */
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[];
}

/**
 * An order-free hash of the rows of a table: two sums of 64-bit hashes of each row, begun from different seeds, so that they do not
 * collide together. What tells two values apart tells their hashes apart: every value is preceded by whether it is NULL, arrays and
 * maps by their length, elements and entries are hashed by themselves, and -0.0 is not 0.0. A text has its length in its hash, so
 * there are no separators to meet. The types of both sides must be the same; that is for the columns to compare.
 * Source: xxhash64, Databricks SQL reference; Spark's HashExpression leaves NULLs out, and refuses maps.
 */
export function rowHash(columns: readonly HashedColumn[]): RowHash {
  const read = columns.map(({ name, typeText }) => ({ name, type: comparableType(typeText) }));
  const hashed = read.flatMap(({ name, type }) => (type.ok ? [{ name, type: type.type }] : []));
  const leftOut = read.flatMap(({ name, type }) => (type.ok ? [] : [{ column: name, reason: type.reason }]));
  return { aggregates: hashed.length === 0 ? [] : SEEDS.map((seed) => summed(hashed, seed)), leftOut };
}

/** Both sums as one 128-bit number in hexadecimal digits. `null` is the sum of no rows. */
export function hashText(sums: readonly (string | null)[]): string {
  return sums
    .map((sum) =>
      BigInt.asUintN(64, BigInt(sum ?? "0"))
        .toString(16)
        .padStart(16, "0"),
    )
    .join("");
}

const SEEDS = [1, 2] as const;

function summed(
  columns: readonly { readonly name: string; readonly type: ComparableType }[],
  seed: number,
): SqlFragment {
  const encoding: Encoding = { seed, depth: 0 };
  const row = hashOf(
    columns.flatMap(({ name, type }) => encoded(id(name), type, encoding)),
    encoding,
  );
  return sql`sum(CAST(${row} AS DECIMAL(38,0))) AS ${id(`hash_${seed}`)}`;
}

interface Encoding {
  readonly seed: number;
  /** Lambdas around this value. */
  readonly depth: number;
}

function hashOf(values: readonly SqlFragment[], { seed }: Encoding): SqlFragment {
  return sql`xxhash64(${join([lit(seed), ...values])})`;
}

/** The arguments by which a hash tells one value of a type from any other. */
function encoded(value: SqlFragment, type: ComparableType, encoding: Encoding): readonly SqlFragment[] {
  const isNull = sql`${value} IS NULL`;
  switch (type.kind) {
    case "void":
      return [isNull];
    case "plain":
      return [isNull, value];
    case "collated":
      return [isNull, sql`CAST(${value} AS BINARY)`];
    case "floating":
      return [isNull, value, sql`CAST(${value} AS STRING) LIKE '-%'`];
    case "struct":
      return [
        isNull,
        ...type.fields.flatMap((field) => encoded(sql`${value}.${id(field.name)}`, field.type, encoding)),
      ];
    case "array":
      return [
        isNull,
        sql`size(${value})`,
        eachOf(value, encoding, (item, inside) => encoded(item, type.element, inside)),
      ];
    case "map": {
      const hashes = eachOf(sql`map_entries(${value})`, encoding, (entry, inside) => [
        ...encoded(sql`${entry}.key`, type.key, inside),
        ...encoded(sql`${entry}.value`, type.value, inside),
      ]);
      return [isNull, sql`size(${value})`, sql`array_sort(${hashes})`];
    }
  }
}

function eachOf(
  list: SqlFragment,
  { seed, depth }: Encoding,
  values: (item: SqlFragment, inside: Encoding) => readonly SqlFragment[],
): SqlFragment {
  const inside = { seed, depth: depth + 1 };
  const item = id(`item_${depth}`);
  return sql`transform(${list}, ${item} -> ${hashOf(values(item, inside), inside)})`;
}
