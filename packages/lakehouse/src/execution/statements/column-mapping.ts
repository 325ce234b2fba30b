import {
  type DataType,
  fieldFacts,
  type StructField,
  type StructType,
  type TableDefinition,
} from "@clone-xs/delta";
import { failure } from "../errors.ts";

/** The property that says how columns are found in data files. */
export const MODE = "delta.columnMapping.mode";
const MAX_ID = "delta.columnMapping.maxColumnId";

/** Whether columns are found in data files by other names than the table's. */
export function isMapped(properties: Readonly<Record<string, string>> | undefined): boolean {
  const mode = properties?.[MODE];
  return mode === "name" || mode === "id";
}

/**
 * The definition with an id and a physical name at every field that has none, when its columns are mapped. Ids only grow, so that no
 * file is ever read under the id of a dropped column. Protocol: "Column Mapping", writer requirements.
 */
export function withMapping(
  definition: TableDefinition,
  physicalName: (field: StructField) => string,
): TableDefinition {
  const { schema, properties = {} } = definition;
  if (!isMapped(properties)) return definition;
  let last = Math.max(Number(properties[MAX_ID] ?? 0), highestId(schema));
  const mapField = (field: StructField): StructField => {
    const type = mapType(field.type, mapField);
    if (fieldFacts(field).id !== undefined) return { ...field, type };
    last += 1;
    const metadata = {
      ...field.metadata,
      "delta.columnMapping.id": last,
      "delta.columnMapping.physicalName": physicalName(field),
    };
    return { ...field, type, metadata };
  };
  const mapped: StructType = { ...schema, fields: schema.fields.map(mapField) };
  return { ...definition, schema: mapped, properties: { ...properties, [MAX_ID]: String(last) } };
}

/** Mapping is switched on, by name, or stays as it is. Throws for every other change. */
export function checkModeChange(
  before: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
): void {
  const from = before[MODE] ?? "none";
  const to = set[MODE] ?? from;
  if (from === to || (from === "none" && to === "name")) return;
  throw failure(
    "DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE",
    "0AKDC",
    `Changing column mapping mode from '${from}' to '${to}' is not supported.`,
  );
}

function mapType(type: DataType, mapField: (field: StructField) => StructField): DataType {
  switch (type.kind) {
    case "struct":
      return { ...type, fields: type.fields.map(mapField) };
    case "array":
      return { ...type, element: mapType(type.element, mapField) };
    case "map":
      return { ...type, key: mapType(type.key, mapField), value: mapType(type.value, mapField) };
    case "primitive":
    case "decimal":
      return type;
  }
}

function highestId(type: DataType): number {
  switch (type.kind) {
    case "struct":
      return Math.max(0, ...type.fields.map((f) => Math.max(fieldFacts(f).id ?? 0, highestId(f.type))));
    case "array":
      return highestId(type.element);
    case "map":
      return Math.max(highestId(type.key), highestId(type.value));
    case "primitive":
    case "decimal":
      return 0;
  }
}
