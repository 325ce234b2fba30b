/** How axes and grid look in every chart: hairlines, small figures of one width. */
export const AXIS = {
  tickLine: false,
  axisLine: { stroke: "var(--line-strong)", strokeWidth: 1 },
  tick: { fill: "var(--ink-faint)", fontSize: 11, className: "figure" },
  minTickGap: 24,
} as const;

export const VALUE_AXIS = {
  ...AXIS,
  axisLine: false,
  width: "auto",
  tickCount: 4,
  interval: 0,
  tickMargin: 4,
} as const;

export const GRID = { stroke: "var(--line)", vertical: false } as const;

export const MARGIN = { top: 6, right: 8, bottom: 0, left: 0 } as const;

/** Before the container was measured: the drawing then takes its place at once, and nothing is said about a size of nothing. */
export const FIRST_WIDTH = 480;
