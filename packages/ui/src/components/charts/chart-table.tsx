import type { Drawn } from "./series.ts";

/** The numbers of a chart, newest first, in the chart's place. */
export function ChartTable({ chart: { label, series, moments, value, when } }: { chart: Drawn }) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`${label}, as a table`}
      className="h-full overflow-auto rounded border border-line bg-surface -outline-offset-2"
    >
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-sunken">
          <tr>
            <th scope="col" className="label px-2 py-1 text-left">
              When
            </th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col" className="label px-2 py-1 text-right">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments.toReversed().map(({ at, values }) => (
            <tr key={at} className="border-t border-line/70">
              <th
                scope="row"
                className="figure px-2 py-1 text-left font-normal whitespace-nowrap text-ink-soft"
              >
                {when(at)}
              </th>
              {series.map(({ key }) => {
                const each = values[key];
                return (
                  <td key={key} className="figure px-2 py-1 text-right">
                    {each == null ? <span className="text-ink-faint">–</span> : value(each)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
