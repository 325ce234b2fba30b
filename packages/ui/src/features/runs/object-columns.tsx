import type { RunObject } from "../../api/runs.ts";
import type { Column } from "../../components/data-table.tsx";
import { bytes, count, duration } from "../../format.ts";
import { withoutCode } from "./findings.tsx";
import { ObjectStateMark, type RunStage } from "./object-state.tsx";
import type { Slot } from "./use-pages.ts";

/** Columns by which the server can order objects. */
export const SORTED = {
  state: "outcome",
  object: "object",
  kind: "kind",
  bytes: "bytes",
  files: "files",
  time: "seconds",
} as const;

export interface ObjectColumnsOptions {
  readonly stage: RunStage;
  /** The destination of a target, or of all: it need not be said again in each name. */
  readonly catalogOf: (target: string | null) => string;
}

export function objectColumns({
  stage,
  catalogOf,
}: ObjectColumnsOptions): readonly Column<Slot<RunObject>>[] {
  return [
    {
      id: "state",
      label: "State",
      width: "6rem",
      narrow: "1.25rem",
      cell: ({ row }) => row && <ObjectStateMark state={row.state} stage={stage} />,
    },
    {
      id: "object",
      label: "Object",
      width: "minmax(0,5fr)",
      cell: ({ row }) =>
        row === undefined ? (
          <span className="block h-3.5 w-2/3 animate-pulse rounded bg-sunken" />
        ) : (
          <span title={row.object}>
            {row.target !== null && <span className="mr-1.5 text-tiny text-ink-soft">{row.target}</span>}
            <span className="name">{within(catalogOf(row.target), row.object)}</span>
          </span>
        ),
    },
    {
      id: "kind",
      label: "Kind",
      width: "4.5rem",
      wideOnly: true,
      cell: ({ row }) => row && <span className="text-small text-ink-soft">{row.kind}</span>,
    },
    {
      id: "why",
      label: "What and why",
      width: "minmax(0,4fr)",
      wideOnly: true,
      cell: ({ row }) => row && <Why row={row} />,
    },
    {
      id: "version",
      label: "Version",
      width: "4.75rem",
      wideOnly: true,
      cell: ({ row }) => row && <span className="name text-small text-ink-soft">{versionsOf(row)}</span>,
    },
    {
      id: "bytes",
      label: "Bytes",
      width: "4.5rem",
      align: "end",
      cell: ({ row }) => (row?.bytes == null ? null : bytes(row.bytes)),
    },
    {
      id: "files",
      label: "Files",
      width: "3.25rem",
      align: "end",
      wideOnly: true,
      cell: ({ row }) => (row?.files == null ? null : count(row.files)),
    },
    {
      id: "time",
      label: "Took",
      width: "4.25rem",
      align: "end",
      wideOnly: true,
      cell: ({ row }) => (row?.seconds == null ? null : duration(row.seconds)),
    },
  ];
}

function Why({ row: { error, operation, reason, state } }: { row: RunObject }) {
  if (error !== null) {
    const look = state === "failed" ? "text-bad" : "text-ink-soft";
    return (
      <span className={`text-small ${look}`} title={error.message}>
        <span className="name font-medium">{error.code}</span> {withoutCode(error.message, error.code)}
      </span>
    );
  }
  return (
    <span className="text-small text-ink-soft">
      {operation === null ? "" : `${operation.replaceAll("_", " ")} · `}
      {reason}
    </span>
  );
}

/** `3 → 5`: the version that the copy was of, and the one that it is made of now. */
function versionsOf({ source_version: to, cloned_version: from }: RunObject): string {
  if (to === null) return from ?? "";
  return from === null || from === to ? to : `${from} → ${to}`;
}

export function within(catalog: string, object: string): string {
  return object.startsWith(`${catalog}.`) ? object.slice(catalog.length + 1) : object;
}
