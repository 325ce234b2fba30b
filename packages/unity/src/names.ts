/**
 * Three-level names of Unity Catalog. Parts are kept as the catalog stores them; comparison is case-insensitive
 * for catalogs, schemas, tables, views, volumes and functions (they are stored in lower case), as Databricks does.
 */
export interface SchemaName {
  readonly catalog: string;
  readonly schema: string;
}

/** Name of a table, view, volume or function. */
export interface ObjectName extends SchemaName {
  readonly name: string;
}

/** `c.s.t`, unquoted: for messages, JSON fields and REST paths. Never for SQL text: there the `sql` tag quotes. */
export function fullName(name: ObjectName | SchemaName): string {
  return "name" in name ? `${name.catalog}.${name.schema}.${name.name}` : `${name.catalog}.${name.schema}`;
}

/** `s.t`: how an object is called inside its catalog, the same at both ends of a clone. */
export function localName(name: ObjectName): string {
  return `${name.schema}.${name.name}`;
}

/** Whether two names mean the same securable. */
export function sameName(a: ObjectName, b: ObjectName): boolean {
  return fullName(a).toLowerCase() === fullName(b).toLowerCase();
}

/** Characters that Unity Catalog refuses in names of catalogs, schemas, tables and volumes. */
const FORBIDDEN = /[\s./\p{Cc}]/u;

/**
 * Says why a name cannot be used for a new securable, or `undefined` when it can.
 * Source: Unity Catalog object naming (spaces, periods, slashes and control characters refused; at most 255 characters).
 */
export function invalidNameReason(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.length > 255) return "is longer than 255 characters";
  if (FORBIDDEN.test(name)) return "contains a space, period, forward slash or control character";
  return undefined;
}
