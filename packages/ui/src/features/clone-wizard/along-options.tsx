import { Checkbox } from "../../components/choices.tsx";
import { Section } from "../../components/section.tsx";
import { type Copied, copiedKeys } from "./draft.ts";
import type { StepProps } from "./wizard.tsx";

const COPIES: Record<Copied, { readonly label: string; readonly note: string }> = {
  copyPermissions: { label: "Grants", note: "Direct grants on each object." },
  copyOwnership: { label: "Owners", note: "Last, and only where a second run still works." },
  copyTags: { label: "Tags", note: "Of catalog, schemas, tables and columns." },
  copySecurity: { label: "Masks and row filters", note: "Before anybody can read the copy." },
  copyConstraints: { label: "Keys", note: "Primary and foreign." },
  copyComments: { label: "Comments", note: "Those of columns always come along." },
  copyProperties: { label: "Properties", note: "Beyond what a clone carries by itself." },
};

/** Which objects beside tables, and what comes along with each. */
export function AlongOptions({ draft, change }: StepProps) {
  return (
    <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
      <Section title="Beside tables">
        <Checkbox label="Views" checked={draft.views} onChange={(views) => change({ views })} />
        <Checkbox
          label="Functions"
          checked={draft.functions}
          onChange={(functions) => change({ functions })}
        />
        <Checkbox
          label="Volumes"
          note="With their files, each checked after it was copied."
          checked={draft.volumes}
          onChange={(volumes) => change({ volumes })}
        />
      </Section>
      <Section title="What comes along">
        {copiedKeys.map((key) => (
          <Checkbox
            key={key}
            {...COPIES[key]}
            checked={draft[key]}
            onChange={(checked) => change({ [key]: checked })}
          />
        ))}
      </Section>
    </div>
  );
}
