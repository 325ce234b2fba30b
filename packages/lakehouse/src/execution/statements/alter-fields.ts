import {
  type DataType,
  fieldFacts,
  type StructField,
  type StructType,
  withWidenedType,
} from "@clone-xs/delta";
import type { ColumnPosition, DataType as TypeNode, QualifiedName } from "@clone-xs/sql";
import { failure, quotedParts } from "../errors.ts";
import { partsOf } from "../object-names.ts";
import { catalogText, DECLARED_TYPE, declaredText, declaredType, typeOf } from "../types/text.ts";
import { sameType } from "../types/types.ts";
import { type Altered, changeDefinition } from "./altered.ts";
import { refuseDependents } from "./dependents.ts";
import { fieldIndex, withFieldAt, withFieldsOf } from "./field-path.ts";

/** ALTER COLUMN … FIRST and AFTER: only the order changes. */
export function moveColumn(altered: Altered, column: QualifiedName, position: ColumnPosition): Promise<void> {
  const path = partsOf(column);
  return changeDefinition(altered, "CHANGE COLUMN", (definition) => ({
    ...definition,
    schema: withFieldsOf(definition.schema, path.slice(0, -1), (fields) => {
      const at = fieldIndex(fields, path.at(-1) ?? "", path);
      const [moved] = fields.slice(at, at + 1);
      const others = fields.filter((_, i) => i !== at);
      return moved === undefined ? fields : placed(others, moved, position);
    }),
  }));
}

/** The fields with one more, at its place; without a position at the end. */
export function placed(
  fields: readonly StructField[],
  field: StructField,
  position?: ColumnPosition,
): readonly StructField[] {
  if (position === undefined) return [...fields, field];
  const at = position.kind === "first" ? 0 : fieldIndex(fields, position.column.text) + 1;
  return fields.toSpliced(at, 0, field);
}

/**
 * ALTER COLUMN … TYPE: to a wider type where the table has type widening on; files keep what they have. A path may end in `element`, `key`
 * or `value`. Throws DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP for everything that would need rows to be written again.
 */
export function changeType(altered: Altered, column: QualifiedName, node: TypeNode): Promise<void> {
  const parts = partsOf(column);
  return changeDefinition(altered, "CHANGE COLUMN", (definition) => {
    const { schema, properties = {} } = definition;
    const { path, rest } = fieldPath(schema, parts);
    refuseDependents(definition, [path[0] ?? ""]);
    const canWiden = properties["delta.enableTypeWidening"]?.toLowerCase() === "true";
    const change = (field: StructField) => retyped(field, { parts, rest, node, canWiden });
    return { ...definition, schema: withFieldAt(schema, path, change) };
  });
}

interface Retyping {
  readonly parts: readonly string[];
  readonly rest: readonly string[];
  readonly node: TypeNode;
  readonly canWiden: boolean;
}

function retyped(field: StructField, { parts, rest, node, canWiden }: Retyping): StructField {
  const type = withLeaf(field.type, rest, typeOf(node));
  const wider = type && (sameType(type, field.type) ? field : canWiden && withWidenedType(field, type));
  const { [DECLARED_TYPE]: _, ...metadata } = field.metadata;
  const declared = rest.length === 0 ? declaredText(node) : undefined;
  if (!wider || fieldFacts(field).identity !== undefined || isShorter(field, node))
    throw failure(
      "DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP",
      "0AKDC",
      `ALTER TABLE CHANGE COLUMN is not supported for changing column ${quotedParts(parts)} from ${shownType(field)} to ${declared ?? catalogText(typeOf(node))}.`,
    );
  if (wider !== field || rest.length > 0) return wider;
  return {
    ...field,
    metadata: { ...metadata, ...(declared !== undefined && { [DECLARED_TYPE]: declared }) },
  };
}

function shownType(field: StructField): string {
  const declared = field.metadata[DECLARED_TYPE];
  return typeof declared === "string" ? declared : catalogText(field.type);
}

/** Texts that are there may be too long for the new limit. */
function isShorter(field: StructField, { name, parameters: [limit] }: TypeNode): boolean {
  if (name !== "VARCHAR" && name !== "CHAR") return false;
  const [old] = declaredType(field)?.parameters ?? [];
  return old === undefined || limit === undefined || limit < old;
}

/** The longest way through structs, and what of the name leads further into lists and maps. */
function fieldPath(
  schema: StructType,
  parts: readonly string[],
): { readonly path: readonly string[]; readonly rest: readonly string[] } {
  let [type, last]: [DataType, number] = [schema, 0];
  for (const [i, part] of parts.entries()) {
    if (type.kind === "struct") {
      type = type.fields[fieldIndex(type.fields, part, parts)]?.type ?? type;
      last = i + 1;
    } else type = stepInto(type, part) ?? type;
  }
  return { path: parts.slice(0, last), rest: parts.slice(last) };
}

function stepInto(type: DataType, step: string): DataType | undefined {
  const word = step.toLowerCase();
  if (type.kind === "array" && word === "element") return type.element;
  if (type.kind === "map" && word === "key") return type.key;
  return type.kind === "map" && word === "value" ? type.value : undefined;
}

/** A type with the leaf that a path leads to exchanged; `undefined` where it leads nowhere. */
function withLeaf(type: DataType, [step, ...rest]: readonly string[], leaf: DataType): DataType | undefined {
  if (step === undefined) return leaf;
  const inner = stepInto(type, step);
  const changed = inner && withLeaf(inner, rest, leaf);
  if (changed === undefined) return undefined;
  if (type.kind === "array") return { ...type, element: changed };
  if (type.kind !== "map") return undefined;
  return step.toLowerCase() === "key" ? { ...type, key: changed } : { ...type, value: changed };
}
