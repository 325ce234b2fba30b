import type { SchemaInventory } from "../inspect/inventory.ts";
import type { CloneRequest, CloneScope, ScopedObject } from "../request/request.ts";

/** Whether a schema of the source belongs to the request. `information_schema` never does: it is not data. */
export function schemaInScope(
  schema: string,
  scope: Pick<CloneScope, "includeSchemas" | "excludeSchemas" | "includeObjects">,
): boolean {
  if (same(schema, "information_schema")) return false;
  const named = scope.includeObjects.length === 0 || scope.includeObjects.some((o) => same(o.schema, schema));
  const included = scope.includeSchemas.length === 0 || scope.includeSchemas.some((s) => same(s, schema));
  const excluded = scope.excludeSchemas.some((excluded) => same(excluded, schema));
  return named && included && !excluded;
}

/** Why an object of a schema in scope is left out, or `undefined` when it belongs to the request. */
export function exclusionReason(object: ScopedObject, { scope }: CloneRequest): string | undefined {
  const { schema, name, type } = object;
  if (type === "view" && !scope.views) return "clone_views is off";
  if (type === "function" && !scope.functions) return "clone_functions is off";
  if (type === "volume" && !scope.volumes) return "clone_volumes is off";
  const listed = scope.includeObjects.some(
    (o) => same(o.schema, schema) && same(o.name, name) && o.type === type,
  );
  if (scope.includeObjects.length > 0 && !listed) return "not among include_objects";
  if (type !== "table" && type !== "view") return undefined;
  if (scope.includeTables !== undefined && !matches(scope.includeTables, name)) {
    return `does not match include_tables_regex ${scope.includeTables}`;
  }
  if (scope.excludeTables !== undefined && matches(scope.excludeTables, name)) {
    return `matches exclude_tables_regex ${scope.excludeTables}`;
  }
  return undefined;
}

/** The schemas whose objects the request asks for. */
export function schemasInScope(
  schemas: readonly SchemaInventory[],
  request: CloneRequest,
): readonly SchemaInventory[] {
  return schemas.filter(({ schema }) => schemaInScope(schema.schema, request.scope));
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(pattern, "u").test(name);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
