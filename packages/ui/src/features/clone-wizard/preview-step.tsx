import type { ClonePlan } from "@clone-xs/server/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useMemo } from "react";
import { everyRuns, planOf, submit } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ErrorNotice, Notice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { plural } from "../../format.ts";
import { ProblemTable, ResidueTable } from "../runs/findings.tsx";
import { DecisionTable } from "./decision-table.tsx";
import { type Draft, toRequest } from "./draft.ts";
import { EquivalentsPanel } from "./equivalents-panel.tsx";
import { Notes } from "./notes.tsx";
import { PlanFigures } from "./plan-figures.tsx";

export interface PreviewStepProps {
  readonly draft: Draft;
  readonly onBack: () => void;
  readonly onSubmitted: (run: string) => void;
}

/** Step 3: what would happen now and why, and the two ways to go on. */
export function PreviewStep({ draft, onBack, onSubmitted }: PreviewStepProps) {
  const request = useMemo(() => toRequest(draft), [draft]);
  const plan = useQuery(planOf(request));
  const client = useQueryClient();
  const submission = useOnce(submit, async ({ job_id }) => {
    onSubmitted(job_id);
    await client.invalidateQueries({ queryKey: everyRuns });
  });
  const start = (dryRun: boolean) => submission.send(dryRun ? { ...request, dry_run: true } : request);
  const refused = (plan.data?.refused.length ?? 0) > 0;

  return (
    <div className="space-y-8">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 text-lead">
          <Pair source={draft.source} destination={draft.destination} />
          {plan.data !== undefined && (
            <span className="ml-2 text-base text-ink-faint">
              {plan.data.targetExists ? "exists" : "will be created"}
            </span>
          )}
        </p>
        <Button look="quiet" onClick={() => void plan.refetch()} disabled={plan.isFetching}>
          <RotateCw className={`size-3.5 ${plan.isFetching ? "animate-spin" : ""}`} aria-hidden />
          Look again
        </Button>
      </div>
      {plan.error !== null ? (
        <ErrorNotice error={plan.error} retry={() => void plan.refetch()} />
      ) : plan.data === undefined ? (
        <SkeletonRows rows={8} label="Looking at both catalogs" />
      ) : (
        <PlanView plan={plan.data} loadType={draft.loadType} />
      )}
      <Section title="The same by other means">
        <EquivalentsPanel request={request} />
      </Section>
      {submission.error !== null && <ErrorNotice error={submission.error} />}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-paper px-4 py-3 sm:-mx-6 sm:px-6">
        <Button onClick={onBack}>Back</Button>
        <span className="ml-auto" />
        <Button onClick={() => start(true)} disabled={submission.sent}>
          Dry run
        </Button>
        <Button
          look="primary"
          onClick={() => start(false)}
          disabled={submission.sent || refused || plan.data === undefined}
        >
          Execute
        </Button>
      </div>
    </div>
  );
}

function PlanView({ plan, loadType }: { plan: ClonePlan; loadType: Draft["loadType"] }) {
  return (
    <>
      {plan.refused.length > 0 && (
        <Notice tone="bad" title="This run would be refused">
          Nothing is executed while this stands. Change the options or the destination.
        </Notice>
      )}
      {plan.steps.length === 0 && plan.refused.length === 0 && plan.blocked.length === 0 && (
        <Notice title="There is nothing to do">
          {plan.decisions.length === 0
            ? "Nothing is in scope. Check the schemas and patterns of step 1."
            : "The destination has everything that this load type would clone."}
        </Notice>
      )}
      <Notes plan={plan} />
      <PlanFigures plan={plan} />
      {plan.refused.length > 0 && (
        <Section title="Refused because of">
          <ProblemTable problems={plan.refused} />
        </Section>
      )}
      {plan.blocked.length > 0 && (
        <Section title={`${plural(plan.blocked.length, "object")} will fail`}>
          <ProblemTable problems={plan.blocked} />
        </Section>
      )}
      <Section title="Decisions">
        <DecisionTable decisions={plan.decisions} loadType={loadType} />
      </Section>
      {plan.residue.length > 0 && (
        <Section title="What the copy will not have">
          <ResidueTable residue={plan.residue} />
        </Section>
      )}
    </>
  );
}
