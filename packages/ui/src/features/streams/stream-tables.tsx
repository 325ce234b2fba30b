import type { StreamRecord } from "@clone-xs/server/contract";
import { clsx } from "clsx";
import { useMemo } from "react";
import { Badge } from "../../components/badge.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Name } from "../../components/name.tsx";
import { lagText } from "./lag.ts";

export const METHODS = { merge: "MERGE BY KEY", clone: "INCREMENTAL CLONE" } as const;

interface Row {
  readonly table: string;
  /** Absent until the stream was looked at. */
  readonly seen: StreamRecord["progress"][string] | undefined;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "table",
    label: "Table",
    width: "minmax(0,1fr)",
    sortBy: ({ table }) => table,
    cell: ({ table, seen }) => (
      <>
        <Name text={table} />
        {seen?.error != null && (
          <span className="block truncate text-small text-bad" title={seen.error}>
            {seen.error}
          </span>
        )}
      </>
    ),
  },
  {
    id: "method",
    label: "Kept in sync by",
    width: "11rem",
    wideOnly: true,
    cell: ({ seen }) => seen !== undefined && <Badge>{METHODS[seen.method]}</Badge>,
  },
  {
    id: "position",
    label: "Position",
    width: "8rem",
    wideOnly: true,
    cell: ({ seen }) => (
      <span className="figure text-small text-ink-soft">
        {seen === undefined ? "" : seen.checkpoint === null ? "not known" : `version ${seen.checkpoint}`}
      </span>
    ),
  },
  {
    id: "lag",
    label: "Lag",
    width: "8rem",
    align: "end",
    sortBy: ({ seen }) => seen?.lag_seconds ?? Number.MAX_VALUE,
    cell: ({ seen }) => (
      <span className={clsx("text-small", seen?.lag_seconds === 0 ? "text-good" : "text-ink-soft")}>
        {seen === undefined ? "not looked at yet" : lagText(seen)}
      </span>
    ),
  },
];

/** Each table of a stream: how it is kept in sync, and how far its copy is. */
export function StreamTables({ stream: { tables, progress } }: { stream: StreamRecord }) {
  const rows = useMemo(
    () => tables.map((table): Row => ({ table, seen: progress[table] })),
    [tables, progress],
  );
  const failing = rows.some(({ seen }) => seen?.error != null);
  return (
    <DataTable
      label="Tables of the stream"
      rows={rows}
      columns={COLUMNS}
      keyOf={({ table }) => table}
      rowHeight={failing ? 46 : 34}
      empty="The stream names no tables."
    />
  );
}
