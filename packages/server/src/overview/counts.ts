import type { OverviewSeries, RunCounts } from "../contract/index.ts";
import { grouped } from "./grouped.ts";
import type { Counted } from "./outcome-store.ts";

const DAY_MS = 86_400_000;

export function toCounts(counted: readonly Counted[]): RunCounts {
  const runsOf = (wanted: (each: Counted) => boolean) =>
    counted.filter(wanted).reduce((sum, { runs }) => sum + runs, 0);
  const ended = (end: Counted["ended"]) => runsOf((each) => !each.dryRun && each.ended === end);
  return {
    completed: ended("completed"),
    partial: ended("partial"),
    failed: ended("failed"),
    cancelled: ended("cancelled"),
    dry_runs: runsOf(({ dryRun }) => dryRun),
    bytes_copied: counted.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

export interface Span {
  readonly days: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How far the reader's clock is ahead of UTC, in milliseconds. */
  readonly offset: number;
}

/** The first moment of the first of `days` days, of which today is the last. */
export function beginOf({ days, now, offset }: Span): number {
  return (Math.floor((now + offset) / DAY_MS) - days + 1) * DAY_MS - offset;
}

/** Every day of the span, also those on which nothing ran. */
export function toDays(
  counted: readonly (Counted & { readonly day: number })[],
  span: Span,
): OverviewSeries["days"] {
  const byDay = grouped(counted, ({ day }) => day);
  const first = beginOf(span);
  return Array.from({ length: span.days }, (_, index) => {
    const at = first + index * DAY_MS;
    const day = Math.floor((at + span.offset) / DAY_MS);
    return {
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      at: new Date(at).toISOString(),
      ...toCounts(byDay.get(day) ?? []),
    };
  });
}
