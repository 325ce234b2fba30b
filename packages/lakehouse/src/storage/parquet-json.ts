/** A column or field of a parquet file, as far as turning it into JSON needs it. */
export type ParquetNode =
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly ParquetNode[] }
  /** Maps, lists and scalars: the engine's own JSON of them is right, nulls included. */
  | { readonly kind: "value"; readonly name: string };

/**
 * The top-level columns from the rows (name, num_children, converted_type) of `parquet_schema`: a tree in preorder whose first row is
 * the root. Parsed statistics, `…_parsed`, are left out.
 */
export function schemaTree(rows: readonly (readonly (string | null)[])[]): readonly ParquetNode[] {
  let next = 0;
  const readNode = (): ParquetNode => {
    const [name, children, converted] = rows[next++] ?? [];
    const fields = Array.from({ length: Number(children ?? 0) }, readNode);
    const isStruct = fields.length > 0 && !/^(?:MAP|LIST)/u.test(converted ?? "");
    return isStruct
      ? {
          kind: "struct",
          name: name ?? "",
          fields: fields.filter((field) => !field.name.endsWith("_parsed")),
        }
      : { kind: "value", name: name ?? "" };
  };
  const root = readNode();
  return root.kind === "struct" ? root.fields : [];
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
  return field.kind === "struct" ? `(${jsonOfStruct(path, field.fields)})` : `to_json(${path})::VARCHAR`;
}

function hasValue(struct: string, fields: readonly ParquetNode[]): string {
  const tests = fields.map((field) => {
    const path = `${struct}.${identifier(field.name)}`;
    return field.kind === "struct" ? hasValue(path, field.fields) : `${path} IS NOT NULL`;
  });
  return `(${tests.join(" OR ")})`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
