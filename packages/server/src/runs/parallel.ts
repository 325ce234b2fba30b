interface Span {
  readonly from: number;
  /** Null: it goes on. */
  readonly to: number | null;
}

/** How many spans there are at the same time, on average over each of `parts` equal parts of the time between `from` and `to`. */
export function parallelOver(
  spans: readonly Span[],
  { from, to, parts }: { readonly from: number; readonly to: number; readonly parts: number },
): readonly number[] {
  const width = (to - from) / parts;
  const sums = Array.from({ length: parts }, () => 0);
  if (width <= 0) return sums;
  for (const span of spans) {
    const end = Math.min(span.to ?? to, to);
    const first = Math.max(0, Math.floor((span.from - from) / width));
    for (let part = first; part < parts && from + part * width < end; part++) {
      const begin = Math.max(span.from, from + part * width);
      sums[part] = (sums[part] ?? 0) + Math.max(0, Math.min(end, from + (part + 1) * width) - begin);
    }
  }
  return sums.map((sum) => sum / width);
}
