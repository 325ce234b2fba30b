import type { OverviewSeries } from "../../api/overview.ts";
import { MOST_SERIES, type Moment, type Series } from "../../components/charts/series.ts";

export interface ChartData {
  readonly series: readonly Series[];
  readonly moments: readonly Moment[];
}

const OUTCOMES: readonly Series[] = [
  { key: "completed", label: "completed", tone: "good" },
  { key: "partial", label: "in part", tone: "warn" },
  { key: "failed", label: "failed", tone: "bad" },
  { key: "cancelled", label: "cancelled", tone: "neutral" },
];

/** Runs of each day by how they ended. What never happened has no place in the legend. */
export function runsPerDay(days: OverviewSeries["days"]): ChartData {
  const counts = days.map(({ at, completed, partial, failed, cancelled }) => ({
    at: Date.parse(at),
    values: { completed, partial, failed, cancelled },
  }));
  const series = OUTCOMES.filter(
    ({ key }, index) => index === 0 || counts.some(({ values }) => sumOf(values, key) > 0),
  );
  return { series, moments: counts };
}

const sumOf = (values: Readonly<Record<string, number>>, key: string) => values[key] ?? 0;

export function bytesPerDay(days: OverviewSeries["days"]): ChartData {
  return {
    series: [{ key: "bytes", label: "copied" }],
    moments: days.map(({ at, bytes_copied }) => ({ at: Date.parse(at), values: { bytes: bytes_copied } })),
  };
}

/** Drifted tables that runs found, a line for each copy; of many, those that drift most. */
export function driftOverTime(drift: OverviewSeries["drift"]): ChartData {
  const most = (points: OverviewSeries["drift"][number]["points"]) =>
    Math.max(0, ...points.map(({ drifted_tables }) => drifted_tables));
  const shown = drift.toSorted((a, b) => most(b.points) - most(a.points)).slice(0, MOST_SERIES);
  return overTime(
    shown.map(({ source_catalog, destination_catalog, target, points }) => ({
      label: `${source_catalog} → ${destination_catalog}${target === null ? "" : ` on ${target}`}`,
      points: points.map(({ at, drifted_tables }) => ({ at, value: drifted_tables })),
    })),
  );
}

/** Seconds behind, a line for each stream. */
export function lagOverTime(lag: OverviewSeries["lag"]): ChartData {
  const told = lag.filter(({ points }) => points.some(({ lag_seconds }) => lag_seconds !== null));
  return overTime(
    told.slice(0, MOST_SERIES).map(({ source_catalog, destination_catalog, points }) => ({
      label: `${source_catalog} → ${destination_catalog}`,
      points: points.map(({ at, lag_seconds }) => ({ at, value: lag_seconds })),
    })),
  );
}

interface Measured {
  readonly label: string;
  readonly points: readonly { readonly at: string; readonly value: number | null }[];
}

/** Lines measured at moments of their own, over one axis. */
function overTime(lines: readonly Measured[]): ChartData {
  const moments = new Map<number, Record<string, number | null>>();
  for (const [index, { points }] of lines.entries())
    for (const { at, value } of points) {
      const values = moments.get(Date.parse(at)) ?? {};
      moments.set(Date.parse(at), { ...values, [`line${index}`]: value });
    }
  return {
    series: lines.map(({ label }, index) => ({ key: `line${index}`, label })),
    moments: [...moments].toSorted(([a], [b]) => a - b).map(([at, values]) => ({ at, values })),
  };
}
