/**
 * Deletes the members that are null, at every depth, from parsed JSON that nobody else holds: some servers write null where
 * the service leaves a member out. Rows of results (arrays of arrays), where null is SQL NULL, stay as they are. In place,
 * because copying a large listing costs more than parsing it.
 */
export function dropNulls(value: unknown): void {
  if (Array.isArray(value)) {
    if (!Array.isArray(value[0])) for (const item of value) dropNulls(item);
  } else if (typeof value === "object" && value !== null) {
    const members = value as Record<string, unknown>;
    for (const key of Object.keys(members)) {
      const member = members[key];
      if (member === null) delete members[key];
      else if (typeof member === "object") dropNulls(member);
    }
  }
}
