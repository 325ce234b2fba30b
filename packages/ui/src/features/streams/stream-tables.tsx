import type { StreamRecord } from "@clone-xs/server/contract";
import { clsx } from "clsx";
import { Badge } from "../../components/badge.tsx";
import { Name } from "../../components/name.tsx";
import { lagText } from "./lag.ts";

export const METHODS = { merge: "MERGE BY KEY", clone: "INCREMENTAL CLONE" } as const;

/** Each table of a stream: how it is kept in sync, and how far its copy is. */
export function StreamTables({ stream: { tables, progress } }: { stream: StreamRecord }) {
  return (
    <ul className="divide-y divide-line rounded border border-line bg-surface">
      {tables.map((table) => {
        const seen = progress[table];
        return (
          <li
            key={table}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[minmax(0,1fr)_10rem_7rem_8rem]"
          >
            <Name text={table} />
            {seen === undefined ? (
              <span className="text-small text-ink-faint sm:col-span-3 sm:text-right">not looked at yet</span>
            ) : (
              <>
                <span className="max-sm:order-3">
                  <Badge>{METHODS[seen.method]}</Badge>
                </span>
                <span className="figure text-small text-ink-soft max-sm:order-4 max-sm:text-right">
                  {seen.checkpoint === null ? "position not known" : `at version ${seen.checkpoint}`}
                </span>
                <span
                  className={clsx(
                    "figure text-small max-sm:order-2 sm:text-right",
                    seen.lag_seconds === 0 ? "text-good" : "text-ink",
                  )}
                >
                  {lagText(seen)}
                </span>
                {seen.error !== null && (
                  <span className="order-5 col-span-full text-small text-bad wrap-anywhere">
                    {seen.error}
                  </span>
                )}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
