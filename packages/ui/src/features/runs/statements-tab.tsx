import type { RunSummary } from "@clone-xs/server/contract";
import type { Shape } from "../../api/api.ts";
import { useMemo } from "react";
import { type RunStatement, statementsOf } from "../../api/runs.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { type Figure, Figures } from "../../components/figures.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { clock, count } from "../../format.ts";
import { ObjectStateMark, type RunStage } from "./object-state.tsx";
import type { ChangeRunSearch, RunSearch } from "./run-search.ts";
import { Search } from "./tab-filters.tsx";
import { type Slot, usePages } from "./use-pages.ts";

export interface StatementsTabProps {
  readonly id: string;
  readonly summary: RunSummary | undefined;
  readonly stage: RunStage;
  readonly search: RunSearch;
  readonly onChange: ChangeRunSearch;
}

/** What was sent: how many statements of each kind, and each CLONE as it was. */
export function StatementsTab({ id, summary, stage, search, onChange }: StatementsTabProps) {
  const q = search.q ?? "";
  const pages = usePages<Shape<"RunStatements">, RunStatement>(
    (offset) => statementsOf(id, q, offset),
    statementsIn,
  );
  const columns = useMemo(() => columnsFor(stage), [stage]);
  return (
    <div className="space-y-4">
      {summary !== undefined && Object.keys(summary.statements).length > 0 && (
        <Figures label="Statements sent, by kind" figures={figuresOf(summary.statements)} />
      )}
      <div>
        <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
          <h2 className="label">CLONE statements{pages.answer && ` (${count(pages.total)})`}</h2>
          <Search label="Filter the statements" value={q} onChange={(next) => onChange({ q: next })} />
        </div>
        {pages.error !== null ? (
          <ErrorNotice error={pages.error} retry={pages.retry} />
        ) : pages.answer === undefined ? (
          <SkeletonRows rows={6} label="Loading the statements" />
        ) : (
          <DataTable
            label="CLONE statements of the run"
            rows={pages.slots}
            columns={columns}
            keyOf={({ index, row }) => (row === undefined ? `#${index}` : String(row.id))}
            onOpen={({ row }) =>
              row &&
              onChange({ tab: "objects", q: undefined, object: row.object, at: row.target ?? undefined })
            }
            onSeen={pages.onSeen}
            empty={q === "" ? "No CLONE was sent." : "No statement has that in it."}
          />
        )}
      </div>
    </div>
  );
}

const statementsIn = ({ statements }: { statements: readonly RunStatement[] }) => statements;

function figuresOf(statements: RunSummary["statements"]): readonly Figure[] {
  const kinds = Object.entries(statements).sort(([, a], [, b]) => b - a);
  const all = kinds.reduce((sum, [, sent]) => sum + sent, 0);
  return [
    { name: "All statements", value: count(all) },
    ...kinds.map(([kind, sent]) => ({ name: kind.replaceAll("_", " "), value: count(sent) })),
  ];
}

function columnsFor(stage: RunStage): readonly Column<Slot<RunStatement>>[] {
  return [
    {
      id: "state",
      label: "State",
      width: "6rem",
      narrow: "1.25rem",
      cell: ({ row }) => row?.state && <ObjectStateMark state={row.state} stage={stage} />,
    },
    {
      id: "at",
      label: "Sent",
      width: "4.5rem",
      cell: ({ row }) =>
        row && <span className="figure text-small text-ink-soft">{clock(Date.parse(row.at))}</span>,
    },
    {
      id: "text",
      label: "Statement",
      width: "minmax(0,1fr)",
      cell: ({ row }) =>
        row === undefined ? (
          <span className="block h-3.5 w-2/3 animate-pulse rounded bg-sunken" />
        ) : (
          <span className="name" title={row.text}>
            {row.target !== null && `[${row.target}] `}
            {row.text}
          </span>
        ),
    },
    {
      id: "statement",
      label: "Id",
      width: "8rem",
      wideOnly: true,
      cell: ({ row }) => row && <span className="name text-small text-ink-soft">{row.statement_id}</span>,
    },
  ];
}
