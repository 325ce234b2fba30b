import type { Fill, Look, Mark } from "./series.ts";

/** One mark of a line, around its middle. */
export function MarkShape({ mark, colour, x, y }: { mark: Mark; colour: string; x: number; y: number }) {
  const r = 3;
  const paint = { fill: colour, stroke: colour };
  switch (mark) {
    case "dot":
      return <circle cx={x} cy={y} r={r - 0.5} {...paint} />;
    case "ring":
      return <circle cx={x} cy={y} r={r} fill="var(--surface)" stroke={colour} strokeWidth={1.5} />;
    case "square":
      return <rect x={x - r + 0.5} y={y - r + 0.5} width={2 * r - 1} height={2 * r - 1} {...paint} />;
    case "triangle":
      return <path d={`M${x} ${y - r}l${r} ${2 * r - 0.5}h${-2 * r}z`} {...paint} />;
    case "diamond":
      return (
        <path
          d={`M${x} ${y - r - 0.5}l${r + 0.5} ${r + 0.5}l${-r - 0.5} ${r + 0.5}l${-r - 0.5} ${-r - 0.5}z`}
          {...paint}
        />
      );
    case "cross":
      return (
        <path
          d={`M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`}
          fill="none"
          stroke={colour}
          strokeWidth={1.5}
        />
      );
  }
}

const STROKES: Record<Exclude<Fill, "solid">, string> = {
  rising: "M-1 1l2-2M0 6l6-6M5 7l2-2",
  falling: "M-1 5l2 2M0 0l6 6M5-1l2 2",
  level: "M0 1.5h6M0 4.5h6",
  crossed: "M0 3h6M3 0v6",
  dotted: "M1.5 1.5h.01M4.5 4.5h.01",
};

/** What fills the parts of bars, by `id`: hatched on a ground of its own colour, so that an edge stays to be seen. */
export function FillPattern({ id, look: { colour, fill } }: { id: string; look: Look }) {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
      <rect width={6} height={6} fill={colour} fillOpacity={fill === "solid" ? 1 : 0.28} />
      {fill !== "solid" && (
        <path
          d={STROKES[fill]}
          fill="none"
          stroke={colour}
          strokeWidth={fill === "dotted" ? 2.2 : 1.4}
          strokeLinecap={fill === "dotted" ? "round" : "butt"}
        />
      )}
    </pattern>
  );
}
