import { Plus, X } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Checkbox, RadioRows } from "../../components/choices.tsx";
import { inputLook, TextField } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { type PropertyRow, problemsOf } from "./draft.ts";
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
      <Section title="Clones that were written to since">
        <RadioRows
          label="Clones that were written to since"
          value={draft.onTargetModified}
          choices={ON_MODIFIED}
          onChange={(onTargetModified) => change({ onTargetModified })}
        />
        <div className="mt-3">
          <Checkbox
            label="Replace tables that are no clones of the source"
            note="Otherwise a foreign table under a name that is needed refuses the whole run."
            checked={draft.replaceForeign}
            onChange={(replaceForeign) => change({ replaceForeign })}
          />
          <Checkbox
            label="Clone again what is in sync"
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
          <li key={index} className="flex items-center gap-2">
            <input
              aria-label={`Key of property ${index + 1}`}
              className={`${inputLook(false)} name`}
              placeholder="delta.logRetentionDuration"
              spellCheck={false}
              value={row.key}
              onChange={(event) => edit(index, { key: event.target.value })}
            />
            <span aria-hidden className="text-ink-faint">
              =
            </span>
            <input
              aria-label={`Value of property ${index + 1}`}
              className={`${inputLook(false)} name`}
              placeholder="30 days"
              spellCheck={false}
              value={row.value}
              onChange={(event) => edit(index, { value: event.target.value })}
            />
            <Button
              look="quiet"
              className="px-2"
              aria-label={`Remove property ${index + 1}`}
              onClick={() => onChange(rows.filter((_, each) => each !== index))}
            >
              <X className="size-4" aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
