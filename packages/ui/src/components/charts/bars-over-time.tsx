import { lazy } from "react";
import { ChartFrame } from "./chart-frame.tsx";
import { withDefaults } from "./defaults.ts";
import type { TimeChartProps } from "./series.ts";

const Drawing = lazy(() => import("./bars-drawing.tsx"));

/** Counts or sums of equal spans of time, their parts stacked in the order of `series`. */
export function BarsOverTime(props: TimeChartProps) {
  const chart = withDefaults(props);
  return (
    <ChartFrame chart={chart} kind="bars">
      <Drawing chart={chart} />
    </ChartFrame>
  );
}
