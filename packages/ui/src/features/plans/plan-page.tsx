import type { KeptPlanDetail } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { keptPlanOf, planDocumentPath } from "../../api/plans.ts";
import { saveAnswer } from "../../api/save-file.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { planFile } from "../../equivalents/plans.ts";
import { ago } from "../../format.ts";
import { PlanActions } from "./plan-actions.tsx";
import { PlanCheckView } from "./plan-check.tsx";
import { PlanReviews } from "./plan-reviews.tsx";
import { PlanStateBadge, VerdictBadge } from "./plan-state.tsx";
import { PlanSums } from "./plan-sums.tsx";
import { PlanTabs } from "./plan-tabs.tsx";

/** `/plans/$id`: a plan to look through, approve, check and apply. */
export function PlanPage() {
  const { id } = useParams({ from: "/plans/$id" });
  const { data, error, refetch } = useQuery(keptPlanOf(id));
  return (
    <div>
      <p className="mb-1 text-small">
        <Link
          to="/plans"
          className="text-ink-soft underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
        >
          Plans
        </Link>
      </p>
      {data !== undefined ? (
        <PlanView key={id} plan={data} />
      ) : error === null ? (
        <>
          <PageHead title={`Plan ${id}`} />
          <SkeletonRows rows={8} label="Loading the plan" />
        </>
      ) : (
        <>
          <PageHead title={`Plan ${id}`} />
          <ErrorNotice error={error} retry={() => void refetch()} />
        </>
      )}
    </div>
  );
}

function PlanView({ plan }: { plan: KeptPlanDetail }) {
  const { plan_id, name, source_catalog, destination_catalog, target, state, review } = plan;
  return (
    <div className="space-y-7">
      <div>
        <PageHead title={name} tab={`${name} · plan ${plan_id}`}>
          <Button onClick={() => void saveAnswer(planDocumentPath(plan_id), planFile(plan_id))}>
            <Download className="size-3.5" aria-hidden />
            Download
          </Button>
        </PageHead>
        <div className="-mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
          {name !== `${source_catalog} → ${destination_catalog}` && (
            <Pair source={source_catalog} destination={destination_catalog} />
          )}
          {target !== null && <span className="text-ink-soft">on {target}</span>}
          <PlanStateBadge state={state} />
          <VerdictBadge review={review} />
        </div>
        <Origin plan={plan} />
      </div>
      <StateNote plan={plan} />
      <PlanSums plan={plan} />
      <PlanActions plan={plan} />
      <PlanCheckView plan={plan} />
      <PlanReviews plan={plan} />
      <PlanTabs plan={plan} />
    </div>
  );
}

/** Who made it, where and when. */
function Origin({ plan }: { plan: KeptPlanDetail }) {
  const { made_at, made_by, host, kept_by, origin, product, digest } = plan;
  return (
    <p className="mt-1.5 text-small text-ink-soft wrap-anywhere">
      Made <time dateTime={made_at}>{ago(made_at, Date.now())}</time> by{" "}
      <span className="name">{made_by}</span> on <span className="name">{host}</span>
      {origin === "made" ? `, asked for by ${kept_by}` : `, opened from a file by ${kept_by}`} · Clone-Xs{" "}
      {product} · digest <span className="name">{digest.slice(0, 12)}</span>
    </p>
  );
}

/** What there is to know of a plan that is not simply open. */
function StateNote({ plan }: { plan: KeptPlanDetail }) {
  const { state, run_id, applied_by, not_applicable } = plan;
  const run = run_id !== null && (
    <Link to="/runs/$id" params={{ id: run_id }} className="name text-accent underline">
      {run_id}
    </Link>
  );
  switch (state) {
    case "applied":
      return (
        <Notice
          title={
            <>
              Applied by {applied_by}, in run {run}
            </>
          }
        >
          What has changed since needs a new plan.
        </Notice>
      );
    case "stale":
      return (
        <Notice tone="warn" title="Source or destination have moved since this plan was made">
          {run_id === null ? "It would be refused as it stands. " : <>Run {run} was refused for that. </>}
          Put right what moved and check again, or make the plan anew.
        </Notice>
      );
    default:
      return not_applicable === null ? null : <Notice tone="warn" title={not_applicable} />;
  }
}
