import { groupBy } from "../inspect/rows.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { driftedTables } from "./summarize.ts";

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

function reasonOf(counted: string): string {
  return counted.slice(counted.indexOf(" ") + 1);
}
