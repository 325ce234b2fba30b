import type { ClonePlan } from "@clone-xs/server/contract";
import type { ReactNode } from "react";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { plural } from "../../format.ts";
import { ProblemTable, ResidueTable } from "../runs/findings.tsx";
import { AccessGains } from "./access-gains.tsx";
import { DecisionTable } from "./decision-table.tsx";
import type { Draft } from "./draft.ts";
import { Notes } from "./notes.tsx";
import { PlanFigures } from "./plan-figures.tsx";

interface PlanViewProps {
  readonly plan: ClonePlan;
  readonly loadType: Draft["loadType"];
  /** Stands before the long lists. */
  readonly children: ReactNode;
}

/** What will happen and why: in numbers, then what stands in the way, then object by object. */
export function PlanView({ plan, loadType, children }: PlanViewProps) {
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
      <div>
        <PlanFigures plan={plan} />
        {plan.cut !== undefined && <Cut from={plan.cut.from} />}
      </div>
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
      <AccessGains gains={plan.access} />
      {children}
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

/** Of which moment the copy will be. */
function Cut({ from }: { from: string }) {
  return (
    <p className="mt-2 text-small text-ink-soft">
      The cut: versions read at <time className="name text-ink">{from}</time>. Everything committed before is
      in the copy; a run reads them anew.
    </p>
  );
}
