/** Milliseconds that `work` takes. */
export async function time(work: () => unknown): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Runs every contender once a round, in turn, so that all meet the same weather; returns each one's milliseconds. */
export async function interleave<K extends string>(
  rounds: number,
  contenders: Readonly<Record<K, (round: number) => Promise<number>>>,
): Promise<Record<K, number[]>> {
  const entries = Object.entries(contenders) as [K, (round: number) => Promise<number>][];
  const results = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round += 1)
    for (const [name, contender] of entries) results[name].push(await contender(round));
  return results;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The value that the share `part` of all does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** `12.3 ms (11.9–14.0)`: median and range. */
export function shown(values: readonly number[]): string {
  return `${digits(median(values))} ms (${digits(Math.min(...values))}–${digits(Math.max(...values))})`;
}

/** Milliseconds, with a decimal where it tells something. */
export function digits(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
