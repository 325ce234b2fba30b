import type { Shape } from "../../api/api.ts";
import { useCallback, useMemo, useState } from "react";
import { type ObjectState, objectsOf, type RunObject } from "../../api/runs.ts";
import { Segments } from "../../components/choices.tsx";
import { DataTable, type Sorting } from "../../components/data-table.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { count } from "../../format.ts";
import { ObjectSheet } from "./object-sheet.tsx";
import { objectColumns, SORTED } from "./object-columns.tsx";
import type { RunPicture } from "./fold.ts";
import type { RunStage } from "./object-state.tsx";
import { type ChangeRunSearch, type RunSearch, STATE_GROUPS, type StateGroup } from "./run-search.ts";
import { Search, Choice } from "./tab-filters.tsx";
import { type Slot, usePages } from "./use-pages.ts";

export interface ObjectsTabProps {
  readonly picture: RunPicture;
  readonly stage: RunStage;
  readonly search: RunSearch;
  readonly onChange: ChangeRunSearch;
  readonly catalogOf: (target: string | null) => string;
}

const GROUPS: readonly { readonly value: StateGroup | "all"; readonly label: string }[] = [
  { value: "all", label: "All" },
  { value: "failed", label: "Failed" },
  { value: "active", label: "To do" },
  { value: "done", label: "Done" },
  { value: "unchanged", label: "Unchanged" },
  { value: "uncopied", label: "Not copied" },
];

/** Every object of a run with what became of it and why, however many there are: only what is in sight is loaded. */
export function ObjectsTab({ picture, stage, search, onChange, catalogOf }: ObjectsTabProps) {
  const id = picture.job_id;
  const { state, kind, target, q = "" } = search;
  const [sorting, setSorting] = useState<Sorting>();
  const asked = {
    ...(state === undefined ? {} : { state: [...STATE_GROUPS[state]] as ObjectState[] }),
    ...(kind === undefined ? {} : { kind }),
    ...(target === undefined ? {} : { target }),
    ...(q === "" ? {} : { q }),
    ...sortOf(sorting),
  };
  const pages = usePages<Shape<"RunObjects">, RunObject>((offset) => objectsOf(id, asked, offset), objectsIn);
  const columns = useMemo(() => objectColumns({ stage, catalogOf }), [stage, catalogOf]);
  const counts = pages.answer?.counts ?? [];
  const kinds = [...new Set(counts.map((each) => each.kind))].sort((a, b) => a.localeCompare(b));
  const open = useCallback(
    (row: RunObject) => onChange({ object: row.object, at: row.target ?? undefined }),
    [onChange],
  );

  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Segments
          label="What became of them"
          value={state ?? "all"}
          choices={GROUPS.map((group) => ({ ...group, label: labelOf(group, counts, kind, stage) })).filter(
            ({ value }) => value === "all" || value === state || countOf(value, counts, kind) > 0,
          )}
          onChange={(next) => onChange({ state: next === "all" ? undefined : next })}
        />
        <span className="flex min-w-0 flex-1 items-center justify-end gap-2 max-sm:basis-full">
          {kinds.length > 1 && (
            <Choice
              label="Kind"
              all="Every kind"
              value={kind}
              values={kinds}
              onChange={(next) => onChange({ kind: next })}
            />
          )}
          {picture.targets.length > 1 && (
            <Choice
              label="Target"
              all="Every target"
              value={target}
              values={picture.targets.map(({ name }) => name)}
              onChange={(next) => onChange({ target: next })}
            />
          )}
          <Search label="Filter the objects" value={q} onChange={(next) => onChange({ q: next })} />
        </span>
      </div>
      {pages.error !== null ? (
        <ErrorNotice error={pages.error} retry={pages.retry} />
      ) : pages.answer === undefined ? (
        <SkeletonRows rows={8} label="Loading the objects" />
      ) : (
        <DataTable
          label="Objects of the run"
          rows={pages.slots}
          columns={columns}
          keyOf={keyOf}
          {...chosenIn(pages.slots, search)}
          onOpen={({ row }) => row && open(row)}
          order={{ by: Object.keys(SORTED), sorting, onSort: setSorting }}
          onSeen={pages.onSeen}
          empty={picture.objects === 0 ? emptyText(stage) : "No object meets the filters."}
          maxHeight="min(70vh, 44rem)"
        />
      )}
      {search.object !== undefined && (
        <ObjectSheet
          key={`${search.at ?? ""} ${search.object}`}
          picture={picture}
          stage={stage}
          object={search.object}
          target={search.at ?? ""}
          onClose={() => onChange({ object: undefined, at: undefined })}
        />
      )}
    </div>
  );
}

function keyOf({ index, row }: Slot<RunObject>): string {
  return row === undefined ? `#${index}` : `${row.target ?? ""} ${row.kind} ${row.object} ${row.step ?? ""}`;
}

function chosenIn(slots: readonly Slot<RunObject>[], { object, at }: RunSearch) {
  const open =
    object === undefined
      ? undefined
      : slots.find(({ row }) => row?.object === object && row.target === (at ?? null));
  return open === undefined ? {} : { chosen: keyOf(open) };
}

const objectsIn = ({ objects }: { objects: readonly RunObject[] }) => objects;

function emptyText(stage: RunStage): string {
  return stage === "live" ? "No object is worked on yet." : "No object was worked on.";
}

function sortOf(sorting: Sorting | undefined) {
  const sort = Object.entries(SORTED).find(([id]) => id === sorting?.by)?.[1];
  return sort === undefined || sorting === undefined ? {} : { sort, descending: sorting.descending };
}

/** What is still to be done is another thing when nothing goes on any more. */
const TO_DO: Record<RunStage, string> = { live: "To do", over: "Not done", dry: "Planned" };

type Counts = readonly { readonly state: ObjectState; readonly kind: string; readonly objects: number }[];

function countOf(group: StateGroup, counts: Counts, kind: string | undefined): number {
  const states: readonly ObjectState[] = STATE_GROUPS[group];
  return counts
    .filter((each) => states.includes(each.state) && (kind === undefined || each.kind === kind))
    .reduce((sum, { objects }) => sum + objects, 0);
}

function labelOf(
  { value, label }: { readonly value: StateGroup | "all"; readonly label: string },
  counts: Counts,
  kind: string | undefined,
  stage: RunStage,
): string {
  if (value === "all") return label;
  const word = value === "active" ? TO_DO[stage] : label;
  return `${word} ${count(countOf(value, counts, kind))}`;
}
