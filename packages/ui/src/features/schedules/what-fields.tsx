import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { connections } from "../../api/connections.ts";
import { catalogs } from "../../api/queries.ts";
import { RadioRows } from "../../components/choices.tsx";
import { Combobox } from "../../components/combobox.tsx";
import { SelectField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import type { ScheduleFieldProps } from "./schedule-form.tsx";

const KINDS = [
  { value: "clone", label: "Clone", note: "Copies what the load says." },
  {
    value: "drift_check",
    label: "Drift check",
    note: "Counts the tables that have drifted. Nothing is changed.",
  },
  {
    value: "verify",
    label: "Verification",
    note: "Compares every copy with its source: rows by hash, columns, texts. Nothing is changed.",
  },
] as const;

const LOADS = [
  { value: "SELECTIVE", label: "Selective: what is missing or has drifted" },
  { value: "INCREMENTAL", label: "Incremental: what is missing" },
  { value: "FULL", label: "Full: everything" },
] as const;

/** What a schedule does, and between which catalogs. */
export function WhatFields({ draft, problems, change }: ScheduleFieldProps) {
  const { data, error, isPending, refetch } = useQuery(catalogs);
  const saved = useQuery(connections);
  const options = (data ?? []).map(({ name }) => ({ value: name }));
  const several = draft.further["target_workspaces"] != null || draft.further["target_workspace"] != null;
  return (
    <div className="space-y-4">
      <RadioRows
        label="What it does"
        value={draft.kind}
        choices={KINDS}
        onChange={(kind) => change({ kind })}
      />
      {error !== null && <ErrorNotice error={error} retry={() => void refetch()} />}
      <div className="grid gap-x-5 gap-y-3 sm:grid-cols-2">
        <Combobox
          label="Source catalog"
          value={draft.source}
          options={options}
          error={problems.source}
          placeholder={isPending ? "Loading catalogs…" : "Choose a catalog"}
          empty="No catalog of that name."
          onChange={(source) => change({ source })}
        />
        <Combobox
          label="Destination catalog"
          value={draft.destination}
          options={options.filter(({ value }) => value !== draft.source)}
          error={problems.destination}
          placeholder="Choose one, or name a new one"
          empty="A new catalog of that name will be created."
          onChange={(destination) => change({ destination })}
        />
        {!several && (
          <SelectField
            label="Workspace of the destination"
            value={draft.target}
            error={problems.target}
            hint="Credentials stay with the saved connection."
            choices={[
              { value: "", label: "This workspace" },
              ...(saved.data ?? []).map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={(target) => change({ target })}
          />
        )}
        {draft.kind === "clone" && (
          <SelectField
            label="Load"
            value={draft.loadType}
            error={problems.loadType}
            choices={LOADS}
            onChange={(loadType) => change({ loadType })}
          />
        )}
      </div>
      <Further draft={draft} problems={problems} change={change} />
    </div>
  );
}

/** Options that came with a run or from the wizard, each of which can be left out. */
function Further({ draft: { further }, change }: ScheduleFieldProps) {
  const entries = Object.entries(further);
  if (entries.length === 0) return null;
  const without = (key: string) =>
    change({ further: Object.fromEntries(entries.filter(([each]) => each !== key)) });
  return (
    <div>
      <p className="label mb-1">Further options of the request</p>
      <ul
        aria-label="Further options of the request"
        className="divide-y divide-line rounded border border-line bg-surface"
      >
        {entries.map(([key, value]) => (
          <li key={key} className="flex min-h-8 items-center gap-3 px-2.5 py-1 text-small">
            <span className="name min-w-0 flex-1">
              {key}: <span className="text-ink-soft">{JSON.stringify(value)}</span>
            </span>
            <button
              type="button"
              aria-label={`Leave ${key} out`}
              onClick={() => without(key)}
              className="flex size-6 shrink-0 items-center justify-center rounded text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
