import type { JsonObject, StructField } from "@clone-xs/delta";
import { fieldFacts } from "@clone-xs/delta";
import type { EngineResult } from "../engine/engine.ts";
import { quoteText } from "../execution/translate/quote.ts";
import type { ReadFile } from "../tables/read.ts";
import type { IcebergFile } from "./files.ts";
import { jsonText, listOf } from "./json.ts";
import { defaultLiteral, partitionLiteral } from "./literals.ts";
import type { IcebergMetadata } from "./metadata.ts";
import { unreadable } from "./place.ts";
import { refusedIceberg } from "./refused.ts";

export type Run = (sql: string) => Promise<EngineResult>;

/** The field ids that each file has, by its location. */
export type StoredIds = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Asks the files themselves which columns they have. Throws UNSUPPORTED_FEATURE for files without field ids, whose columns nothing tells
 * apart, and FAILED_READ_FILE for those that have other numbers of rows than the table says.
 */
export async function storedIds(
  run: Run,
  directory: string,
  files: readonly IcebergFile[],
): Promise<StoredIds> {
  if (files.length === 0) return new Map();
  const list = `[${files.map(({ location }) => quoteText(location)).join(", ")}]`;
  const { rows } = await run(
    `SELECT file_name, ids, CAST(num_rows AS VARCHAR) FROM (SELECT file_name, string_agg(CAST(field_id AS VARCHAR), ',') AS ids FROM parquet_schema(${list}) GROUP BY file_name) JOIN (SELECT file_name, num_rows FROM parquet_file_metadata(${list})) USING (file_name)`,
  );
  const found = new Map(rows.map(([location, ids, count]) => [location ?? "", { ids, count }]));
  return new Map(
    files.map(({ location, rows: told }) => {
      const { ids, count } = found.get(location) ?? {};
      if (Number(count) !== told)
        throw unreadable(location, `it has ${count ?? "no"} rows, its table says ${told}`);
      if (typeof ids !== "string")
        throw refusedIceberg(`data files without field ids (${location})`, directory);
      return [location, new Set(ids.split(",").map(Number))];
    }),
  );
}

/** A column as the table defines it, and as its files are read. */
export interface Column {
  readonly definition: JsonObject;
  readonly field: StructField;
}

/**
 * A file as its rows are read. Columns that it has not got are, in this order, the value of its partition, the default that the column was
 * added with, or NULL. Source: Iceberg specification, "Column Projection".
 */
export function readFileOf(
  directory: string,
  { specs }: IcebergMetadata,
  columns: readonly Column[],
  { file, ids }: { readonly file: IcebergFile; readonly ids: ReadonlySet<number> },
): ReadFile {
  const spec = specs.get(file.specId) ?? [];
  const constant = ({ definition, field }: Column): string | undefined => {
    const { id = -1 } = fieldFacts(field);
    if (ids.has(id)) {
      refuseNestedDefaults(directory, definition, ids);
      return undefined;
    }
    const at = spec.findIndex(({ sourceId, transform }) => sourceId === id && transform === "identity");
    const value = file.partition[at] ?? null;
    if (at >= 0) return value === null ? undefined : partitionLiteral(field.type, value);
    const initial = definition["initial-default"] ?? null;
    if (initial === null) return undefined;
    const literal = defaultLiteral(field.type, initial);
    if (literal === undefined)
      throw refusedIceberg(`a default of the nested column ${field.name}`, directory);
    return literal;
  };
  const constants = columns.flatMap((column) => {
    const value = constant(column);
    return value === undefined ? [] : [[fieldFacts(column.field).physicalName, value] as const];
  });
  const { location, size, modificationTime } = file;
  return {
    location,
    size,
    modificationTime,
    partitionValues: {},
    deleted: [],
    ...(constants.length > 0 && { constants: Object.fromEntries(constants) }),
  };
}

function refuseNestedDefaults(directory: string, definition: JsonObject, ids: ReadonlySet<number>): void {
  for (const field of nestedFields(definition["type"]))
    if ((field["initial-default"] ?? null) !== null && !ids.has(Number(field["id"])))
      throw refusedIceberg(`a default of a field inside ${jsonText(definition["name"])}`, directory);
}

/** The fields inside a type. */
export function nestedFields(type: JsonObject[string] | undefined): readonly JsonObject[] {
  if (typeof type !== "object" || type === null) return [];
  const composed = type as JsonObject;
  const fields = listOf(composed["fields"], "fields");
  const inside = [
    ...fields.map((field) => field["type"]),
    composed["element"],
    composed["key"],
    composed["value"],
  ];
  return [...fields, ...inside.flatMap(nestedFields)];
}
