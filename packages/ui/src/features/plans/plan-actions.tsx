import type { KeptPlanDetail } from "@clone-xs/server/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { applyPlan, checkPlan, deletePlan, everyPlan } from "../../api/plans.ts";
import { everyRuns } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { Unfolding } from "../../components/by-other-means.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { useFirstFocus } from "../../components/use-first-focus.ts";
import {
  applyingPlan,
  checkingPlan,
  deletingPlan,
  downloadingPlan,
  reviewingPlan,
} from "../../equivalents/plans.ts";
import { ago, bytes, plural } from "../../format.ts";

/** Check, apply and delete; the last two ask first. */
export function PlanActions({ plan }: { plan: KeptPlanDetail }) {
  const [asked, ask] = useState<"apply" | "delete">();
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: checkPlan,
    onSuccess: () => client.invalidateQueries({ queryKey: everyPlan }),
  });
  const isStale = plan.check?.applicable === false;
  const shut = plan.not_applicable !== null || plan.plan.refused.length > 0 || isStale;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          needs="operator"
          look="primary"
          disabled={shut || asked === "apply"}
          onClick={() => ask("apply")}
        >
          Apply
        </Button>
        <Button
          look={isStale ? "primary" : "plain"}
          disabled={check.isPending}
          onClick={() => check.mutate(plan.plan_id)}
        >
          {check.isPending ? "Looking at both ends…" : "Check what moved"}
        </Button>
        <Button
          needs="operator"
          look="danger"
          className="ml-auto"
          disabled={asked === "delete"}
          onClick={() => ask("delete")}
        >
          Delete
        </Button>
      </div>
      {check.error !== null && <ErrorNotice error={check.error} />}
      {asked === "apply" && <ApplyPanel plan={plan} onKeep={() => ask(undefined)} />}
      {asked === "delete" && <DeletePanel plan={plan} onKeep={() => ask(undefined)} />}
      <Unfolding label="By other means">
        <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
          {meansOf(plan.plan_id).map(([title, means]) => (
            <Section key={title} title={title}>
              <EquivalentsView {...means} />
            </Section>
          ))}
        </div>
      </Unfolding>
    </div>
  );
}

const meansOf = (id: string) =>
  [
    ["Download it", downloadingPlan(id)],
    ["Apply it", applyingPlan(id)],
    ["Check what moved", checkingPlan(id)],
    ["Approve it", reviewingPlan(id, { verdict: "approved" })],
    ["Delete it", deletingPlan(id)],
  ] as const;

interface PanelProps {
  readonly plan: KeptPlanDetail;
  readonly onKeep: () => void;
}

/** Says what will be done before it is. */
function ApplyPanel({ plan, onKeep }: PanelProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { send, sent, error } = useOnce(applyPlan, async ({ job_id }) => {
    await Promise.all([
      client.invalidateQueries({ queryKey: everyPlan }),
      client.invalidateQueries({ queryKey: everyRuns }),
    ]);
    await navigate({ to: "/runs/$id", params: { id: job_id } });
  });
  const first = useFirstFocus();
  return (
    <div
      ref={first}
      tabIndex={-1}
      role="group"
      aria-label="Apply the plan?"
      className="space-y-2 outline-none"
    >
      {error !== null && <ErrorNotice error={error} />}
      <Notice tone="warn" title="Apply this plan?">
        {willDo(plan)} What moved is looked at once more; where it matters, nothing is done. {reviewed(plan)}
        <span className="mt-2 flex flex-wrap gap-2 text-base">
          <Button look="primary" disabled={sent} onClick={() => send(plan.plan_id)}>
            {sent ? "Applying…" : "Yes, apply it"}
          </Button>
          <Button disabled={sent} onClick={onKeep}>
            Not now
          </Button>
        </span>
      </Notice>
    </div>
  );
}

function willDo({ counts, destination_catalog, target, check }: KeptPlanDetail): string {
  const steps = check?.applicable ? check.steps : counts.steps;
  const data = counts.bytes === null ? "" : ` and ${bytes(counts.bytes)}`;
  const dropped = counts.actions["drop"] ?? 0;
  const drops = dropped === 0 ? "" : ` ${plural(dropped, "orphaned clone")} will be dropped.`;
  const where = target === null ? destination_catalog : `${destination_catalog} on ${target}`;
  return `${plural(steps, "step")}${data} into ${where}.${drops}`;
}

function reviewed({ review, check }: KeptPlanDetail): string {
  const said = review === null ? "Nobody has reviewed it." : `Approved by ${review.by}.`;
  return check === null
    ? `${said} It was not checked since it was made.`
    : `${said} Checked ${ago(check.checked_at, Date.now())}.`;
}

function DeletePanel({ plan, onKeep }: PanelProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { send, sent, error } = useOnce(deletePlan, async () => {
    await navigate({ to: "/plans" });
    await client.invalidateQueries({ queryKey: everyPlan });
  });
  const first = useFirstFocus();
  return (
    <div
      ref={first}
      tabIndex={-1}
      role="group"
      aria-label="Delete the plan?"
      className="space-y-2 outline-none"
    >
      {error !== null && <ErrorNotice error={error} />}
      <Notice tone="warn" title="Delete this plan?">
        Its file and its reviews go with it. Runs and copies stay.
        <span className="mt-2 flex flex-wrap gap-2 text-base">
          <Button look="danger" disabled={sent} onClick={() => send(plan.plan_id)}>
            {sent ? "Deleting…" : "Yes, delete it"}
          </Button>
          <Button disabled={sent} onClick={onKeep}>
            Keep it
          </Button>
        </span>
      </Notice>
    </div>
  );
}
