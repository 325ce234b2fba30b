import type { StreamRecord } from "@clone-xs/server/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { everyStream, restartStream, stopStream, streamOf } from "../../api/streams.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, duration } from "../../format.ts";
import { RunLink } from "./run-link.tsx";
import { StreamState } from "./stream-state.tsx";
import { StreamTables } from "./stream-tables.tsx";

/** `/streams/{id}`: one stream, how far each of its tables is, and what ended it. */
export function StreamPage() {
  const { id } = useParams({ from: "/streams/$id" });
  const { data, error, refetch } = useQuery(streamOf(id));
  return (
    <div>
      <p className="mb-1 text-small">
        <Link
          to="/streams"
          className="text-ink-soft underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
        >
          Streams
        </Link>
      </p>
      <h1 className="mb-5 text-title font-semibold tracking-tight">Stream {id}</h1>
      {data !== undefined ? (
        <StreamView stream={data} />
      ) : error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={4} label="Looking at the stream" />
      )}
    </div>
  );
}

function StreamView({ stream }: { stream: StreamRecord }) {
  const { source_catalog, destination_catalog, status, error } = stream;
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="text-lead">
          <Pair source={source_catalog} destination={destination_catalog} />
        </span>
        <StreamState status={status} />
        <Actions key={`${stream.run_id} ${status}`} stream={stream} />
      </div>
      {error !== null && (
        <Notice
          tone="bad"
          title={status === "failed" ? "The stream has failed" : "The stream cannot be looked at"}
        >
          {error}
        </Notice>
      )}
      <Facts stream={stream} />
      <Section title="Tables">
        <StreamTables stream={stream} />
      </Section>
    </div>
  );
}

/** What can be done in the state that is seen; each once. */
function Actions({ stream: { stream_id, status } }: { stream: StreamRecord }) {
  const client = useQueryClient();
  const look = () => client.invalidateQueries({ queryKey: everyStream });
  const stop = useOnce(stopStream, look);
  const restart = useOnce(restartStream, look);
  const lives = status === "starting" || status === "running";
  const busy = stop.sent || restart.sent;
  const error = stop.error ?? restart.error;
  return (
    <span className="ml-auto flex flex-wrap items-center gap-2">
      {error !== null && <span className="text-small text-bad">{error.message}</span>}
      {lives && (
        <Button look="danger" disabled={busy} onClick={() => stop.send(stream_id)}>
          {stop.sent ? "Stopping…" : "Stop"}
        </Button>
      )}
      <Button
        look={lives ? "plain" : "primary"}
        disabled={busy || status === "stopping"}
        onClick={() => restart.send(stream_id)}
      >
        {restart.sent ? "Restarting…" : "Restart"}
      </Button>
    </span>
  );
}

function Facts({ stream }: { stream: StreamRecord }) {
  const { run_name, attempt } = stream;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded border border-line bg-surface sm:grid-cols-4">
      <Fact name="Run">
        <RunLink stream={stream} />
        {attempt > 0 && <span className="ml-2 text-small text-warn">attempt {attempt + 1}</span>}
      </Fact>
      <Fact name="Submitted">{ago(stream.submitted_at, Date.now())}</Fact>
      <Fact name="Last polled">{ago(stream.last_polled_at, Date.now())}</Fact>
      <Fact name="Looks for changes">every {duration(stream.trigger_ms / 1000)}</Fact>
      <Fact name="Run name" wide>
        <span className="name">{run_name}</span>
      </Fact>
      <Fact name="Program" wide>
        <span className="name">{stream.program_path}</span>
      </Fact>
    </dl>
  );
}

function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`min-w-0 px-3 py-2 shadow-[1px_1px_0_var(--line)] ${wide ? "col-span-2" : ""}`}>
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="figure wrap-anywhere">{children}</dd>
    </div>
  );
}
