import type { EngineResult } from "../engine/engine.ts";
import { quoteText } from "../execution/translate/quote.ts";
import { failure, unsupported } from "../execution/errors.ts";
import {
  array,
  BINARY,
  BOOLEAN,
  BYTE,
  DATE,
  DOUBLE,
  decimal,
  FLOAT,
  INT,
  LONG,
  map,
  SHORT,
  sameType,
  STRING,
  struct,
  type StructType,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  type Type,
} from "../execution/types/types.ts";
import type { ParquetFile } from "./parquet.ts";

export interface FooterField {
  readonly name: string;
  readonly type: Type;
}

type Run = (sql: string) => Promise<EngineResult>;

/**
 * The columns of parquet files, later files adding what earlier ones lack. Throws CANNOT_MERGE_SCHEMAS when types of one column disagree,
 * UNSUPPORTED_DATATYPE and PARQUET_TYPE_ILLEGAL for types that Spark has not, and UNSUPPORTED_FEATURE for what the engine cannot unpack.
 */
export async function footerSchema(run: Run, files: readonly ParquetFile[]): Promise<readonly FooterField[]> {
  if (files.length === 0) return [];
  await refuseUndecodable(run, files);
  const found: FooterField[] = [];
  for (const footer of await footersOf(run, files))
    for (const field of await fieldsOf(run, footer)) merge(found, field);
  return found;
}

/** A footer that one or more files have. */
interface Footer {
  readonly location: string;
  readonly leaves: readonly Leaf[];
}

/** A column of a parquet file that has values: its physical type, and what that stands for. */
interface Leaf {
  readonly physical: string;
  readonly logical: string;
}

/** Files that were written together have equal footers: one of them speaks for all. */
async function footersOf(run: Run, files: readonly ParquetFile[]): Promise<readonly Footer[]> {
  const { rows } = await run(
    `SELECT file_name, type, CAST(logical_type AS VARCHAR), name, converted_type, CAST(num_children AS VARCHAR), repetition_type, CAST(scale AS VARCHAR), CAST(precision AS VARCHAR) FROM parquet_schema(${list(files)}) ORDER BY file_name, column_id`,
  );
  const footers = new Map<string, (readonly (string | null)[])[]>();
  for (const [location, ...element] of rows) {
    const found = footers.get(location ?? "");
    if (found === undefined) footers.set(location ?? "", [element]);
    else found.push(element);
  }
  const distinct = new Map<string, Footer>();
  for (const { location } of files) {
    const elements = footers.get(location) ?? [];
    // The first element is the file itself, under whatever name its writer chose.
    const key = JSON.stringify(elements.slice(1));
    const leaves = elements.flatMap(([physical, logical]) =>
      physical === null || physical === undefined ? [] : [{ physical, logical: logical ?? "" }],
    );
    if (!distinct.has(key)) distinct.set(key, { location, leaves });
  }
  return [...distinct.values()];
}

async function fieldsOf(run: Run, { location, leaves }: Footer): Promise<readonly FooterField[]> {
  const { rows } = await run(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${quoteText(location)}, hive_partitioning = false))`,
  );
  const reader = leafReader(leaves);
  return rows.map(([name, type]) => ({ name: name ?? "", type: sparkType(type ?? "", reader) }));
}

/** The leaves in the order in which the engine's types name them. */
function leafReader(leaves: readonly Leaf[]): () => Leaf | undefined {
  let at = 0;
  return () => leaves[at++];
}

function list(files: readonly ParquetFile[]): string {
  return `[${files.map(({ location }) => quoteText(location)).join(", ")}]`;
}

/** What the engine would fail at in the middle of a query, without a word of the file. */
async function refuseUndecodable(run: Run, files: readonly ParquetFile[]): Promise<void> {
  const { rows } = await run(
    `SELECT file_name, path_in_schema, CASE WHEN compression IN ('LZ4', 'LZO') THEN 'the compression ' || compression ELSE 'the encoding BYTE_STREAM_SPLIT of ' || type END FROM parquet_metadata(${list(files)}) WHERE compression IN ('LZ4', 'LZO') OR (encodings LIKE '%BYTE_STREAM_SPLIT%' AND type NOT IN ('FLOAT', 'DOUBLE')) LIMIT 1`,
  );
  const [[location, column, what] = []] = rows;
  if (what !== undefined)
    throw unsupported(`parquet files with ${what} (the column ${column} of ${location})`);
}

function merge(found: FooterField[], field: FooterField): void {
  const at = found.findIndex((f) => f.name.toLowerCase() === field.name.toLowerCase());
  const present = found[at];
  if (present === undefined) {
    found.push(field);
    return;
  }
  const type = mergedType(present.type, field.type);
  if (type === undefined)
    throw failure(
      "CANNOT_MERGE_SCHEMAS",
      "42KD9",
      `Failed merging schemas: column ${field.name} has different types in different files.`,
    );
  found[at] = { name: present.name, type };
}

/** Parquet stores these as the same integers. */
const NARROW: readonly Type[] = [BYTE, SHORT, INT];

/** The type of two files' column, or `undefined` when they have none in common. Source: how Delta merges the schemas of parquet files. */
function mergedType(a: Type, b: Type): Type | undefined {
  if (a.kind === "struct" && b.kind === "struct") return mergedStruct(a, b);
  if (a.kind === "array" && b.kind === "array") {
    const element = mergedType(a.element, b.element);
    return element && array(element);
  }
  if (a.kind === "map" && b.kind === "map") {
    const [key, value] = [mergedType(a.key, b.key), mergedType(a.value, b.value)];
    return key && value && map(key, value);
  }
  if (sameType(a, b)) return a;
  const rank = (type: Type) => NARROW.findIndex((narrow) => sameType(narrow, type));
  return rank(a) < 0 || rank(b) < 0 ? undefined : NARROW[Math.max(rank(a), rank(b))];
}

function mergedStruct(a: StructType, b: StructType): Type | undefined {
  const fields: FooterField[] = [...a.fields];
  for (const field of b.fields) {
    const at = fields.findIndex(({ name }) => name.toLowerCase() === field.name.toLowerCase());
    const present = fields[at];
    const type = present === undefined ? field.type : mergedType(present.type, field.type);
    if (type === undefined) return undefined;
    if (present === undefined) fields.push(field);
    else fields[at] = { name: present.name, type };
  }
  return struct(fields);
}

const NAMES: Readonly<Record<string, Type>> = {
  VARCHAR: STRING,
  UUID: STRING,
  BOOLEAN,
  BLOB: BINARY,
  TINYINT: BYTE,
  SMALLINT: SHORT,
  UTINYINT: SHORT,
  INTEGER: INT,
  USMALLINT: INT,
  BIGINT: LONG,
  UINTEGER: LONG,
  UBIGINT: decimal(20, 0),
  FLOAT,
  DOUBLE,
  DATE,
  TIMESTAMP: TIMESTAMP_NTZ,
  TIMESTAMP_MS: TIMESTAMP_NTZ,
  "TIMESTAMP WITH TIME ZONE": TIMESTAMP,
};

/** The Spark type of a DuckDB type text, whose columns with values `next` gives one after the other. */
function sparkType(text: string, next: () => Leaf | undefined): Type {
  const trimmed = text.trim();
  if (trimmed.endsWith("[]")) return array(sparkType(trimmed.slice(0, -2), next));
  const nested = /^(STRUCT|MAP)\((.*)\)$/s.exec(trimmed);
  const [, kind, inside = ""] = nested ?? [];
  if (kind === "MAP") {
    const [key = "", value = ""] = split(inside);
    return map(sparkType(key, next), sparkType(value, next));
  }
  if (kind === "STRUCT") return struct(split(inside).map((field) => structField(field, next)));
  return leafType(trimmed, next());
}

/** Spark's old way of writing a moment has no name of its own in the engine's types. Source: Spark's parquet schema conversion. */
function leafType(text: string, leaf: Leaf | undefined): Type {
  if (leaf?.physical === "INT96") return TIMESTAMP;
  if (leaf?.logical.includes("NanoSeconds") === true || /^TIME( WITH TIME ZONE)?$/.test(text))
    throw failure(
      "PARQUET_TYPE_ILLEGAL",
      "42846",
      `Illegal Parquet type: ${leaf?.physical} (${text === "TIME" ? text : "TIMESTAMP(NANOS)"}).`,
    );
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(text) ?? [];
  if (precision !== undefined) return decimal(Number(precision), Number(scale));
  const found = NAMES[text];
  if (found === undefined)
    throw failure("UNSUPPORTED_DATATYPE", "0A000", `Unsupported data type "${text}" in a parquet file.`);
  return found;
}

function structField(text: string, next: () => Leaf | undefined): FooterField {
  const match = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text);
  const [, quoted, plain = "", type = ""] = match ?? [];
  return { name: quoted?.replaceAll('""', '"') ?? plain, type: sparkType(type, next) };
}

/** Splits at commas outside parentheses and quotes. */
function split(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === "(") depth++;
    else if (!quoted && character === ")") depth--;
    if (character === "," && depth === 0 && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
