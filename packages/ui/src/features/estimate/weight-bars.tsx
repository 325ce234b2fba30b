import { clsx } from "clsx";
import { Name } from "../../components/name.tsx";
import { bytes } from "../../format.ts";

/** A table and its bytes. */
export interface WeightBar {
  readonly schema: string;
  readonly table: string;
  readonly size: number;
  readonly note: string;
}

/** The heaviest tables, each with a bar as long as its share of the heaviest. */
export function WeightBars({
  label,
  bars,
  tone = "accent",
}: {
  label: string;
  bars: readonly WeightBar[];
  tone?: "accent" | "warn";
}) {
  const most = Math.max(1, ...bars.map(({ size }) => size));
  return (
    <ol aria-label={label} className="divide-y divide-line rounded border border-line bg-surface">
      {bars.map(({ schema, table, size, note }) => (
        <li
          key={`${schema}.${table}`}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-3 py-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_5rem]"
        >
          <span className="min-w-0">
            <Name dim={`${schema}.`} text={table} />
            <span className="ml-2 text-tiny text-ink-faint">{note}</span>
          </span>
          <span
            aria-hidden
            className="h-2 overflow-hidden rounded bg-sunken max-sm:order-3 max-sm:col-span-2"
          >
            <span
              className={clsx("block h-full rounded", tone === "accent" ? "bg-accent" : "bg-warn")}
              style={{ width: `${Math.max(size > 0 ? 0.5 : 0, (size / most) * 100)}%` }}
            />
          </span>
          <span className="figure text-right">{bytes(size)}</span>
        </li>
      ))}
    </ol>
  );
}
