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
  return jsonOfFields(row, columns);
}

function jsonOfFields(parent: string, fields: readonly ParquetNode[]): string {
  const parts = fields.map((field) => {
    const json = jsonOfValue(`${parent}.${identifier(field.name)}`, field);
    return `${text(`${JSON.stringify(field.name)}:`)} || ${json}`;
  });
  // A null anywhere in a concatenation makes the piece null, and concat_ws drops it.
  return `'{' || nullif(concat_ws(',', ${parts.join(", ")}), '') || '}'`;
}

/** A struct whose fields are all null is as good as null: some writers write one for the other. */
function jsonOfValue(expression: string, node: ParquetNode): string {
  return node.kind === "struct"
    ? `(${jsonOfFields(expression, node.fields)})`
    : `to_json(${expression})::VARCHAR`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
