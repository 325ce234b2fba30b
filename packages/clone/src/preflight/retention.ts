import { fullName, type Table } from "@clone-xs/unity";
import type { Check } from "./document.ts";

/** Bytes a second that a small warehouse copies; a guess on the slow side. */
const BYTES_PER_SECOND = 50e6;

const HOUR = 3600;
const WEEK = 7 * 24 * HOUR;

/** Delta's own defaults. Source: "Delta table properties reference". */
const DEFAULTS = {
  "delta.deletedFileRetentionDuration": WEEK,
  "delta.logRetentionDuration": 30 * 24 * HOUR,
} as const;

/**
 * Whether files and versions of the source are kept for as long as the clone may take: a pinned version whose files are vacuumed meanwhile
 * cannot be copied any more. Less than the expected time blocks; less than twice of it, or than an hour, is a warning. Pure.
 */
export function checkRetention(tables: readonly Table[], bytes: number, catalog: string): readonly Check[] {
  const expected = Math.max(60, bytes / BYTES_PER_SECOND);
  const checks = tables.flatMap((table) =>
    Object.entries(DEFAULTS).flatMap(([property, normal]) => {
      const said = table.properties[property];
      const kept = said === undefined ? normal : secondsOf(said);
      return kept === undefined ? [] : shortOf({ table, property, kept, expected });
    }),
  );
  if (checks.length > 0) return checks;
  const message = `Files and versions of the source are kept longer than the clone should take (about ${words(expected)})`;
  return [{ check: "retention", state: "pass", object: catalog, message }];
}

function shortOf(found: {
  readonly table: Table;
  readonly property: string;
  readonly kept: number;
  readonly expected: number;
}): readonly Check[] {
  const { table, property, kept, expected } = found;
  if (kept >= Math.max(2 * expected, HOUR)) return [];
  const message = `${property} is ${words(kept)}, and the clone may take about ${words(expected)}: what it copies could be vacuumed meanwhile`;
  return [
    { check: "retention", state: kept < expected ? "block" : "warn", object: fullName(table), message },
  ];
}

const UNITS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: HOUR,
  day: 24 * HOUR,
  week: WEEK,
};

/** Seconds of an interval as Delta writes it: `interval 7 days`, `168 hours 30 minutes`. `undefined` when it is none. */
export function secondsOf(interval: string): number | undefined {
  const text = interval
    .trim()
    .toLowerCase()
    .replace(/^interval\s+/u, "");
  const parts = [...text.matchAll(/(\d+)\s*([a-z]+?)s?(?=\s|$)/gu)];
  const rest = text.replaceAll(/(\d+)\s*([a-z]+?)s?(?=\s|$)/gu, "").trim();
  const seconds = parts.map(([, count, unit]) => Number(count) * (UNITS[unit ?? ""] ?? Number.NaN));
  const total = seconds.reduce((sum, value) => sum + value, 0);
  return parts.length === 0 || rest !== "" || Number.isNaN(total) ? undefined : total;
}

function words(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 2 * 24 * HOUR
    ? `${Math.round(seconds / HOUR)} hours`
    : `${Math.round(seconds / 24 / HOUR)} days`;
}
