import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { overview, type Overview } from "../../api/overview.ts";
import { Figures } from "../../components/figures.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { AttentionList } from "./attention-list.tsx";
import { Charts } from "./charts.tsx";
import { figuresOf } from "./figures-of.ts";
import { FirstUse } from "./first-use.tsx";
import { LiveRuns } from "./live-runs.tsx";
import { Pairs } from "./pairs.tsx";
import { RecentRuns } from "./recent-runs.tsx";
import { StreamRows } from "./stream-rows.tsx";

/** `/`: what needs attention, what runs, and how every copy is. */
export function OverviewPage() {
  const { data, error, refetch } = useQuery(overview);
  if (data === undefined)
    return (
      <>
        <PageHead title="Overview" />
        {error === null ? (
          <SkeletonRows rows={8} label="Loading the overview" />
        ) : (
          <ErrorNotice error={error} retry={() => void refetch()} />
        )}
      </>
    );
  return isUnused(data) ? <FirstUse /> : <Lively data={data} />;
}

function isUnused({ live, recent, pairs, streams, attention }: Overview): boolean {
  return [live, recent, pairs, streams, attention].every((part) => part.length === 0);
}

/** "Now" is the server's: ages must not depend on the clock of whoever looks. */
function Lively({ data }: { data: Overview }) {
  const now = Date.parse(data.as_of);
  return (
    <>
      <PageHead title="Overview">
        <Link
          to="/clone"
          className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        >
          New clone
        </Link>
      </PageHead>
      <div className="space-y-6">
        <Figures label="The last days" figures={figuresOf(data)} />
        <AttentionList items={data.attention} now={now} />
        <LiveRuns runs={data.live} />
        {data.pairs.length > 0 && <Pairs pairs={data.pairs} now={now} />}
        <Charts />
        <StreamRows streams={data.streams} now={now} />
        {data.recent.length > 0 && <RecentRuns runs={data.recent} now={now} />}
      </div>
    </>
  );
}
