import { groupBy } from "../inspect/rows.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import type { StepProgress } from "../run/events.ts";
import { driftedTables, orphansOf } from "./summarize.ts";

/**
 * One line a schema in the words that scripts search for: `Schema bronze: 2 drifted (1 never_cloned, 1 version_drift)` with
 * reasons in alphabetical order, or `Schema silver in sync — 0 drifted tables`.
 */
export function schemaLines(plan: ClonePlan): readonly string[] {
  const drifted = groupBy(driftedTables(plan), ({ schema }) => schema);
  return plan.schemas.map((schema) => {
    const tables = drifted.get(schema) ?? [];
    if (tables.length === 0) return `Schema ${schema} in sync — 0 drifted tables`;
    const reasons = [...groupBy(tables, ({ reason }) => reason)]
      .map(([reason, those]) => `${those.length} ${reason}`)
      .sort((a, b) => (reasonOf(a) < reasonOf(b) ? -1 : 1));
    return `Schema ${schema}: ${tables.length} drifted (${reasons.join(", ")})`;
  });
}

/** One line for each clone whose source is gone. */
export function orphanLines(plan: ClonePlan): readonly string[] {
  return orphansOf(plan).map(
    ({ kind, schema, name, action }) =>
      `Orphaned ${kind} ${plan.destinationCatalog}.${schema}.${name}: its source is gone; ${action === "drop" ? "it is dropped" : "it is left as it is"}.`,
  );
}

/** The first line of a run's log. */
export function startLine(request: CloneRequest, runId: string): string {
  const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun } = request;
  const what = `${dryRun ? "Dry run of a" : "A"} ${cloneType.toLowerCase()} clone`;
  return `${what} of ${sourceCatalog} into ${destinationCatalog}, ${loadType.toLowerCase()} load, run ${runId}`;
}

/** The line for a step that was done; none for tables, whose statement is a line already. */
export function doneLines({ state, kind, object, operation }: StepProgress): readonly string[] {
  if (state !== "succeeded" || kind === "table") return [];
  return [`${operation.replaceAll("_", " ")} ${object}`];
}

function reasonOf(counted: string): string {
  return counted.slice(counted.indexOf(" ") + 1);
}
