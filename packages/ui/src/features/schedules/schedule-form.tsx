import type { NewSchedule, Schedule } from "@clone-xs/server/contract";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/client.ts";
import { schedules } from "../../api/schedules.ts";
import { useOnce } from "../../api/use-once.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { RadioRows } from "../../components/choices.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import type { Means } from "../../equivalents/equivalents.ts";
import { problemsByControl, type ScheduleDraft, scheduleProblem, toBody } from "./schedule-draft.ts";
import { TellingFields } from "./telling-fields.tsx";
import { WhatFields } from "./what-fields.tsx";
import { WhenFields } from "./when-fields.tsx";

export interface ScheduleFieldProps {
  readonly draft: ScheduleDraft;
  readonly problems: Partial<Record<keyof ScheduleDraft, string>>;
  readonly change: (change: Partial<ScheduleDraft>) => void;
}

export interface ScheduleFormProps {
  readonly initial: ScheduleDraft;
  readonly label: string;
  readonly save: (body: NewSchedule) => Promise<Schedule>;
  readonly onSaved: (schedule: Schedule) => Promise<void>;
  readonly onCancel: () => void;
  readonly meansOf: (body: NewSchedule) => Means;
}

const OVERLAPS = [
  { value: "skip", label: "Leave the later one out", note: "It stands in the history as skipped." },
  { value: "queue", label: "Let it wait", note: "One at most; what comes after that is skipped." },
] as const;
const MISSED = [
  { value: "run_once", label: "Make up with one run", note: "As soon as a server runs again." },
  { value: "skip", label: "Leave them out", note: "They stand in the history as missed." },
] as const;

/** A schedule to be added or changed. What the server does not take is said at its control. */
export function ScheduleForm({ initial, label, save, onSaved, onCancel, meansOf }: ScheduleFormProps) {
  const [draft, setDraft] = useState(initial);
  const serverZone = useQuery(schedules).data?.time_zone ?? "UTC";
  const saving = useOnce(save, onSaved);
  const said = saving.error instanceof ApiError ? (saving.error.problem?.errors ?? []) : [];
  const problems = problemsByControl(said);
  const problem = scheduleProblem(draft);
  const change = (next: Partial<ScheduleDraft>) => setDraft({ ...draft, ...next });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === undefined) saving.send(toBody(draft));
  };
  const fields = { draft, problems, change };
  const unplaced = saving.error !== null && Object.keys(problems).length < Math.max(1, said.length);
  return (
    <form aria-label={label} onSubmit={onSubmit} noValidate className="space-y-8">
      <div className="max-w-80">
        <TextField
          label="Name"
          value={draft.name}
          error={problems.name}
          hint="By which the command line and messages call it."
          onChange={(name) => change({ name })}
        />
      </div>
      <Section title="When">
        <WhenFields {...fields} serverZone={serverZone} />
      </Section>
      <Section title="What">
        <WhatFields {...fields} />
      </Section>
      <Section title="When something is in the way">
        <InTheWay {...fields} />
      </Section>
      <Section title="Who is told">
        <TellingFields {...fields} />
      </Section>
      {unplaced && saving.error !== null && <ErrorNotice error={saving.error} />}
      <div className="border-t border-line pt-4">
        <div className="flex flex-wrap items-center gap-2">
          <Button
            needs="operator"
            type="submit"
            look="primary"
            disabled={saving.sent || problem !== undefined}
            aria-describedby="why-not-saved"
          >
            {saving.sent ? "Saving…" : "Save"}
          </Button>
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
          <span id="why-not-saved" className="text-small text-ink-soft">
            {problem}
          </span>
        </div>
        {problem === undefined && (
          <div className="mt-3">
            <ByOtherMeans means={meansOf(toBody(draft))} />
          </div>
        )}
      </div>
    </form>
  );
}

function InTheWay({ draft, problems, change }: ScheduleFieldProps) {
  return (
    <div className="space-y-4">
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <div>
          <p className="label mb-1">The run before is not over</p>
          <RadioRows
            label="The run before is not over"
            value={draft.overlap}
            choices={OVERLAPS}
            onChange={(overlap) => change({ overlap })}
          />
        </div>
        <div>
          <p className="label mb-1">Times passed while no server ran</p>
          <RadioRows
            label="Times passed while no server ran"
            value={draft.missed}
            choices={MISSED}
            onChange={(missed) => change({ missed })}
          />
        </div>
      </div>
      <div className="grid max-w-xl gap-x-5 gap-y-3 sm:grid-cols-2">
        <NumberField
          label="Retries"
          value={draft.retries}
          error={problems.retries}
          hint="Of a run that failed for a passing reason; it is gone on with."
          onChange={(retries) => change({ retries })}
        />
        {draft.retries > 0 && (
          <NumberField
            label="Seconds before the first"
            value={draft.backoffSeconds}
            error={problems.backoffSeconds}
            hint="Twice as long before each next."
            onChange={(backoffSeconds) => change({ backoffSeconds })}
          />
        )}
      </div>
    </div>
  );
}

function NumberField({
  value,
  onChange,
  ...rest
}: {
  label: string;
  value: number;
  error: string | undefined;
  hint: string;
  onChange: (value: number) => void;
}) {
  return (
    <TextField
      {...rest}
      type="number"
      inputMode="numeric"
      min={0}
      className="figure"
      value={Number.isNaN(value) ? "" : String(value)}
      onChange={(text) => onChange(text === "" ? Number.NaN : Number(text))}
    />
  );
}
