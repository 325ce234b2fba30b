import { type Drawn, lookOf } from "./series.ts";

/** What stands at the moment under the pointer or chosen with the arrow keys. */
export function ChartTooltip({ chart, at, kind }: { chart: Drawn; at: number; kind: "bars" | "lines" }) {
  const { series, moments, value, when } = chart;
  const moment = moments.find((each) => each.at === at);
  if (moment === undefined) return null;
  const shown = series.flatMap((each, index) => {
    const known = moment.values[each.key];
    return known == null || (kind === "bars" && known === 0 && series.length > 1)
      ? []
      : [{ ...each, known, colour: lookOf(each, index).colour }];
  });
  return (
    <div className="rounded border border-line bg-surface px-2.5 py-1.5 text-small shadow-[0_8px_24px_-8px_rgb(0_0_0/0.25)]">
      <p className="figure font-medium">{when(at)}</p>
      {shown.length === 0 && <p className="text-ink-soft">nothing</p>}
      {shown.map(({ key, label, known, colour }) => (
        <p key={key} className="flex items-center gap-2">
          <span className="size-2 shrink-0" style={{ background: colour }} />
          <span className="text-ink-soft">{label}</span>
          <span className="figure ml-auto pl-3 font-medium">{value(known)}</span>
        </p>
      ))}
    </div>
  );
}
