import type { ObjectName } from "@clone-xs/unity";

/** The parts of a full name as the Unity Catalog API writes it, unquoted; `undefined` when there are not three. */
export function nameOf(fullName: string): ObjectName | undefined {
  const [catalog, schema, name, ...more] = fullName.split(".");
  if (!catalog || !schema || !name || more.length > 0) return undefined;
  return { catalog, schema, name };
}

export function inCatalog(name: ObjectName, catalog: string): boolean {
  return name.catalog.toLowerCase() === catalog.toLowerCase();
}
