import { isView } from "../decide/cloneable.ts";
import type { Residue } from "../summarize/summary.ts";
import type { Planning } from "./planning.ts";

/** Objects of `default`, which is left out unless it is named: comes into being with every catalog, is empty in most. */
export function defaultSchemaResidue({ request, source }: Planning): readonly Residue[] {
  if (!request.scope.excludeSchemas.some((name) => name.toLowerCase() === "default")) return [];
  if (request.scope.includeSchemas.length > 0 || request.scope.includeObjects.length > 0) return [];
  const found = source.schemas.find(({ schema }) => schema.schema.toLowerCase() === "default");
  const reason =
    "the schema default is left out; name it in include_schemas, or give exclude_schemas without it";
  const line = (what: string) => (object: { readonly name: string }) => ({
    object: `default.${object.name}`,
    what,
    reason,
  });
  return [
    ...(found?.tables ?? []).map((table) => line(isView(table) ? "view" : "table")(table)),
    ...(found?.functions ?? []).map(line("function")),
    ...(found?.volumes ?? []).map(line("volume")),
  ];
}
