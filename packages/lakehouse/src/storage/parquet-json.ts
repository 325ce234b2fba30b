/** A column or field of a parquet file, as far as turning it into JSON needs it. */
export type ParquetNode =
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly ParquetNode[] }
  /** Maps, lists and scalars: the engine's own JSON of them is right, nulls included, but for those of another `as`. */
  | { readonly kind: "value"; readonly name: string; readonly as: "json" | "instant" | "wall" | "fraction" }
  /** No column: the JSON of `of` as text, where the column `unless` (when there is one) has none. */
  | { readonly kind: "text"; readonly name: string; readonly of: ParquetNode; readonly unless?: string };

/** A row of `parquet_schema`: name, num_children, converted_type, type, logical_type. */
export type SchemaRow = readonly (string | null)[];

/** The top-level columns of a parquet file: its schema is a tree in preorder whose first row is the root. */
export function schemaTree(rows: readonly SchemaRow[]): readonly ParquetNode[] {
  let next = 0;
  const readNode = (): ParquetNode => {
    const row = rows[next++] ?? [];
    const [name, children, converted] = row;
    const fields = Array.from({ length: Number(children ?? 0) }, readNode);
    const isStruct = fields.length > 0 && !/^(?:MAP|LIST)/u.test(converted ?? "");
    return isStruct
      ? { kind: "struct", name: name ?? "", fields }
      : { kind: "value", name: name ?? "", as: form(row) };
  };
  const root = readNode();
  return root.kind === "struct" ? root.fields : [];
}

/** INT96 is Spark's old instant; whatever else is not said to be a time of the wall is one too. */
function form([, , converted, type, logical]: SchemaRow): "json" | "instant" | "wall" | "fraction" {
  if (type === "FLOAT" || type === "DOUBLE") return "fraction";
  const isTimestamp =
    converted?.startsWith("TIMESTAMP_") === true || logical?.startsWith("Timestamp") === true;
  if (type !== "INT96" && !isTimestamp) return "json";
  return /isAdjustedToUTC=(?:0|false)/iu.test(logical ?? "") ? "wall" : "instant";
}

/** SQL text of one row as a JSON object that leaves nulls out; NULL when every column is null. */
export function jsonOfRow(row: string, columns: readonly ParquetNode[]): string {
  return jsonOfStruct(row, columns);
}

/**
 * A struct whose fields are all null is as good as null: some writers write one for the other. Every expression stands once in the text
 * of its level, so that its length stays linear: planning it is what a small checkpoint costs.
 */
function jsonOfStruct(struct: string, fields: readonly ParquetNode[]): string {
  // A null anywhere in a concatenation makes the piece null, and concat_ws drops it.
  const pieces = fields.map(
    (field) => `${text(`${JSON.stringify(field.name)}:`)} || ${jsonOfField(struct, field)}`,
  );
  return `CASE WHEN ${hasValue(struct, fields)} THEN '{' || concat_ws(',', ${pieces.join(", ")}) || '}' END`;
}

function jsonOfField(struct: string, field: ParquetNode): string {
  const path = `${struct}.${identifier(field.name)}`;
  if (field.kind === "struct") return `(${jsonOfStruct(path, field.fields)})`;
  if (field.kind === "text") {
    const texts = field.unless === undefined ? [] : [`${struct}.${identifier(field.unless)}`];
    return `to_json(coalesce(${[...texts, jsonOfField(struct, field.of)].join(", ")}))::VARCHAR`;
  }
  switch (field.as) {
    case "json":
      return `to_json(${path})::VARCHAR`;
    case "fraction":
      // JSON has no NaN and no infinity.
      return `CASE WHEN isfinite(${path}) THEN to_json(${path})::VARCHAR END`;
    case "instant":
      return iso(`CAST(${path} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`, "Z");
    case "wall":
      return iso(`CAST(${path} AS TIMESTAMP)`, "");
  }
}

/** Text of a timestamp as statistics have it: `"2024-01-31T12:00:00.000Z"`, with microseconds where there are any. */
function iso(timestamp: string, zone: string): string {
  const print = (fraction: string) =>
    `strftime(${timestamp}, ${text(`"%Y-%m-%dT%H:%M:%S.${fraction}${zone}"`)})`;
  return `CASE WHEN isfinite(${timestamp}) THEN CASE WHEN microsecond(${timestamp}) % 1000 = 0 THEN ${print("%g")} ELSE ${print("%f")} END END`;
}

function hasValue(struct: string, fields: readonly ParquetNode[]): string {
  const tests = fields.map((field) => {
    const { kind, name } = field.kind === "text" ? field.of : field;
    const path = `${struct}.${identifier(name)}`;
    return field.kind === "struct" && kind === "struct"
      ? hasValue(path, field.fields)
      : `${path} IS NOT NULL`;
  });
  return `(${tests.join(" OR ")})`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
