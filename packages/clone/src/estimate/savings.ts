/** Half of the bytes saved makes a selective run worth it. */
export const WORTH_IT = 50;

/** In percent with 1 decimal. Where nothing weighs anything, everything is saved when there is nothing to do. */
export function savingsOf(bytes: {
  readonly size: number;
  readonly total: number;
  readonly nothingToDo: boolean;
}): number {
  if (bytes.total === 0) return bytes.nothingToDo ? 100 : 0;
  return Math.round(Math.max(0, 1 - bytes.size / bytes.total) * 1000) / 10;
}
