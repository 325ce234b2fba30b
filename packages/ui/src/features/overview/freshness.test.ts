import { expect, test } from "vitest";
import type { PairOverview } from "../../api/overview.ts";
import { freshnessOf } from "./freshness.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const hours = (count: number) => new Date(NOW - count * 3_600_000).toISOString();
const known = {
  drifted_tables: 0,
  drift_seen_at: hours(2),
  in_sync_at: hours(2),
  in_part: false,
  last_clone: null,
};
const clone = (ended: "failed" | "partial" | "cancelled"): NonNullable<PairOverview["last_clone"]> => ({
  job_id: "0000000a",
  kept: true,
  ended,
  load_type: "FULL",
  dry_run: false,
  completed_at: hours(1),
  error: null,
  residue: 0,
  rolled_back: false,
});
const unknown = { ...known, drifted_tables: null, drift_seen_at: null };

test.each([
  [known, "good", "In sync", "as of 2 h ago"],
  [{ ...known, in_part: true }, "good", "In sync, in part", "as of 2 h ago"],
  [{ ...known, drifted_tables: 1 }, "warn", "1 table drifted", "as of 2 h ago"],
  [{ ...unknown, last_clone: clone("failed") }, "bad", "Clone failed", "in sync 2 h ago"],
  [{ ...unknown, last_clone: clone("partial") }, "bad", "Cloned in part", "in sync 2 h ago"],
  [
    { ...unknown, last_clone: { ...clone("partial"), rolled_back: true } },
    "neutral",
    "Rolled back",
    "in sync 2 h ago",
  ],
  [
    { ...unknown, last_clone: { ...clone("partial"), rolled_back: true }, drifted_tables: 0 },
    "good",
    "In sync",
    "",
  ],
  [
    { ...unknown, last_clone: clone("cancelled"), in_sync_at: null },
    "neutral",
    "Not known",
    "never seen in sync",
  ],
])("%#: %o is told as %s, %s", (pair, tone, text, note) => {
  expect(freshnessOf(pair, NOW)).toEqual({ tone, text, note });
});
