import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { PAGE, type RunItem } from "../../api/runs.ts";
import { Segments } from "../../components/choices.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, bytes, count, duration } from "../../format.ts";
import { destinationOf, isLive, secondsOf, toText } from "../../run-status.ts";
import { changed } from "./run-search.ts";
import { Outcome, RunState } from "./run-state.tsx";
import { LOADS, type RunsSearch, STATUSES } from "./runs-search.ts";
import { Choice, Search } from "./tab-filters.tsx";
import { useRuns } from "./use-runs.ts";

const STATUS_CHOICES = [{ value: "all", label: "All" }, ...STATUSES] as const;

/** `/runs`: every run, newest first, live while some go on; what is looked for is in the address. */
export function RunsPage() {
  const search = useSearch({ from: "/runs" });
  const navigate = useNavigate();
  const change = useCallback(
    (next: { readonly [Key in keyof RunsSearch]: RunsSearch[Key] | undefined }) =>
      void navigate({ to: "/runs", search: (now: RunsSearch) => changed(now, next), replace: true }),
    [navigate],
  );
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRuns(search);
  const runs = data?.pages.flat();
  const onSeen = useCallback(
    (_: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= (runs?.length ?? 0) - PAGE / 4) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, runs?.length, fetchNextPage],
  );
  const filtered = Object.keys(search).length > 0;

  return (
    <div>
      <PageHead title="Runs">
        <Link
          to="/clone"
          className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        >
          New clone
        </Link>
      </PageHead>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Segments
          label="State"
          value={search.status ?? "all"}
          choices={STATUS_CHOICES}
          onChange={(status) => change({ status: status === "all" ? undefined : status })}
        />
        <span className="flex min-w-0 flex-1 items-center justify-end gap-2 max-sm:basis-full">
          <Choice
            label="Load"
            all="Every load"
            value={search.load}
            values={LOADS}
            onChange={(load) => change({ load: LOADS.find((each) => each === load) })}
          />
          <Search label="Catalog, target or id" value={search.q ?? ""} onChange={(q) => change({ q })} />
        </span>
      </div>
      {runs === undefined ? (
        error === null ? (
          <SkeletonRows rows={10} label="Loading runs" />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : runs.length === 0 && !filtered ? (
        <Empty>Nothing has been cloned yet.</Empty>
      ) : (
        <DataTable
          label="Runs"
          rows={runs}
          columns={COLUMNS}
          keyOf={({ job_id }) => job_id}
          onOpen={({ job_id }) => void navigate({ to: "/runs/$id", params: { id: job_id } })}
          onSeen={onSeen}
          rowHeight={46}
          maxHeight="max(24rem, calc(100dvh - 13rem))"
          empty="No run meets the filters."
        />
      )}
      {runs !== undefined && error !== null && (
        <p className="mt-2 text-small text-bad">The list is not up to date: {error.message}</p>
      )}
    </div>
  );
}

const COLUMNS: readonly Column<RunItem>[] = [
  {
    id: "state",
    label: "State",
    width: "6.25rem",
    cell: (run) =>
      run.outcome === null || isLive(run) ? (
        <RunState status={run.status} />
      ) : (
        <Outcome status={run.outcome.status} />
      ),
  },
  {
    id: "pair",
    label: "Source and destination",
    width: "minmax(0,1fr)",
    cell: (run) => (
      <span className="block min-w-0 leading-5">
        <Link
          to="/runs/$id"
          params={{ id: run.job_id }}
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
          className="block truncate font-medium hover:underline [&>span]:flex-nowrap"
        >
          <Pair source={run.source_catalog} destination={destinationOf(run)} />
          {run.targets.length > 0 && <span className="ml-2 text-small text-ink-soft">{toText(run)}</span>}
        </Link>
        <Second run={run} />
      </span>
    ),
  },
  {
    id: "load",
    label: "Kind",
    width: "8.5rem",
    wideOnly: true,
    cell: (run) => (
      <span className="text-small text-ink-soft">
        {run.clone_type.toLowerCase()}, {run.load_type.toLowerCase()}
      </span>
    ),
  },
  {
    id: "tables",
    label: "Tables",
    width: "3.5rem",
    align: "end",
    wideOnly: true,
    cell: (run) => (run.outcome === null || run.dry_run ? null : count(run.outcome.tables.success)),
  },
  {
    id: "bytes",
    label: "Copied",
    width: "4.75rem",
    align: "end",
    wideOnly: true,
    cell: (run) => (run.outcome === null || run.dry_run ? null : bytes(run.outcome.bytes_copied)),
  },
  {
    id: "took",
    label: "Took",
    width: "4.5rem",
    align: "end",
    wideOnly: true,
    cell: (run) => {
      const seconds = secondsOf(run);
      return seconds === undefined ? null : duration(seconds);
    },
  },
  {
    id: "created",
    label: "When",
    width: "5.5rem",
    align: "end",
    wideOnly: true,
    cell: (run) => (
      <time
        dateTime={run.created_at}
        title={new Date(run.created_at).toLocaleString()}
        className="text-small text-ink-soft"
      >
        {ago(run.created_at, Date.now())}
      </time>
    ),
  },
];

/** How far it is, why it is no success, or its id. */
function Second({ run }: { run: RunItem }) {
  const { job_id, error, progress, queue_position } = run;
  const total = progress?.objectsTotal ?? 0;
  if (isLive(run))
    return (
      <span className="figure block truncate text-small text-ink-soft">
        {queue_position !== null
          ? `number ${queue_position} in the queue`
          : total > 0
            ? `${count(progress?.objectsDone ?? 0)} of ${count(total)} objects`
            : "looking at both catalogs"}
      </span>
    );
  return (
    <span className="block truncate text-small text-ink-faint">
      <span className="name">{job_id}</span>
      <span className="sm:hidden"> · {ago(run.created_at, Date.now())}</span>
      {run.dry_run && " · dry run"}
      {error !== null && <span className="text-bad"> · {withoutClass(error)}</span>}
    </span>
  );
}

/** Databricks puts its error class before the message; the run's own page shows it. */
function withoutClass(message: string): string {
  return message.replace(/\[[A-Z0-9_.]+\] /u, "");
}
