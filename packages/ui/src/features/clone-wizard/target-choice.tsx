import { Segments } from "../../components/choices.tsx";
import { nameOf, type TargetDraft } from "./targets.ts";

export interface TargetChoiceProps {
  readonly targets: readonly TargetDraft[];
  readonly shown: TargetDraft;
  readonly onChange: (name: string) => void;
}

/** Of which target of several the preview tells. */
export function TargetChoice({ targets, shown, onChange }: TargetChoiceProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="label">Preview of</span>
      <Segments
        label="Target that is previewed"
        value={nameOf(shown)}
        choices={targets.map((target) => ({ value: nameOf(target), label: nameOf(target) }))}
        onChange={onChange}
      />
      <span className="text-small text-ink-soft">Execute clones to all {targets.length}.</span>
    </div>
  );
}
