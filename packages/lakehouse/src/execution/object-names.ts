import type { QualifiedName } from "@clone-xs/sql";
import type { ObjectName, SchemaName } from "@clone-xs/unity";
import { failure, type Place, quotedParts } from "./errors.ts";

/** The parts of a name as written. */
export function partsOf(name: QualifiedName): readonly string[] {
  return name.parts.map((part) => part.text);
}

/** What a name of one to three parts means; in lower case, as the catalog keeps names. */
export function objectName(parts: readonly string[], namespace: SchemaName, place?: Place): ObjectName {
  const lower = parts.map((part) => part.toLowerCase());
  const [first = "", second = "", third = ""] = lower;
  if (lower.length === 1) return { ...namespace, name: first };
  if (lower.length === 2) return { catalog: namespace.catalog, schema: first, name: second };
  if (lower.length === 3) return { catalog: first, schema: second, name: third };
  throw failure(
    "IDENTIFIER_TOO_MANY_NAME_PARTS",
    "42601",
    `${quotedParts(parts)} is not a valid identifier as it has more than 3 name parts.`,
    place,
  );
}

/** What a schema's name of one or two parts means. */
export function schemaName(parts: readonly string[], namespace: SchemaName, place?: Place): SchemaName {
  const [first = "", second = ""] = parts.map((part) => part.toLowerCase());
  if (parts.length === 1) return { catalog: namespace.catalog, schema: first };
  if (parts.length === 2) return { catalog: first, schema: second };
  throw failure(
    "REQUIRES_SINGLE_PART_NAMESPACE",
    "42K05",
    `spark_catalog requires a single-part namespace, but got identifier ${quotedParts(parts)}.`,
    place,
  );
}

export function nameParts(name: ObjectName): readonly string[] {
  return [name.catalog, name.schema, name.name];
}
