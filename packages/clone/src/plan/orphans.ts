import { fullName, type Table } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import type { Decision } from "../decide/decision.ts";
import { isFromCatalog } from "../decide/provenance.ts";
import { exclusionReason, schemaInScope } from "../decide/scope.ts";
import { localKey } from "../inspect/inventory.ts";
import { showsAll } from "./partial-view.ts";
import type { Step } from "./plan.ts";
import type { Planning } from "./planning.ts";

export interface Orphans {
  readonly decisions: readonly Decision[];
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/**
 * Clones on the target whose source is gone: reported and left, or dropped where that is asked. Only what carries our mark of this source
 * is dropped, and only by a reader to whom the source shows everything: what is hidden is not gone.
 */
export function orphans(planning: Planning): Orphans {
  const found = orphanedTables(planning);
  const { request, source } = planning;
  const asked = request.prune === "drop" && found.length > 0;
  const drops = asked && showsAll(source);
  const hidden = `Nothing is pruned: ${source.userName} may not see all of ${source.catalog.name}, so that what seems gone may only be hidden.`;
  return {
    decisions: found.map((table) => decisionOf(table, drops)),
    steps: drops ? found.map((table) => dropStep(table)) : [],
    notes: asked && !drops ? [hidden] : [],
  };
}

function orphanedTables({ source, target, request }: Planning): readonly Table[] {
  const readable = source.schemas.filter(({ failure }) => failure === undefined);
  const unreadable = new Set(
    source.schemas.filter(({ failure }) => failure).map(({ schema }) => schema.schema.toLowerCase()),
  );
  const existing = new Set(readable.flatMap(({ tables }) => tables.map(localKey)));
  return (target?.schemas ?? [])
    .filter(({ schema }) => schemaInScope(schema.schema, request.scope))
    .filter(({ schema }) => !unreadable.has(schema.schema.toLowerCase()))
    .flatMap(({ tables }) => tables)
    .filter((table) => exclusionReason({ ...table, type: kindOf(table) }, request) === undefined)
    .filter((table) => !existing.has(localKey(table)) && isFromCatalog(table, request.sourceCatalog));
}

function decisionOf(table: Table, drops: boolean): Decision {
  const { schema, name } = table;
  const action = drops ? "drop" : "leave";
  return { kind: kindOf(table), schema, name, action, reason: "orphaned", detail: "its source is gone" };
}

function dropStep(table: Table): Step {
  const { catalog, schema, name } = table;
  return {
    id: `orphan:${kindOf(table)}:${schema}.${name}`,
    stage: "orphans",
    kind: "orphan",
    object: fullName(table),
    reason: "orphaned",
    dependsOn: [],
    operation: {
      kind: "drop_orphan",
      type: kindOf(table),
      target: { catalog, schema, name },
      tableId: table.tableId ?? null,
    },
  };
}

function kindOf(table: Table): "table" | "view" {
  return isView(table) ? "view" : "table";
}
