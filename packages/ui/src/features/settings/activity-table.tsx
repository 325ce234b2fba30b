import { useInfiniteQuery } from "@tanstack/react-query";
import { type Activity, activity } from "../../api/session.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ago } from "../../format.ts";
import { actionWords, outcomeOf } from "./roles.ts";

/** Everything that was done with the server, or tried, the newest first. */
export function ActivityTable() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(activity);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={8} label="Loading the activity" />;
  return (
    <>
      <p className="mb-2 text-ink-soft">
        Every request that changes something, with sign-ins and what was refused. Kept for 90 days.
      </p>
      <DataTable
        label="Activity"
        rows={data.pages.flat()}
        columns={columns(Date.now())}
        keyOf={({ id }) => String(id)}
        empty="Nothing was done yet."
        maxHeight="32rem"
      />
      {hasNextPage && (
        <Button className="mt-2" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? "Loading…" : "Show older"}
        </Button>
      )}
    </>
  );
}

const columns = (now: number): readonly Column<Activity>[] => [
  {
    id: "at",
    label: "When",
    width: "6.5rem",
    narrow: "3.75rem",
    cell: ({ at }) => (
      <time dateTime={at} title={new Date(at).toLocaleString()} className="figure text-ink-soft">
        {ago(at, now)}
      </time>
    ),
  },
  {
    id: "who",
    label: "Who",
    width: "minmax(0,1fr)",
    sortBy: ({ who }) => who,
    cell: ({ who, role }) => (
      <span title={role ?? "without a token"}>
        {who} {role !== null && role !== who && <span className="text-ink-faint max-sm:hidden">{role}</span>}
      </span>
    ),
  },
  {
    id: "action",
    label: "What",
    width: "minmax(0,2.5fr)",
    sortBy: ({ action }) => action,
    cell: ({ action, object }) => (
      <span title={`${actionWords(action)} ${object}`}>
        {actionWords(action)} <span className="name text-ink-soft">{object}</span>
      </span>
    ),
  },
  {
    id: "outcome",
    label: "Outcome",
    width: "6.5rem",
    narrow: "4rem",
    sortBy: ({ status }) => status,
    cell: ({ status }) => <Outcome status={status} />,
  },
  {
    id: "address",
    label: "From",
    width: "8rem",
    wideOnly: true,
    cell: ({ address }) => <span className="name text-ink-faint">{address}</span>,
  },
];

/** In a word; where there is no room for it, as the API says it. */
function Outcome({ status }: { status: number }) {
  const { word, tone } = outcomeOf(status);
  return (
    <span title={`Answered ${status}`}>
      <span className="max-sm:hidden">
        {tone === "good" ? <span className="text-ink-soft">{word}</span> : <Badge tone={tone}>{word}</Badge>}
      </span>
      <span className="figure sm:hidden">{status}</span>
    </span>
  );
}
