import { lazy } from "react";
import { ChartFrame } from "./chart-frame.tsx";
import { withDefaults } from "./defaults.ts";
import type { TimeChartProps } from "./series.ts";

const Drawing = lazy(() => import("./lines-drawing.tsx"));

/** Measurements at any moments, from the least to the newest; what is not known leaves a gap. */
export function LinesOverTime(props: TimeChartProps) {
  const chart = withDefaults(props);
  return (
    <ChartFrame chart={chart} kind="lines">
      <Drawing chart={chart} />
    </ChartFrame>
  );
}
