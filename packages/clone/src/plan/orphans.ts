import { isView } from "../decide/cloneable.ts";
import type { Decision } from "../decide/decision.ts";
import { isFromCatalog } from "../decide/provenance.ts";
import { schemaInScope } from "../decide/scope.ts";
import { localKey } from "../inspect/inventory.ts";
import type { Planning } from "./planning.ts";

/** Clones on the target whose source is gone. They are reported and left. */
export function orphans({ source, target, request }: Planning): readonly Decision[] {
  const readable = source.schemas.filter(({ failure }) => failure === undefined);
  const unreadable = new Set(
    source.schemas.filter(({ failure }) => failure).map(({ schema }) => schema.schema),
  );
  const existing = new Set(readable.flatMap(({ tables }) => tables.map(localKey)));
  return (target?.schemas ?? [])
    .filter(({ schema }) => schemaInScope(schema.schema, request.scope) && !unreadable.has(schema.schema))
    .flatMap(({ tables }) => tables)
    .filter((table) => !existing.has(localKey(table)) && isFromCatalog(table, request.sourceCatalog))
    .map((table) => ({
      kind: isView(table) ? "view" : "table",
      schema: table.schema,
      name: table.name,
      action: "leave",
      reason: "orphaned",
      detail: "its source is gone",
    }));
}
