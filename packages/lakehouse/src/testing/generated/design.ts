import type { DataType, StructField } from "@clone-xs/delta";
import { clauses, id, join, lit, sql, type SqlFragment } from "@clone-xs/sql";
import fc, { type GeneratorValue } from "fast-check";
import { type Column, ID, isPlain } from "./model.ts";
import { typeSql } from "./values.ts";

/** What a table is made as. */
export interface Design {
  readonly columns: readonly Column[];
  readonly partitionedBy: readonly Column[];
  readonly clusteredBy: readonly Column[];
  readonly properties: Readonly<Record<string, string>>;
}

/** What the workspace can do that it need not: found out by trying. */
export interface Abilities {
  /** Writes nested columns under column mapping. */
  readonly mappedNested: boolean;
}

const PLAIN_NAMES = ["n", "Größe", "a.b", "x`y", "select", "q'uote", "%41%", "with-dash", "日本"];
/** Parquet does not have these, so that they need column mapping. */
const MAPPED_NAMES = ["two words", "a,b", "{x}", "k=v", "semi;colon", "tab\tbed"];

/** A name that no column has yet, told apart by its number. */
export function columnName(g: GeneratorValue, key: number, mapped: boolean): string {
  return `${g(() => fc.constantFrom(...PLAIN_NAMES, ...(mapped ? MAPPED_NAMES : [])))}${key}`;
}

const primitive = (name: string): DataType => ({ kind: "primitive", name });
const LEAVES: readonly DataType[] = [
  ...["string", "long", "integer", "short", "byte", "boolean", "float", "double", "date", "timestamp"].map(
    primitive,
  ),
  primitive("timestamp_ntz"),
  { kind: "decimal", precision: 9, scale: 2 },
  { kind: "decimal", precision: 18, scale: 0 },
  { kind: "decimal", precision: 38, scale: 18 },
];
/** Nobody partitions by fractions: NaN and the two zeros make no dependable directory. */
const NO_PARTITION: ReadonlySet<string> = new Set(["float", "double", "binary"]);

const leaf = fc.constantFrom(...LEAVES);
const field = (name: string, type: DataType): StructField => ({ name, type, nullable: true, metadata: {} });
const { nested } = fc.letrec<{ nested: DataType; any: DataType }>((tie) => ({
  any: fc.oneof({ depthSize: "xsmall", withCrossShrink: true }, leaf, tie("nested")),
  nested: fc.oneof(
    tie("any").map((element): DataType => ({ kind: "array", element, containsNull: true })),
    fc
      .tuple(fc.constantFrom(primitive("string"), primitive("integer")), tie("any"))
      .map(([key, value]): DataType => ({ kind: "map", key, value, valueContainsNull: true })),
    fc
      .tuple(tie("any"), tie("any"))
      .map(([a, b]): DataType => ({ kind: "struct", fields: [field("first", a), field("Zweites", b)] })),
  ),
}));

/** A type of a column. Binary stands at the top only: results of statements do not show it in nested values. */
export function columnType(g: GeneratorValue, nestedToo: boolean): DataType {
  const arbitraries = [{ weight: 6, arbitrary: fc.oneof(leaf, fc.constant(primitive("binary"))) }];
  return g(() => fc.oneof(...arbitraries, ...(nestedToo ? [{ weight: 2, arbitrary: nested }] : [])));
}

const maybe = (key: string, ...values: readonly string[]) =>
  fc.constantFrom<Readonly<Record<string, string>>>({}, ...values.map((value) => ({ [key]: value })));

const properties = fc
  .tuple(
    maybe("delta.enableDeletionVectors", "true", "false"),
    maybe("delta.columnMapping.mode", "name", "id"),
    maybe("delta.enableChangeDataFeed", "true"),
    maybe("delta.checkpointInterval", "1", "3", "4"),
    maybe("delta.enableRowTracking", "true"),
    maybe("delta.checkpointPolicy", "v2"),
    maybe("delta.checkpoint.writeStatsAsStruct", "true"),
    maybe("delta.dataSkippingNumIndexedCols", "0", "2"),
  )
  .map((parts): Readonly<Record<string, string>> => Object.assign({}, ...parts));

export function isMapped(properties: Readonly<Record<string, string>>): boolean {
  return (properties["delta.columnMapping.mode"] ?? "none") !== "none";
}

export function drawDesign(g: GeneratorValue, { mappedNested }: Abilities): Design {
  const chosen = g(() => properties);
  const mapped = isMapped(chosen);
  const others = Array.from({ length: g(fc.integer, { min: 1, max: 6 }) }, (_, i): Column => {
    const key = i + 1;
    return { key, name: columnName(g, key, mapped), type: columnType(g, !mapped || mappedNested) };
  });
  const columns: readonly Column[] = [{ key: ID, name: "id", type: primitive("long") }, ...others];
  const layout = g(fc.constantFrom, "plain", "partitioned", "clustered");
  const partitionedBy = layout === "partitioned" ? others.filter(mayPartition).slice(0, 2) : [];
  const clusteredBy = layout === "clustered" ? others.filter(({ type }) => isPlain(type)).slice(0, 2) : [];
  return {
    columns,
    partitionedBy: partitionedBy.length < columns.length ? partitionedBy : [],
    clusteredBy: clusteredBy.filter(({ type }) => type.kind !== "primitive" || !UNORDERED.has(type.name)),
    properties: chosen,
  };
}

/** Columns without statistics, by which nothing can be clustered. */
const UNORDERED: ReadonlySet<string> = new Set(["binary", "boolean"]);

function mayPartition({ type }: Column): boolean {
  return isPlain(type) && !(type.kind === "primitive" && NO_PARTITION.has(type.name));
}

export function createText(
  table: SqlFragment,
  { columns, partitionedBy, clusteredBy, properties: set }: Design,
): SqlFragment {
  const names = (list: readonly Column[]) => join(list.map(({ name }) => id(name)));
  const pairs = Object.entries(set).map(([key, value]) => sql`${lit(key)} = ${lit(value)}`);
  return clauses(
    sql`CREATE TABLE ${table} (${join(columns.map(({ name, type }) => sql`${id(name)} ${typeSql(type)}`))})`,
    partitionedBy.length > 0 && sql`PARTITIONED BY (${names(partitionedBy)})`,
    clusteredBy.length > 0 && sql`CLUSTER BY (${names(clusteredBy)})`,
    pairs.length > 0 && sql`TBLPROPERTIES (${join(pairs)})`,
  );
}
