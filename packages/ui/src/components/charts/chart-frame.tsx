import { Rows3, SquareActivity } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { ChartTable } from "./chart-table.tsx";
import { Legend } from "./legend.tsx";
import type { Drawn } from "./series.ts";

/**
 * Around every chart: its legend, and the same numbers as a table for whoever would rather read. The height stays the same while the drawing is
 * loaded, and whichever of the two is shown.
 */
export function ChartFrame({
  chart,
  kind,
  children,
}: {
  chart: Drawn;
  kind: "bars" | "lines";
  children: ReactNode;
}) {
  const [table, setTable] = useState(false);
  const { label, title, height } = chart;
  const Icon = table ? SquareActivity : Rows3;
  return (
    <figure aria-label={label} className="min-w-0">
      <div className="mb-1 flex min-h-6 items-center justify-between gap-3">
        {title !== undefined && <h3 className="label">{title}</h3>}
        <button
          type="button"
          aria-pressed={table}
          aria-label={`Show as table: ${label}`}
          title={table ? "Show as chart" : "Show as table"}
          onClick={() => setTable(!table)}
          className="ml-auto flex size-6 shrink-0 items-center justify-center rounded text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <Icon className="size-3.5" aria-hidden />
        </button>
      </div>
      <div style={{ height }} className="min-w-0">
        {table ? (
          <ChartTable chart={chart} />
        ) : (
          <Suspense fallback={<div role="status" aria-label="Loading the chart" className="h-full" />}>
            {children}
          </Suspense>
        )}
      </div>
      <Legend series={chart.series} kind={kind} />
    </figure>
  );
}
