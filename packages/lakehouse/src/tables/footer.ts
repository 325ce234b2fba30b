import type { EngineResult } from "../engine/engine.ts";
import { quoteText } from "../execution/translate/quote.ts";
import { commonType } from "../execution/types/coercion.ts";
import { failure } from "../execution/errors.ts";
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
  STRING,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  type Type,
} from "../execution/types/types.ts";
import type { ParquetFile } from "./parquet.ts";

export interface FooterField {
  readonly name: string;
  readonly type: Type;
}

/** The columns of parquet files, later files adding what earlier ones lack. Throws CANNOT_MERGE_SCHEMAS when types of one column disagree. */
export async function footerSchema(
  run: (sql: string) => Promise<EngineResult>,
  files: readonly ParquetFile[],
): Promise<readonly FooterField[]> {
  const found: FooterField[] = [];
  for (const file of files) for (const field of await fieldsOf(run, file.location)) merge(found, field);
  return found;
}

async function fieldsOf(
  run: (sql: string) => Promise<EngineResult>,
  location: string,
): Promise<readonly FooterField[]> {
  const { rows } = await run(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${quoteText(location)}))`,
  );
  return rows.map(([name, type]) => ({ name: name ?? "", type: sparkType(type ?? "") }));
}

function merge(found: FooterField[], field: FooterField): void {
  const at = found.findIndex((f) => f.name.toLowerCase() === field.name.toLowerCase());
  const present = found[at];
  if (present === undefined) {
    found.push(field);
    return;
  }
  const type = commonType(present.type, field.type);
  if (type === undefined)
    throw failure(
      "CANNOT_MERGE_SCHEMAS",
      "42KD9",
      `Failed merging schemas: column ${field.name} has different types in different files.`,
    );
  found[at] = { name: present.name, type };
}

const NAMES: Readonly<Record<string, Type>> = {
  VARCHAR: STRING,
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
  TIMESTAMP_NS: TIMESTAMP_NTZ,
  TIMESTAMP_MS: TIMESTAMP_NTZ,
  "TIMESTAMP WITH TIME ZONE": TIMESTAMP,
};

/** The Spark type of a DuckDB type text. Throws UNSUPPORTED_DATATYPE. */
function sparkType(text: string): Type {
  const trimmed = text.trim();
  if (trimmed.endsWith("[]")) return array(sparkType(trimmed.slice(0, -2)));
  const nested = /^(STRUCT|MAP|DECIMAL)\((.*)\)$/s.exec(trimmed);
  const [, kind, inside = ""] = nested ?? [];
  if (kind === "DECIMAL") {
    const [precision = 38, scale = 0] = inside.split(",").map(Number);
    return decimal(precision, scale);
  }
  if (kind === "MAP") {
    const [key = "", value = ""] = split(inside);
    return map(sparkType(key), sparkType(value));
  }
  if (kind === "STRUCT") return struct(split(inside).map(structField));
  const found = NAMES[trimmed];
  if (found === undefined)
    throw failure("UNSUPPORTED_DATATYPE", "0A000", `Unsupported data type "${trimmed}" in a parquet file.`);
  return found;
}

function structField(text: string): FooterField {
  const match = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text);
  const [, quoted, plain = "", type = ""] = match ?? [];
  return { name: quoted?.replaceAll('""', '"') ?? plain, type: sparkType(type) };
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
