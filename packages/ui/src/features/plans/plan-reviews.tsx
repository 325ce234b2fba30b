import type { KeptPlanDetail } from "@clone-xs/server/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { everyPlan, reviewPlan } from "../../api/plans.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { ago } from "../../format.ts";
import { VerdictBadge } from "./plan-state.tsx";

/** Who looked the plan through and what they said, and the way to say something oneself. */
export function PlanReviews({ plan }: { plan: KeptPlanDetail }) {
  return (
    <Section title="Reviews">
      {plan.reviews.length === 0 ? (
        <p className="text-ink-soft">Nobody has reviewed it yet.</p>
      ) : (
        <ol className="divide-y divide-line rounded border border-line bg-surface">
          {plan.reviews.map((review) => (
            <li key={review.at} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
              <VerdictBadge review={review} />
              <span className="font-medium">{review.by}</span>
              <span className="min-w-0 flex-1 wrap-anywhere">{review.note}</span>
              <time dateTime={review.at} className="text-small text-ink-faint">
                {ago(review.at, Date.now())}
              </time>
            </li>
          ))}
        </ol>
      )}
      {plan.state !== "applied" && <ReviewForm id={plan.plan_id} />}
    </Section>
  );
}

function ReviewForm({ id }: { id: string }) {
  const [note, setNote] = useState("");
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: reviewPlan,
    onSuccess: async () => {
      setNote("");
      await client.invalidateQueries({ queryKey: everyPlan });
    },
  });
  return (
    <div className="mt-3 space-y-2">
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-56 flex-1">
          <TextField
            label="Your note"
            value={note}
            maxLength={2000}
            placeholder="What you looked at, or what has to change"
            onChange={setNote}
          />
        </div>
        <span className="flex gap-2">
          <Button
            needs="operator"
            disabled={isPending}
            onClick={() => mutate({ id, verdict: "approved", note })}
          >
            Approve
          </Button>
          <Button
            needs="operator"
            look="danger"
            disabled={isPending}
            onClick={() => mutate({ id, verdict: "rejected", note })}
          >
            Reject
          </Button>
        </span>
      </div>
      {error !== null && <ErrorNotice error={error} />}
    </div>
  );
}
