import { useId } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS, FIRST_WIDTH, GRID, MARGIN, VALUE_AXIS } from "./axes.tsx";
import { FillPattern } from "./marks.tsx";
import { type Drawn, lookOf } from "./series.ts";
import { ChartTooltip } from "./tooltip.tsx";

/** The bars themselves; loaded when the first chart is shown. */
export default function BarsDrawing({ chart }: { chart: Drawn }) {
  const { label, series, moments, axisValue, tick, height } = chart;
  const id = useId().replace(/\W/gu, "");
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: FIRST_WIDTH, height }}>
      <BarChart
        data={[...moments]}
        margin={MARGIN}
        barCategoryGap="18%"
        aria-label={`${label}. Left and right go through time.`}
      >
        <defs>
          {series.map((each, index) => (
            <FillPattern key={each.key} id={`${id}-${index}`} look={lookOf(each, index)} />
          ))}
        </defs>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="at" tickFormatter={tick} {...AXIS} />
        <YAxis tickFormatter={axisValue} allowDecimals={false} {...VALUE_AXIS} />
        <Tooltip
          cursor={{ fill: "var(--sunken)" }}
          isAnimationActive={false}
          content={({ active, label: at }) =>
            active ? <ChartTooltip chart={chart} at={Number(at)} kind="bars" /> : null
          }
        />
        {series.map((each, index) => (
          <Bar
            key={each.key}
            dataKey={`values.${each.key}`}
            name={each.label}
            stackId="all"
            maxBarSize={28}
            isAnimationActive={false}
            fill={`url(#${id}-${index})`}
            stroke={lookOf(each, index).colour}
            strokeWidth={0.75}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
