import type { Submitted } from "@clone-xs/server/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useMemo, useState } from "react";
import { everyRuns, planOf, submit } from "../../api/queries.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button, LinkFor } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Pair } from "../../components/pair.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { cloning, lookingAhead } from "../../equivalents/clone.ts";
import { keepingPlan } from "../../equivalents/plans.ts";
import { Cost } from "./cost.tsx";
import { toRequest } from "./draft.ts";
import { PlanView } from "./plan-view.tsx";
import { SavePlan } from "./save-plan.tsx";
import { PreflightFindings } from "./preflight-findings.tsx";
import { TargetChoice } from "./target-choice.tsx";
import { chosenTargets, nameOf, requestFor } from "./targets.ts";
import type { StepProps } from "./wizard.tsx";

export interface PreviewStepProps extends StepProps {
  readonly onBack: () => void;
  readonly onSubmitted: (answer: Submitted) => void;
}

/** Step 3: what would happen now and why, what it costs, and the two ways to go on. */
export function PreviewStep({ draft, change, onBack, onSubmitted }: PreviewStepProps) {
  const request = useMemo(() => toRequest(draft), [draft]);
  const targets = chosenTargets(draft);
  const [wanted, want] = useState("");
  const target = targets.find((each) => nameOf(each) === wanted) ?? targets[0];
  const shown = useMemo(() => requestFor(request, target), [request, target]);
  const plan = useQuery(planOf(shown));
  const client = useQueryClient();
  const submission = useOnce(submit, async (answer) => {
    onSubmitted(answer);
    await client.invalidateQueries({ queryKey: everyRuns });
  });
  const start = (dryRun: boolean) => submission.send(dryRun ? { ...request, dry_run: true } : request);
  const lookAgain = () => void client.refetchQueries({ predicate: ({ queryKey: [key] }) => LOOKS.has(key) });
  const refused = (plan.data?.refused.length ?? 0) > 0;
  // What one target of several refuses, or cannot be asked, is its own outcome.
  const shut = !draft.fanOut && (refused || plan.data === undefined);

  return (
    <div className="space-y-8">
      {target !== undefined && targets.length > 1 && (
        <TargetChoice targets={targets} shown={target} onChange={want} />
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 text-lead">
          <Pair source={draft.source} destination={plan.data?.destinationCatalog ?? draft.destination} />
          {target !== undefined && <span className="ml-2 text-base text-ink-soft">on {nameOf(target)}</span>}
          {plan.data !== undefined && (
            <span className="ml-2 text-base text-ink-faint">
              {plan.data.targetExists ? "exists" : "will be created"}
            </span>
          )}
        </p>
        <Button look="quiet" onClick={lookAgain} disabled={plan.isFetching}>
          <RotateCw className={`size-3.5 ${plan.isFetching ? "animate-spin" : ""}`} aria-hidden />
          Look again
        </Button>
      </div>
      {plan.error !== null ? (
        <ErrorNotice error={plan.error} retry={() => void plan.refetch()} />
      ) : plan.data === undefined ? (
        <SkeletonRows rows={8} label="Looking at both catalogs" />
      ) : (
        <PlanView plan={plan.data} loadType={draft.loadType}>
          <PreflightFindings request={shown} />
          <Cost draft={draft} change={change} />
        </PlanView>
      )}
      <Section title="The same by other means">
        <EquivalentsView {...cloning(request)} />
        <div className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
          <ByOtherMeans means={keepingPlan(shown)} label="Saving the plan by other means" />
          <ByOtherMeans means={lookingAhead(shown)} label="The preflight by other means" />
        </div>
      </Section>
      {submission.error !== null && <ErrorNotice error={submission.error} />}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-paper px-4 py-3 sm:-mx-6 sm:px-6">
        <Button onClick={onBack}>Back</Button>
        <span className="ml-auto" />
        <LinkFor needs="operator" name="Schedule it">
          <Link
            to="/schedules/new"
            state={{ request: { ...request } }}
            className="inline-flex h-8 items-center rounded border border-line-strong/60 bg-surface px-3 font-medium text-ink hover:border-ink-soft"
          >
            Schedule it
          </Link>
        </LinkFor>
        <SavePlan
          request={shown}
          {...(targets.length > 1 && target !== undefined ? { target: nameOf(target) } : {})}
        />
        <Button needs="operator" onClick={() => start(true)} disabled={submission.sent}>
          Dry run
        </Button>
        <Button
          needs="operator"
          look="primary"
          onClick={() => start(false)}
          disabled={submission.sent || shut}
        >
          Execute
        </Button>
      </div>
    </div>
  );
}

/** What is asked of the workspace for this step. */
const LOOKS: ReadonlySet<unknown> = new Set(["plan", "preflight", "estimate"]);
