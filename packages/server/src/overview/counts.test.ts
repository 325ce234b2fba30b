import { describe, expect, test } from "vitest";
import { beginOf, toCounts, toDays } from "./counts.ts";

const HOUR = 3_600_000;
const noon = Date.UTC(2026, 2, 10, 12);
const NONE = { completed: 0, partial: 0, failed: 0, cancelled: 0, dry_runs: 0, bytes_copied: 0 };

describe("days begin where the reader is", () => {
  test.each([
    ["in Greenwich", 0, "2026-03-10T00:00:00.000Z"],
    ["in Auckland", 13 * HOUR, "2026-03-10T11:00:00.000Z"],
    ["in Honolulu", -10 * HOUR, "2026-03-10T10:00:00.000Z"],
  ])("%s", (_, offset, begin) => {
    expect(new Date(beginOf({ days: 1, now: noon, offset })).toISOString()).toBe(begin);
  });
});

test("every day is there, also those on which nothing ran", () => {
  const span = { days: 3, now: noon, offset: 0 };
  const yesterday = Math.floor(noon / (24 * HOUR)) - 1;
  const days = toDays([{ day: yesterday, ended: "failed", dryRun: false, runs: 2, bytes: 5 }], span);
  expect(days).toEqual([
    { day: "2026-03-08", at: "2026-03-08T00:00:00.000Z", ...NONE },
    { day: "2026-03-09", at: "2026-03-09T00:00:00.000Z", ...NONE, failed: 2, bytes_copied: 5 },
    { day: "2026-03-10", at: "2026-03-10T00:00:00.000Z", ...NONE },
  ]);
});

test("dry runs are counted apart, however they ended", () => {
  const counted = [
    { ended: "completed" as const, dryRun: true, runs: 2, bytes: 0 },
    { ended: "failed" as const, dryRun: true, runs: 1, bytes: 0 },
    { ended: "completed" as const, dryRun: false, runs: 4, bytes: 9 },
    { ended: "partial" as const, dryRun: false, runs: 1, bytes: 1 },
  ];
  expect(toCounts(counted)).toEqual({ ...NONE, completed: 4, partial: 1, dry_runs: 3, bytes_copied: 10 });
});
