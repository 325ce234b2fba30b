import type { KeptPlan } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { keptPlans } from "../../api/plans.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { openingPlan } from "../../equivalents/plans.ts";
import { ago, bytes, count } from "../../format.ts";
import { OpenPlan } from "./open-plan.tsx";
import { PlanStateBadge, VerdictBadge } from "./plan-state.tsx";

const AT_ONCE = 100;
/** What the API gives in one answer. */
const MOST = 1000;

/** `/plans`: what was planned and may be carried out later, exactly as it was looked through. */
export function PlansPage() {
  const [limit, setLimit] = useState(AT_ONCE);
  const { data, error, refetch } = useQuery(keptPlans(limit));
  return (
    <div>
      <PageHead
        title="Plans"
        note="What a clone would do, kept to be looked through, approved, and applied exactly as it was made."
      >
        <Link
          to="/clone"
          className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        >
          New plan
        </Link>
      </PageHead>
      <div className="space-y-5">
        <OpenPlan />
        {data === undefined ? (
          error === null ? (
            <SkeletonRows rows={5} label="Loading plans" />
          ) : (
            <ErrorNotice error={error} retry={() => void refetch()} />
          )
        ) : data.length === 0 ? (
          <Empty>
            No plan is kept yet. Set up a clone, and save its preview as a plan; or open a file that{" "}
            <span className="name text-ink">clxs plan --out</span> wrote.
          </Empty>
        ) : (
          <PlanTable plans={data} />
        )}
        {data?.length === limit && limit < MOST && (
          <Button look="quiet" onClick={() => setLimit(Math.min(MOST, limit + 3 * AT_ONCE))}>
            Show older plans
          </Button>
        )}
        <ByOtherMeans means={openingPlan("plan.json")} label="Opening a file by other means" />
      </div>
    </div>
  );
}

function PlanTable({ plans }: { plans: readonly KeptPlan[] }) {
  const navigate = useNavigate();
  return (
    <DataTable
      label="Plans"
      rows={plans}
      columns={COLUMNS}
      keyOf={({ plan_id }) => plan_id}
      rowHeight={46}
      empty="No plan is kept yet."
      onOpen={({ plan_id }) => void navigate({ to: "/plans/$id", params: { id: plan_id } })}
    />
  );
}

const COLUMNS: readonly Column<KeptPlan>[] = [
  {
    id: "name",
    label: "Plan",
    width: "minmax(0,5fr)",
    sortBy: ({ name }) => name,
    cell: ({ plan_id, name, source_catalog, destination_catalog, target, load_type }) => (
      <>
        <Link
          to="/plans/$id"
          params={{ id: plan_id }}
          tabIndex={-1}
          className="block truncate font-medium hover:underline"
        >
          {name}
        </Link>
        <span className="block truncate text-small text-ink-soft">
          <Pair source={source_catalog} destination={destination_catalog} />
          {target !== null && ` on ${target}`}, {load_type.toLowerCase()}
        </span>
      </>
    ),
  },
  {
    id: "state",
    label: "State",
    width: "11rem",
    narrow: "6.5rem",
    sortBy: ({ state }) => state,
    cell: ({ state, review }) => (
      <span className="flex flex-wrap items-center gap-1 overflow-hidden">
        <PlanStateBadge state={state} />
        <VerdictBadge review={review} />
      </span>
    ),
  },
  {
    id: "made",
    label: "Made",
    width: "minmax(0,3fr)",
    wideOnly: true,
    sortBy: ({ made_at }) => made_at,
    cell: ({ made_at, kept_by, origin }) => (
      <>
        <span className="block truncate">
          <time dateTime={made_at}>{ago(made_at, Date.now())}</time>
        </span>
        <span className="block truncate text-small text-ink-soft">
          {origin === "made" ? `by ${kept_by}` : `opened by ${kept_by}`}
        </span>
      </>
    ),
  },
  {
    id: "clone",
    label: "To clone",
    width: "5rem",
    align: "end",
    wideOnly: true,
    sortBy: ({ counts }) => counts.actions["clone"] ?? 0,
    cell: ({ counts }) => count(counts.actions["clone"] ?? 0),
  },
  {
    id: "bytes",
    label: "Data",
    width: "5.5rem",
    align: "end",
    wideOnly: true,
    sortBy: ({ counts }) => counts.bytes ?? -1,
    cell: ({ counts }) => (counts.bytes === null ? "not known" : bytes(counts.bytes)),
  },
];
