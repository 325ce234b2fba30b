import type { StreamRecord } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { streams, streamsInFull } from "../../api/streams.ts";
import { Button, LinkFor } from "../../components/button.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Name } from "../../components/name.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, duration, plural } from "../../format.ts";
import { furthestFirst, lagText } from "./lag.ts";
import { RunLink } from "./run-link.tsx";
import { StreamState } from "./stream-state.tsx";

/** `/streams`: everything that is kept in sync, and how far it is. */
export function StreamsPage() {
  const { data, error, refetch } = useQuery(streams);
  const full = useQuery({ ...streamsInFull, enabled: data !== undefined && data.length > 0 });
  const progress = new Map(full.data?.map((stream) => [stream.stream_id, stream.progress]));
  return (
    <div>
      <PageHead title="Streams">
        {data !== undefined && data.length > 0 && (
          <Button look="quiet" disabled={full.isFetching} onClick={() => void full.refetch()}>
            <RotateCw className={`size-3.5 ${full.isFetching ? "animate-spin" : ""}`} aria-hidden />
            Look again
          </Button>
        )}
        <LinkFor needs="operator" name="New stream">
          <Link
            to="/streams/new"
            className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
          >
            New stream
          </Link>
        </LinkFor>
      </PageHead>
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
  const { stream_id, status, source_catalog, destination_catalog, schema, tables, error } = stream;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[6.5rem_minmax(0,1fr)_auto]">
      <span className="max-sm:order-2 max-sm:text-right">
        <StreamState status={status} />
      </span>
      <span className="min-w-0 max-sm:order-1">
        <Link
          to="/streams/$id"
          params={{ id: stream_id }}
          className="rounded font-medium underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink"
        >
          <Pair source={source_catalog} destination={destination_catalog} />
          <span className="sr-only">, stream {stream_id}</span>
        </Link>
        <span className="ml-2 text-small text-ink-soft">
          {schema === null
            ? plural(tables.length, "table")
            : `schema ${schema}, ${plural(tables.length, "table")}`}
        </span>
        {error !== null && <span className="block truncate text-small text-bad">{error}</span>}
        <Lags stream={stream} />
      </span>
      <span className="figure text-small text-ink-faint max-sm:order-3 max-sm:col-span-2 sm:text-right">
        every {duration(stream.trigger_ms / 1000)} · run <RunLink stream={stream} />
        <span className="sm:hidden"> ·</span>
        <span className="sm:block"> polled {ago(stream.last_polled_at, Date.now())}</span>
      </span>
    </li>
  );
}

const LAGS_AT_ONCE = 6;

/** How far each table is, as far as that was looked at; of many, those that are furthest behind. */
function Lags({ stream: { progress } }: { stream: StreamRecord }) {
  const tables = furthestFirst(progress);
  if (tables.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-4 text-small text-ink-soft">
      {tables.slice(0, LAGS_AT_ONCE).map(([table, seen]) => (
        <span key={table}>
          <Name text={table} />{" "}
          <span className={seen.lag_seconds === 0 ? "text-good" : "text-ink"}>{lagText(seen)}</span>
        </span>
      ))}
      {tables.length > LAGS_AT_ONCE && <span>and {plural(tables.length - LAGS_AT_ONCE, "more table")}</span>}
    </span>
  );
}
