import type { CloneRequestWire, KeptPlanDetail } from "@clone-xs/server/contract";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Tabs } from "../../components/tabs.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { cloning } from "../../equivalents/clone.ts";
import { count } from "../../format.ts";
import { fromRequest, toRequest } from "../clone-wizard/draft.ts";
import { AccessGains } from "../clone-wizard/access-gains.tsx";
import { Notes } from "../clone-wizard/notes.tsx";
import { ProblemTable, ResidueTable } from "../runs/findings.tsx";
import { PlanDecisions } from "./plan-decisions.tsx";
import { PlanSteps } from "./plan-steps.tsx";

type Plan = Parameters<typeof Notes>[0]["plan"];

/** Everything that a plan says, part by part. The open part is in the address. */
export function PlanTabs({ plan: kept }: { plan: KeptPlanDetail }) {
  const search = useSearch({ from: "/plans/$id" });
  const navigate = useNavigate({ from: "/plans/$id" });
  const open = search.tab ?? "decisions";
  // The API answers the engine's plan, less what only carrying it out needs.
  const plan = kept.plan as object as Plan;
  const problems = [...plan.refused, ...plan.blocked];
  const tabs = [
    tab("decisions", "Decisions", plan.decisions.length, <PlanDecisions plan={kept} />),
    tab("steps", "Steps", kept.plan.steps.length, <PlanSteps steps={kept.plan.steps} />),
    tab("access", "Access", plan.access.length, <AccessGains gains={plan.access} />),
    ...(problems.length === 0
      ? []
      : [tab("problems", "Refused or failing", problems.length, <ProblemTable problems={problems} />)]),
    ...(plan.residue.length === 0
      ? []
      : [tab("residue", "Not copied", plan.residue.length, <ResidueTable residue={plan.residue} />)]),
    ...(plan.notes.length === 0
      ? []
      : [
          tab(
            "notes",
            "Notes",
            plan.notes.length,
            <div className="space-y-2">
              <Notes plan={plan} />
            </div>,
          ),
        ]),
    tab("request", "Request", undefined, <Request plan={kept} />),
  ];
  return (
    <Tabs
      label="Parts of the plan"
      tabs={tabs}
      open={tabs.some(({ id }) => id === open) ? open : "decisions"}
      onOpen={(tab) => void navigate({ search: { tab }, replace: true, resetScroll: false })}
    />
  );
}

function tab(id: string, name: string, number: number | undefined, content: ReactNode) {
  const label = (
    <>
      {name}
      {number !== undefined && <span className="figure text-small text-ink-faint">{count(number)}</span>}
    </>
  );
  return { id, label, content };
}

/** What was asked for, and of which moment the versions are. */
function Request({ plan: { request, plan } }: { plan: KeptPlanDetail }) {
  return (
    <div className="space-y-3">
      {plan.cut !== undefined && (
        <p className="text-small text-ink-soft">
          Versions were read at <time className="name text-ink">{plan.cut.from}</time>, and those are copied.
        </p>
      )}
      <p className="text-small text-ink-soft">
        The same request, to be planned anew and carried out at once:
      </p>
      <EquivalentsView {...cloning(toRequest(fromRequest(request as CloneRequestWire)))} />
    </div>
  );
}
