export interface SparklineProps {
  /** Oldest first; `null` leaves a gap. */
  readonly values: readonly (number | null)[];
  /** What it says, in words: the drawing alone says nothing to those who do not see it. */
  readonly label: string;
  readonly tone?: "accent" | "good" | "warn" | "bad";
  readonly width?: number;
  readonly height?: number;
}

const TONES = { accent: "text-accent", good: "text-good", warn: "text-warn", bad: "text-bad" };

/** How something went, in the height of a row: a line from zero to its highest, and a dot where it is now. */
export function Sparkline({ values, label, tone = "accent", width = 88, height = 20 }: SparklineProps) {
  const { path, end, floor } = sparkPath(values, width, height);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={`inline-block shrink-0 align-middle ${TONES[tone]}`}
    >
      <path d={`M0 ${floor}H${width}`} stroke="var(--line)" fill="none" />
      <path d={path} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
      {end !== undefined && <circle cx={end.x} cy={end.y} r={2.25} fill="currentColor" />}
    </svg>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The line of the values within `width` × `height`, its floor at zero, and where its newest value is. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number) {
  const edge = 3;
  const floor = height - edge;
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const step = values.length < 2 ? 0 : (width - 2 * edge) / (values.length - 1);
  const points = values.map((value, index) =>
    value === null
      ? undefined
      : {
          x: round(values.length < 2 ? width - edge : edge + index * step),
          y: round(floor - (value / most) * (floor - edge)),
        },
  );
  const path = points
    .map((point, index) => {
      if (point === undefined) return "";
      return `${points[index - 1] === undefined ? "M" : "L"}${point.x} ${point.y}`;
    })
    .join("");
  return { path, end: points.findLast((point) => point !== undefined), floor };
}
