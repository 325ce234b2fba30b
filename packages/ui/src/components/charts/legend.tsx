import { useId } from "react";
import { FillPattern, MarkShape } from "./marks.tsx";
import { lookOf, type Series } from "./series.ts";

/** The names of the series, each with its mark as it is drawn. One series needs none. */
export function Legend({ series, kind }: { series: readonly Series[]; kind: "bars" | "lines" }) {
  if (series.length < 2) return null;
  return (
    <ul className="mt-1.5 flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 text-small text-ink-soft">
      {series.map((each, index) => (
        <li key={each.key} className="flex min-w-0 items-center gap-1.5">
          <Sample series={each} index={index} kind={kind} />
          <span className="min-w-0 wrap-anywhere">{each.label}</span>
        </li>
      ))}
    </ul>
  );
}

function Sample({ series, index, kind }: { series: Series; index: number; kind: "bars" | "lines" }) {
  const id = `fill${useId()}`;
  const look = lookOf(series, index);
  if (kind === "bars")
    return (
      <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
        <FillPattern id={id} look={look} />
        <rect x={0.5} y={0.5} width={9} height={9} fill={`url(#${id})`} stroke={look.colour} />
      </svg>
    );
  return (
    <svg viewBox="0 0 20 10" className="h-2.5 w-5 shrink-0" aria-hidden="true">
      <path d="M0 5h20" stroke={look.colour} strokeWidth={1.5} strokeDasharray={look.dash} />
      <MarkShape mark={look.mark} colour={look.colour} x={10} y={5} />
    </svg>
  );
}
