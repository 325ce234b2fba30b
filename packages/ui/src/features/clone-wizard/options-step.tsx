import { Checkbox, RadioRows } from "../../components/choices.tsx";
import { TextField } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { AlongOptions } from "./along-options.tsx";
import { ContentOptions } from "./content-options.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import { problemsOf } from "./draft.ts";
import { PairRows } from "../../components/pair-rows.tsx";
import { QuiesceOptions } from "./quiesce-options.tsx";
import { propertyProblem } from "./table-properties.ts";
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

const ACCESS = [
  { value: "report", label: "Tell", note: "The preview and the run name who gains access." },
  { value: "refuse", label: "Refuse the run", note: "Nothing is cloned while anybody would gain access." },
] as const;

const PRUNE = [
  { value: "report", label: "Leave them", note: "The run names them." },
  {
    value: "drop",
    label: "Drop them",
    note: "Only what is still that clone, and only when all else is done.",
  },
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
      <QuiesceOptions draft={draft} change={change} />
      <AlongOptions draft={draft} change={change} />
      <ContentOptions draft={draft} change={change} />
      <PairRows
        title="Table properties"
        noun="property"
        none="None: each copy has the properties of its source."
        left={{ key: "key", label: "Key", placeholder: "delta.logRetentionDuration" }}
        joint="="
        right={{ key: "value", label: "Value", placeholder: "30 days" }}
        rows={draft.properties}
        problemOf={(row) => propertyProblem(row, draft.properties)}
        onChange={(properties) => change({ properties })}
      />
      <Safety draft={draft} change={change} />
    </div>
  );
}

/** What a run does where the destination is not as expected, and how it ends. */
function Safety({ draft, change }: StepProps) {
  return (
    <>
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
      <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
        <Section title={CONTROL_LABELS.access}>
          <RadioRows
            label={CONTROL_LABELS.access}
            value={draft.access}
            choices={ACCESS}
            onChange={(access) => change({ access })}
          />
        </Section>
        <Section title={CONTROL_LABELS.prune}>
          <RadioRows
            label={CONTROL_LABELS.prune}
            value={draft.prune}
            choices={PRUNE}
            onChange={(prune) => change({ prune })}
          />
        </Section>
      </div>
      <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
        <Section title="Ending">
          <Checkbox
            label="Compare every copy with its source afterwards"
            note="Rows by hash, columns, texts and files. Reads every row of both."
            checked={draft.validate}
            onChange={(validate) => change({ validate })}
          />
          <Checkbox
            label="Record what is needed to roll back"
            note="Kept beside the run; nothing on the workspace."
            checked={draft.rollback}
            onChange={(rollback) => change({ rollback })}
          />
          <Checkbox
            label="Strict"
            note="A run that could not copy something ends as failed, with its summary."
            checked={draft.strict}
            onChange={(strict) => change({ strict })}
          />
        </Section>
        <Section title="At most at once">
          <div className="grid max-w-88 gap-x-5 gap-y-3 sm:grid-cols-2">
            <NumberField
              label="Statements in parallel"
              most={256}
              value={draft.maxParallel}
              error={problemsOf(draft).maxParallel}
              onChange={(maxParallel) => change({ maxParallel })}
            />
            <NumberField
              label="Schemas in parallel"
              most={64}
              value={draft.maxWorkers}
              error={problemsOf(draft).maxWorkers}
              onChange={(maxWorkers) => change({ maxWorkers })}
            />
          </div>
        </Section>
      </div>
    </>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly most: number;
  readonly value: number;
  readonly error: string | undefined;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, most, value, error, onChange }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      type="number"
      inputMode="numeric"
      min={1}
      max={most}
      className="figure"
      value={Number.isNaN(value) ? "" : String(value)}
      error={error}
      hint={`1 to ${most}`}
      onChange={(text) => onChange(text === "" ? Number.NaN : Number(text))}
    />
  );
}
