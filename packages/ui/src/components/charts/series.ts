/** One line, or one part of each bar. */
export interface Series {
  /** Under which a moment has its value. */
  readonly key: string;
  readonly label: string;
  /** Where the values are outcomes; else each series has the next colour of the charts. */
  readonly tone?: "good" | "warn" | "bad" | "neutral" | "accent";
}

/** What is drawn above one point of the time axis. `null`, or no value: not known then, and a line goes on to its next point. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly values: Readonly<Record<string, number | null>>;
}

export interface TimeChartProps {
  /** What is drawn, for those who do not see it and above its table. */
  readonly label: string;
  /** The same in few words, as a heading above it; absent: one stands there already. */
  readonly title?: string;
  readonly series: readonly Series[];
  readonly moments: readonly Moment[];
  /** A value as the axis, the tooltip and the table show it. */
  readonly value?: (value: number) => string;
  /** A value in few letters, for the axis; as `value` when absent. */
  readonly axisValue?: (value: number) => string;
  /** A moment in few letters, for the axis. */
  readonly tick?: (at: number) => string;
  /** A moment in full, for tooltip and table. */
  readonly when?: (at: number) => string;
  /** In pixels; it is kept whatever is in it. */
  readonly height?: number;
}

/** A chart with every choice made. */
export type Drawn = Required<Omit<TimeChartProps, "title">> & Pick<TimeChartProps, "title">;

/** How a series looks: what colour tells is told by dashes, marks or hatching too. */
export interface Look {
  readonly colour: string;
  readonly dash: string;
  readonly mark: Mark;
  readonly fill: Fill;
}

export type Mark = "dot" | "square" | "triangle" | "diamond" | "ring" | "cross";
export type Fill = "solid" | "rising" | "falling" | "dotted" | "level" | "crossed";

const LOOKS: readonly Look[] = [
  { colour: "var(--chart-1)", dash: "none", mark: "dot", fill: "solid" },
  { colour: "var(--chart-2)", dash: "6 3", mark: "square", fill: "rising" },
  { colour: "var(--chart-3)", dash: "2 3", mark: "triangle", fill: "dotted" },
  { colour: "var(--chart-4)", dash: "9 3 2 3", mark: "diamond", fill: "falling" },
  { colour: "var(--chart-5)", dash: "4 2", mark: "ring", fill: "level" },
  { colour: "var(--chart-6)", dash: "1 3", mark: "cross", fill: "crossed" },
];

const TONES = {
  good: { colour: "var(--good)", dash: "none", mark: "dot", fill: "solid" },
  warn: { colour: "var(--warn)", dash: "6 3", mark: "square", fill: "dotted" },
  bad: { colour: "var(--bad)", dash: "2 3", mark: "triangle", fill: "rising" },
  neutral: { colour: "var(--chart-6)", dash: "1 3", mark: "ring", fill: "level" },
  accent: { colour: "var(--accent)", dash: "none", mark: "dot", fill: "solid" },
} satisfies Record<string, Look>;

/** More series than this cannot be told from each other: the rest belongs in a table. */
export const MOST_SERIES = LOOKS.length;

/** The look of the series at `index` of its chart. */
export function lookOf({ tone }: Pick<Series, "tone">, index: number): Look {
  return (tone === undefined ? LOOKS[index % LOOKS.length] : TONES[tone]) ?? TONES.neutral;
}

/** The largest sum that one moment reaches. */
export function heightOf({ values }: Moment, series: readonly Series[]): number {
  return series.reduce((sum, { key }) => sum + (values[key] ?? 0), 0);
}
