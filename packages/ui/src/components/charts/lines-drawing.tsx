import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS, FIRST_WIDTH, GRID, MARGIN, VALUE_AXIS } from "./axes.tsx";
import { MarkShape } from "./marks.tsx";
import { type Drawn, lookOf } from "./series.ts";
import { ChartTooltip } from "./tooltip.tsx";

/** With more points than this, marks would be a line of their own: only the last one has its mark. */
const MARKED = 24;

/** The lines themselves; loaded when the first chart is shown. */
export default function LinesDrawing({ chart }: { chart: Drawn }) {
  const { label, series, moments, axisValue, tick, height } = chart;
  const last = moments.length - 1;
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: FIRST_WIDTH, height }}>
      <LineChart data={[...moments]} margin={MARGIN} aria-label={`${label}. Left and right go through time.`}>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={["dataMin", "dataMax"]}
          tickFormatter={tick}
          {...AXIS}
        />
        <YAxis tickFormatter={axisValue} allowDecimals={false} domain={[0, "auto"]} {...VALUE_AXIS} />
        <Tooltip
          cursor={{ stroke: "var(--line-strong)" }}
          isAnimationActive={false}
          content={({ active, label: at }) =>
            active ? <ChartTooltip chart={chart} at={Number(at)} kind="lines" /> : null
          }
        />
        {series.map((each, index) => {
          const { colour, dash, mark } = lookOf(each, index);
          return (
            <Line
              key={each.key}
              dataKey={`values.${each.key}`}
              name={each.label}
              type="linear"
              connectNulls
              isAnimationActive={false}
              stroke={colour}
              strokeWidth={1.5}
              strokeDasharray={dash}
              dot={({ key, cx, cy, index: at, value: known }) =>
                known == null || cx === undefined || cy === undefined || (last >= MARKED && at !== last) ? (
                  <g key={key} />
                ) : (
                  <MarkShape key={key} mark={mark} colour={colour} x={cx} y={cy} />
                )
              }
              activeDot={{ r: 4, fill: colour, stroke: "var(--surface)" }}
            />
          );
        })}
      </LineChart>
    </ResponsiveContainer>
  );
}
