/**
 * The value without members that are null: some servers write null where the service leaves a member out. Rows of results
 * (arrays of arrays), where null is SQL NULL, stay as they are.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return Array.isArray(value[0]) ? value : value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])),
  );
}
