import type { RunListItem } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { runs } from "../../api/queries.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, bytes, duration, plural } from "../../format.ts";
import { destinationOf, isLive, secondsOf, toText } from "../../run-status.ts";
import { Outcome, RunState } from "./run-state.tsx";

const AT_ONCE = 100;
/** What the API gives in one answer. */
const MOST = 1000;

/** `/runs`: every run, newest first, live while some go on. */
export function RunsPage() {
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, error, refetch } = useQuery(runs(limit));
  return (
    <div>
      <div className="mb-5 flex items-center justify-between gap-3">
        <h1 className="text-title font-semibold tracking-tight">Runs</h1>
        <Link
          to="/clone"
          className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        >
          New clone
        </Link>
      </div>
      {data === undefined ? (
        error === null ? (
          <SkeletonRows rows={6} label="Loading runs" />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <p className="rounded border border-dashed border-line-strong/60 px-3 py-10 text-center text-ink-soft">
          Nothing has been cloned yet.
        </p>
      ) : (
        <ul className="divide-y divide-line rounded border border-line bg-surface">
          {data.map((run) => (
            <RunRow key={run.job_id} run={run} />
          ))}
        </ul>
      )}
      {data?.length === limit && limit < MOST && (
        <Button look="quiet" className="mt-2" onClick={() => setLimit(Math.min(MOST, limit + 3 * AT_ONCE))}>
          Show older runs
        </Button>
      )}
    </div>
  );
}

function RunRow({ run }: { run: RunListItem }) {
  const { job_id, status, source_catalog, progress } = run;
  return (
    <li>
      <Link
        to="/runs/$id"
        params={{ id: job_id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-3 py-2 -outline-offset-2 hover:bg-sunken sm:grid-cols-[6.5rem_minmax(0,1fr)_auto]"
      >
        <span className="max-sm:order-2 max-sm:text-right">
          {run.outcome === null || isLive(run) ? (
            <RunState status={status} />
          ) : (
            <Outcome status={run.outcome.status} />
          )}
        </span>
        <span className="min-w-0 max-sm:order-1">
          <span className="font-medium">
            <Pair source={source_catalog} destination={destinationOf(run)} />
          </span>
          {run.targets.length > 0 && <span className="ml-2 text-small text-ink-soft">{toText(run)}</span>}
          {run.error !== null && (
            <span className="block truncate text-small text-bad">{withoutClass(run.error)}</span>
          )}
          {run.error === null && run.outcome !== null && !run.dry_run && (
            <span className="figure block text-small text-ink-soft">
              {plural(run.outcome.tables.success, "table")}, {bytes(run.outcome.bytes_copied)}
            </span>
          )}
          {isLive(run) && progress !== null && progress.objectsTotal > 0 && (
            <span className="figure block text-small text-ink-soft">
              {progress.objectsDone} of {progress.objectsTotal} objects
            </span>
          )}
        </span>
        <span className="figure text-small text-ink-faint max-sm:order-3 max-sm:col-span-2 sm:text-right">
          {run.clone_type.toLowerCase()}, {run.load_type.toLowerCase()}
          {run.dry_run && ", dry run"} · {took(run)}
          {ago(run.created_at, Date.now())} · <span className="name">{job_id}</span>
        </span>
      </Link>
    </li>
  );
}

/** Databricks puts its error class before the message; the run's own page shows it. */
function withoutClass(message: string): string {
  return message.replace(/\[[A-Z0-9_.]+\] /u, "");
}

function took(run: RunListItem): string {
  const seconds = secondsOf(run);
  return seconds === undefined ? "" : `${duration(seconds)} · `;
}
