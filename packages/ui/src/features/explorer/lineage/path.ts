import { NODE, type Point } from "./layout.ts";

/**
 * A smooth line from the right of one node to the left of another, straight along the lanes that were kept free for it; `middle` is where
 * a word on it stands.
 */
export function pathThrough(
  from: Point,
  through: readonly Point[],
  to: Point,
): { readonly path: string; readonly middle: Point } {
  const pieces = [`M${from.x},${from.y}`];
  let here = from;
  for (const lane of through) {
    const end = { x: lane.x + NODE.width, y: lane.y };
    pieces.push(bend(here, lane), `L${end.x},${end.y}`);
    here = end;
  }
  pieces.push(bend(here, to));
  const first = through[0] ?? to;
  return { path: pieces.join(" "), middle: { x: (from.x + first.x) / 2, y: (from.y + first.y) / 2 } };
}

/** Leaves and arrives level. */
function bend(from: Point, to: Point): string {
  const reach = Math.max(24, Math.abs(to.x - from.x) / 2);
  return `C${from.x + reach},${from.y} ${to.x - reach},${to.y} ${to.x},${to.y}`;
}
