import { Checkbox, RadioRows } from "../../components/choices.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import type { StepProps } from "./wizard.tsx";

const UNTIL = [
  {
    value: "cloned",
    label: "Until everything is cloned",
    note: "Nobody writes to the source while the run goes on.",
  },
  {
    value: "pinned",
    label: "Until the versions are read",
    note: "Writers are back within moments; the copy is of the versions that were read.",
  },
] as const;

/** Whether the source stands still, and for how long. */
export function QuiesceOptions({ draft, change }: StepProps) {
  return (
    <Section title="Writers of the source">
      <Checkbox
        label={CONTROL_LABELS.quiesce_source}
        note="Takes write privileges from everybody who holds them by a grant, and gives exactly those back in every ending: success, failure, cancel and crash."
        checked={draft.quiesce}
        onChange={(quiesce) => change({ quiesce })}
      />
      {draft.quiesce && (
        <div className="mt-2 space-y-3">
          <RadioRows
            label="How long writers are stopped"
            value={draft.quiesceUntil}
            choices={UNTIL}
            onChange={(quiesceUntil) => change({ quiesceUntil })}
          />
          <Checkbox
            label={CONTROL_LABELS.quiesce_wide}
            note="Otherwise a grant on the catalog that reaches schemas outside the scope refuses the run."
            checked={draft.quiesceWide}
            onChange={(quiesceWide) => change({ quiesceWide })}
          />
          {draft.quiesceWide && (
            <Notice tone="warn" title="Writers of schemas that are not cloned may be stopped too">
              A grant on the whole catalog can only be taken as a whole. The preview names what is reached.
            </Notice>
          )}
        </div>
      )}
    </Section>
  );
}
