import type { PairOverview } from "../../api/overview.ts";
import { ago, plural } from "../../format.ts";

export interface Freshness {
  readonly tone: "good" | "warn" | "bad" | "neutral";
  readonly text: string;
  /** When that was seen, or what else is known. */
  readonly note: string;
}

type Known = Pick<PairOverview, "drifted_tables" | "drift_seen_at" | "in_sync_at" | "in_part" | "last_clone">;

/** How a copy is, as far as runs tell. */
export function freshnessOf(pair: Known, now: number): Freshness {
  const { drifted_tables: drifted, drift_seen_at: seen, last_clone: clone } = pair;
  const part = pair.in_part ? ", in part" : "";
  if (drifted === 0) return { tone: "good", text: `In sync${part}`, note: seenAgo(seen, now) };
  if (drifted !== null)
    return { tone: "warn", text: `${plural(drifted, "table")} drifted${part}`, note: seenAgo(seen, now) };
  if (clone?.rolled_back) return { tone: "neutral", text: "Rolled back", note: lastInSync(pair, now) };
  if (clone?.ended === "failed" || clone?.ended === "partial")
    return {
      tone: "bad",
      text: clone.ended === "failed" ? "Clone failed" : "Cloned in part",
      note: lastInSync(pair, now),
    };
  return { tone: "neutral", text: "Not known", note: lastInSync(pair, now) };
}

function seenAgo(at: string | null, now: number): string {
  return at === null ? "" : `as of ${ago(at, now)}`;
}

function lastInSync({ in_sync_at: at }: Known, now: number): string {
  return at === null ? "never seen in sync" : `in sync ${ago(at, now)}`;
}
