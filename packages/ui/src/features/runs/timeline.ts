/** A stretch of time, in epoch milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where something lies in a stretch, in percent of it; what is shorter than can be seen gets a little. */
export function placed(
  span: Stretch,
  { from, to }: Stretch,
): { readonly left: number; readonly width: number } {
  const whole = Math.max(1, to - from);
  const left = Math.min(100, Math.max(0, (100 * (span.from - from)) / whole));
  const width = Math.min(100 - left, Math.max(0.15, (100 * (span.to - span.from)) / whole));
  return { left, width };
}

const NICE = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000,
];

/** Round times after the beginning, in milliseconds, at most `most` of them. */
export function ticks({ from, to }: Stretch, most: number): readonly number[] {
  const whole = to - from;
  const step = NICE.find((each) => whole / each <= most) ?? Math.ceil(whole / most);
  const count = Math.floor(whole / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** The line over values as the path of an area of a hundred by a hundred, which ends where it began. */
export function areaOf(values: readonly number[], highest: number): string {
  if (values.length === 0 || highest <= 0) return "";
  const width = 100 / values.length;
  const steps = values.map((value, index) => {
    const y = round(100 - (100 * value) / highest);
    return `L${round(index * width)} ${y}L${round((index + 1) * width)} ${y}`;
  });
  return `M0 100${steps.join("")}L100 100Z`;
}

const round = (value: number) => Math.round(100 * value) / 100;
