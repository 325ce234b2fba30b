import { type StructField, type StructType, walkFields } from "@clone-xs/delta";
import type { ColumnDefinition } from "@clone-xs/sql";
import type { Json, JsonObject } from "@clone-xs/delta";
import { failure } from "../errors.ts";
import type { OutputColumn } from "../translate/environment.ts";
import { identityMetadata } from "./identity.ts";
import { DECLARED_TYPE, declaredText, typeOf, typeText } from "../types/text.ts";
import { isInterval, isVoid, type Type } from "../types/types.ts";

/** The field of a column definition. DEFAULT, GENERATED and comments go where Delta keeps them. Throws for what is not built. */
export function fieldOf(column: ColumnDefinition, text: string): StructField {
  const words = (span: { readonly start: number; readonly end: number }) => text.slice(span.start, span.end);
  const type = typeOf(column.type);
  const metadata: Record<string, Json> = { ...identityMetadata(column, type) };
  if (column.comment !== undefined) metadata["comment"] = column.comment;
  const declared = declaredText(column.type);
  if (declared !== undefined) metadata[DECLARED_TYPE] = declared;
  if (column.default !== undefined) metadata["CURRENT_DEFAULT"] = words(column.default);
  if (column.generated !== undefined) metadata["delta.generationExpression"] = words(column.generated);
  return { name: column.name.text, type, nullable: column.nullable, metadata };
}

/** The schema of a query's result, for CREATE TABLE AS SELECT. Throws for columns that a table cannot have. */
export function schemaOf(columns: readonly OutputColumn[]): StructType {
  const fields = columns.map(({ name, type }) => {
    if (isVoid(type) || isInterval(type))
      throw failure(
        "UNSUPPORTED_FEATURE.VOID_OR_INTERVAL_COLUMN",
        "0A000",
        `A table cannot have the column \`${name}\` of type ${typeText(type)}; cast it.`,
      );
    return { name, type, nullable: true, metadata: {} };
  });
  return { kind: "struct", fields };
}

const REFUSED = /[ ,;{}()\n\t=]/;

/** Refuses duplicate names, NOT NULL that nobody enforces, and names that parquet without column mapping cannot have. */
export function checked(schema: StructType, mapped: boolean): StructType {
  refuseNestedNotNull(schema);
  const seen = new Set<string>();
  for (const { name } of schema.fields) {
    if (seen.has(name.toLowerCase()))
      throw failure(
        "COLUMN_ALREADY_EXISTS",
        "42711",
        `The column \`${name}\` already exists. Choose another name or rename the existing column.`,
      );
    seen.add(name.toLowerCase());
    if (!mapped && REFUSED.test(name))
      throw failure(
        "DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES",
        "42K05",
        `Found invalid character(s) among ' ,;{}()\\n\\t=' in the column names of your schema. Invalid column names: ${name}. Please use other characters and try again.`,
      );
  }
  return schema;
}

/** Throws for NOT NULL inside arrays and maps, which nobody enforces. */
function refuseNestedNotNull(schema: StructType): void {
  for (const { path, field } of walkFields(schema)) {
    const nest = nestWithNotNull(field.type);
    if (nest !== undefined)
      throw failure(
        "DELTA_NESTED_NOT_NULL_CONSTRAINT",
        "0AKDC",
        `The ${nest} type of the field ${path.join(".")} contains a NOT NULL constraint. Delta does not support NOT NULL constraints nested within arrays or maps.`,
      );
  }
}

function nestWithNotNull(type: Type): string | undefined {
  const strict = (inner: Type) =>
    inner.kind === "struct" && [...walkFields(inner)].some(({ field }) => !field.nullable);
  if (type.kind === "array" && strict(type.element)) return "element";
  if (type.kind === "map" && strict(type.key)) return "key";
  return type.kind === "map" && strict(type.value) ? "value" : undefined;
}

/** A schema with one field's metadata changed. */
export function withField(
  schema: StructType,
  name: string,
  change: (field: StructField) => StructField,
): StructType {
  return {
    ...schema,
    fields: schema.fields.map((f) => (f.name.toLowerCase() === name.toLowerCase() ? change(f) : f)),
  };
}

/** A field with its comment set, or removed by an empty one. */
export function commented(field: StructField, comment: string | null): StructField {
  const { comment: _, ...rest } = field.metadata;
  const metadata: JsonObject = comment === null || comment === "" ? rest : { ...rest, comment };
  return { ...field, metadata };
}
