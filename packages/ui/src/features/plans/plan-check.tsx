import type { KeptPlanDetail } from "@clone-xs/server/contract";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { ago, plural } from "../../format.ts";
import { ProblemTable } from "../runs/findings.tsx";

/** What the last look at both ends found. */
export function PlanCheckView({ plan: { check } }: { plan: KeptPlanDetail }) {
  if (check === null) return null;
  const { applicable, moved, done, steps, notes, checked_at } = check;
  return (
    <Section
      title="What has moved since"
      aside={
        <span className="text-small text-ink-faint">
          looked at <time dateTime={checked_at}>{ago(checked_at, Date.now())}</time>
        </span>
      }
    >
      <div className="space-y-2">
        {applicable ? (
          <p className="text-ink-soft">
            Nothing that stands in the way. {plural(steps, "step")} to do
            {done > 0 && `, ${plural(done, "step")} done already`}.
          </p>
        ) : (
          <ProblemTable problems={moved} />
        )}
        {notes.map((note) => (
          <Notice key={note} title={note} />
        ))}
      </div>
    </Section>
  );
}
