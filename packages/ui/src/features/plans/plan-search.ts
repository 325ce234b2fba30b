/** Which part of a plan is open, and which of its decisions are shown. */
export interface PlanSearch {
  readonly tab?: string;
  readonly action?: string;
  readonly kind?: string;
  readonly reason?: string;
  readonly q?: string;
}

const KEYS = ["tab", "action", "kind", "reason", "q"] as const;

/** What an address says; words that look like numbers or truths are words all the same. */
export function readPlan(search: Record<string, unknown>): PlanSearch {
  const said = KEYS.flatMap((key) => {
    const value = search[key];
    const isWord = ["string", "number", "boolean"].includes(typeof value) && value !== "";
    return isWord ? [[key, String(value)] as const] : [];
  });
  return Object.fromEntries(said);
}
