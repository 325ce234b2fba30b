import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import type { StreamOverview } from "../../api/overview.ts";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { ago, plural } from "../../format.ts";
import { lagText } from "../streams/lag.ts";
import { StreamState } from "../streams/stream-state.tsx";

/** What is kept in sync all the time, and how far it was when somebody looked. */
export function StreamRows({ streams, now }: { streams: readonly StreamOverview[]; now: number }) {
  if (streams.length === 0) return null;
  return (
    <Section
      title="Streams"
      aside={
        <Link
          to="/streams"
          className="rounded text-small font-medium text-accent underline-offset-2 hover:underline"
        >
          All streams
        </Link>
      }
    >
      <ul aria-label="Streams" className="divide-y divide-line rounded border border-line bg-surface">
        {streams.slice(0, 8).map((stream) => (
          <Row key={stream.stream_id} stream={stream} now={now} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ stream, now }: { stream: StreamOverview; now: number }) {
  const { stream_id, status, source_catalog, destination_catalog, schema, tables, lag_seconds, lag_seen_at } =
    stream;
  return (
    <li>
      <Link
        to="/streams/$id"
        params={{ id: stream_id }}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 px-3 py-1.5 -outline-offset-2 hover:bg-sunken sm:grid-cols-[5.5rem_minmax(0,1fr)_12rem_9rem]"
      >
        <span className="max-sm:order-2 max-sm:text-right">
          <StreamState status={status} />
        </span>
        <span className="min-w-0 truncate font-medium max-sm:order-1">
          <Pair source={source_catalog} destination={destination_catalog} />
        </span>
        <span className="text-small text-ink-soft max-sm:order-3">
          {schema === null ? plural(tables, "table") : `schema ${schema}, ${plural(tables, "table")}`}
        </span>
        <span className="figure text-right text-small text-ink-faint max-sm:order-4">
          <span className={clsx(lag_seconds === 0 ? "text-good" : "text-ink-soft")}>
            {lagText({ lag_seconds })}
          </span>
          {lag_seen_at !== null && ` · ${ago(lag_seen_at, now)}`}
        </span>
      </Link>
    </li>
  );
}
