import type { StreamRecord } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { streams, streamsInFull } from "../../api/streams.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, duration, plural } from "../../format.ts";
import { lagText, worst } from "./lag.ts";
import { StreamState } from "./stream-state.tsx";

/** `/streams`: everything that is kept in sync, and how far it is. */
export function StreamsPage() {
  const { data, error, refetch } = useQuery(streams);
  const full = useQuery({ ...streamsInFull, enabled: data !== undefined && data.length > 0 });
  const progress = new Map(full.data?.map((stream) => [stream.stream_id, stream.progress]));
  return (
    <div>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-semibold tracking-tight">Streams</h1>
        <span className="flex gap-2">
          {data !== undefined && data.length > 0 && (
            <Button look="quiet" disabled={full.isFetching} onClick={() => void full.refetch()}>
              <RotateCw className={`size-3.5 ${full.isFetching ? "animate-spin" : ""}`} aria-hidden />
              Look again
            </Button>
          )}
          <Link
            to="/streams/new"
            className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
          >
            New stream
          </Link>
        </span>
      </div>
      {full.error !== null && (
        <div className="mb-3">
          <ErrorNotice error={full.error} />
        </div>
      )}
      {data === undefined ? (
        error === null ? (
          <SkeletonRows rows={4} label="Loading streams" />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <p className="rounded border border-dashed border-line-strong/60 px-3 py-10 text-center text-ink-soft">
          Nothing is kept in sync. A stream brings what is written to a table to its copy, all the time.
        </p>
      ) : (
        <ul className="divide-y divide-line rounded border border-line bg-surface">
          {data.map((stream) => (
            <StreamRow
              key={stream.stream_id}
              stream={{ ...stream, progress: progress.get(stream.stream_id) ?? stream.progress }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function StreamRow({ stream }: { stream: StreamRecord }) {
  const { stream_id, status, source_catalog, destination_catalog, schema, tables, error, progress } = stream;
  const lag = worst(progress);
  return (
    <li>
      <Link
        to="/streams/$id"
        params={{ id: stream_id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-3 py-2 -outline-offset-2 hover:bg-sunken sm:grid-cols-[6.5rem_minmax(0,1fr)_auto]"
      >
        <span className="max-sm:order-2 max-sm:text-right">
          <StreamState status={status} />
        </span>
        <span className="min-w-0 max-sm:order-1">
          <span className="font-medium">
            <Pair source={source_catalog} destination={destination_catalog} />
          </span>
          {error !== null && <span className="block truncate text-small text-bad">{error}</span>}
          <span className="block text-small text-ink-soft">
            {schema === null
              ? plural(tables.length, "table")
              : `schema ${schema}, ${plural(tables.length, "table")}`}
            {lag !== undefined && status === "running" && `, ${lagText(lag)}`}
          </span>
        </span>
        <span className="figure text-small text-ink-faint max-sm:order-3 max-sm:col-span-2 sm:text-right">
          every {duration(stream.trigger_ms / 1000)} · seen {ago(stream.last_polled_at, Date.now())} ·{" "}
          <span className="name">{stream_id}</span>
        </span>
      </Link>
    </li>
  );
}
