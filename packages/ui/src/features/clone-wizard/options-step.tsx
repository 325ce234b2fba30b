import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox, RadioRows } from "../../components/choices.tsx";
import { inputLook, TextField } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import { problemsOf } from "./draft.ts";
import { type PropertyRow, propertyProblem } from "./table-properties.ts";
import type { StepProps } from "./wizard.tsx";

const CLONE_TYPES = [
  { value: "DEEP", label: "Deep", note: "Copies the data files. The copy stands on its own." },
  {
    value: "SHALLOW",
    label: "Shallow",
    note: "Copies only the table's log and refers to the source's files. Quick and small, but broken by VACUUM of the source.",
  },
] as const;

const LOAD_TYPES = [
  { value: "FULL", label: "Full", note: "Clones everything in scope again." },
  { value: "INCREMENTAL", label: "Incremental", note: "Clones only what the destination does not have." },
  {
    value: "SELECTIVE",
    label: "Selective",
    note: "Clones what the destination does not have and what has changed at the source since.",
  },
] as const;

const ON_MODIFIED = [
  { value: "fail", label: "Fail that table", note: "The run goes on with the others and reports it." },
  { value: "skip", label: "Leave it as it is", note: "The writes at the destination are kept." },
  { value: "overwrite", label: "Overwrite it", note: "The writes at the destination are lost." },
] as const;

/** Step 2: how it is cloned. */
export function OptionsStep({ draft, change }: StepProps) {
  return (
    <div className="space-y-8">
      <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
        <Section title="Clone type">
          <RadioRows
            label="Clone type"
            value={draft.cloneType}
            choices={CLONE_TYPES}
            onChange={(cloneType) => change({ cloneType })}
          />
        </Section>
        <Section title="Load type">
          <RadioRows
            label="Load type"
            value={draft.loadType}
            choices={LOAD_TYPES}
            onChange={(loadType) => change({ loadType })}
          />
        </Section>
      </div>
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
            note="As objects; their files stay behind and are listed."
            checked={draft.volumes}
            onChange={(volumes) => change({ volumes })}
          />
        </Section>
        <Section title="At most at once">
          <div className="max-w-40">
            <TextField
              label="Statements in parallel"
              type="number"
              inputMode="numeric"
              min={1}
              max={256}
              className="figure"
              value={Number.isNaN(draft.maxParallel) ? "" : String(draft.maxParallel)}
              error={problemsOf(draft).maxParallel}
              hint="1 to 256"
              onChange={(text) => change({ maxParallel: text === "" ? Number.NaN : Number(text) })}
            />
          </div>
        </Section>
      </div>
      <Section title={CONTROL_LABELS.on_target_modified}>
        <RadioRows
          label={CONTROL_LABELS.on_target_modified}
          value={draft.onTargetModified}
          choices={ON_MODIFIED}
          onChange={(onTargetModified) => change({ onTargetModified })}
        />
        <div className="mt-3">
          <Checkbox
            label={CONTROL_LABELS.replace_foreign}
            note="Otherwise a foreign table under a name that is needed refuses the whole run."
            checked={draft.replaceForeign}
            onChange={(replaceForeign) => change({ replaceForeign })}
          />
          <Checkbox
            label={CONTROL_LABELS.force_reclone}
            note="Matters for selective and incremental loads."
            checked={draft.forceReclone}
            onChange={(forceReclone) => change({ forceReclone })}
          />
        </div>
      </Section>
      <Properties rows={draft.properties} onChange={(properties) => change({ properties })} />
    </div>
  );
}

interface PropertiesProps {
  readonly rows: readonly PropertyRow[];
  readonly onChange: (rows: readonly PropertyRow[]) => void;
}

function Properties({ rows, onChange }: PropertiesProps) {
  const edit = (index: number, change: Partial<PropertyRow>) =>
    onChange(rows.map((row, each) => (each === index ? { ...row, ...change } : row)));
  return (
    <Section
      title="Table properties"
      aside={
        <Button look="quiet" onClick={() => onChange([...rows, { key: "", value: "" }])}>
          <Plus className="size-4" aria-hidden />
          Add a property
        </Button>
      }
    >
      {rows.length === 0 && (
        <p className="text-ink-soft">None: each copy has the properties of its source.</p>
      )}
      <ul className="space-y-2">
        {rows.map((row, index) => (
          <PropertyLine
            key={index}
            row={row}
            number={index + 1}
            problem={propertyProblem(row, rows)}
            onEdit={(change) => edit(index, change)}
            onRemove={() => onChange(rows.filter((_, each) => each !== index))}
          />
        ))}
      </ul>
    </Section>
  );
}

interface PropertyLineProps {
  readonly row: PropertyRow;
  readonly number: number;
  readonly problem: string | undefined;
  readonly onEdit: (change: Partial<PropertyRow>) => void;
  readonly onRemove: () => void;
}

function PropertyLine({ row, number, problem, onEdit, onRemove }: PropertyLineProps) {
  const id = useId();
  const wrong = problem !== undefined;
  return (
    <li>
      <div className="flex items-center gap-2">
        <input
          aria-label={`Key of property ${number}`}
          aria-invalid={wrong}
          aria-describedby={wrong ? id : undefined}
          className={`${inputLook(wrong)} name`}
          placeholder="delta.logRetentionDuration"
          spellCheck={false}
          value={row.key}
          onChange={(event) => onEdit({ key: event.target.value })}
        />
        <span aria-hidden className="text-ink-faint">
          =
        </span>
        <input
          aria-label={`Value of property ${number}`}
          className={`${inputLook(false)} name`}
          placeholder="30 days"
          spellCheck={false}
          value={row.value}
          onChange={(event) => onEdit({ value: event.target.value })}
        />
        <Button look="quiet" className="px-2" aria-label={`Remove property ${number}`} onClick={onRemove}>
          <X className="size-4" aria-hidden />
        </Button>
      </div>
      {wrong && (
        <p id={id} className="mt-1 text-small text-bad">
          {problem}
        </p>
      )}
    </li>
  );
}
