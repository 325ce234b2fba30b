import type { StreamRecord } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { streamOf } from "../../api/streams.ts";
import { Fact, Facts } from "../../components/facts.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago, duration } from "../../format.ts";
import { LagChart } from "./lag-chart.tsx";
import { RunLink } from "./run-link.tsx";
import { StreamActions } from "./stream-actions.tsx";
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
      <PageHead title={`Stream ${id}`} tab={tabOf(id, data)} />
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

function tabOf(id: string, stream: StreamRecord | undefined): string {
  const ends = stream === undefined ? "" : `${stream.source_catalog} → ${stream.destination_catalog} · `;
  return `${ends}stream ${id}`;
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
        <StreamActions key={`${stream.run_id} ${status}`} stream={stream} />
      </div>
      {error !== null && (
        <Notice
          tone="bad"
          title={status === "failed" ? "The stream has failed" : "The stream cannot be looked at"}
        >
          {error}
        </Notice>
      )}
      <StreamFacts stream={stream} />
      <LagChart id={stream.stream_id} />
      <Section title="Tables">
        <StreamTables stream={stream} />
      </Section>
    </div>
  );
}

function StreamFacts({ stream }: { stream: StreamRecord }) {
  const { run_name, attempt } = stream;
  return (
    <Facts label="The stream">
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
    </Facts>
  );
}
