import { Checkbox, Segments } from "../../components/choices.tsx";
import { TextField } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import { conditionProblem } from "./conditions.ts";
import { problemsOf } from "./draft.ts";
import { PairRows } from "../../components/pair-rows.tsx";
import type { StepProps } from "./wizard.tsx";

const MOMENTS = [
  { value: "latest", label: "Newest" },
  { value: "timestamp", label: "At a time" },
  { value: "version", label: "At a version" },
] as const;

/** Which rows a copy has, of which moment, and where it lies. */
export function ContentOptions({ draft, change }: StepProps) {
  const problems = problemsOf(draft);
  return (
    <>
      <div className="grid gap-x-5 gap-y-8 sm:grid-cols-2">
        <Section title="As of">
          <Segments
            label="Moment of the source"
            value={draft.asOf}
            choices={MOMENTS}
            onChange={(asOf) => change({ asOf })}
          />
          <div className="mt-3">
            {draft.asOf === "latest" && (
              <p className="text-small text-ink-soft">
                Each table's newest version when the run begins; all of one moment.
              </p>
            )}
            {draft.asOf === "timestamp" && (
              <TextField
                label="Time"
                className="name"
                placeholder="2026-01-31T12:00:00Z"
                value={draft.asOfTimestamp}
                error={draft.asOfTimestamp === "" ? undefined : problems.asOfTimestamp}
                hint="Tables as they were then. UTC unless it names a zone."
                onChange={(asOfTimestamp) => change({ asOfTimestamp })}
              />
            )}
            {draft.asOf === "version" && (
              <TextField
                label="Version"
                className="figure"
                inputMode="numeric"
                value={draft.asOfVersion}
                error={draft.asOfVersion === "" ? undefined : problems.asOfVersion}
                hint="The same number in every table that has it."
                onChange={(asOfVersion) => change({ asOfVersion })}
              />
            )}
          </div>
        </Section>
        <Section title="Place">
          <TextField
            label="Location"
            className="name"
            placeholder="s3://bucket/copies"
            value={draft.location}
            hint="External tables and volumes are made under it. Empty: managed ones."
            onChange={(location) => change({ location })}
          />
          <div className="mt-2">
            <Checkbox
              label={CONTROL_LABELS.schema_only}
              note="Columns, properties and constraints; no data."
              checked={draft.schemaOnly}
              onChange={(schemaOnly) => change({ schemaOnly })}
            />
            {problems.schemaOnly !== undefined && (
              <p className="text-small text-bad">{problems.schemaOnly}</p>
            )}
          </div>
        </Section>
      </div>
      <PairRows
        title={CONTROL_LABELS.where_clauses}
        noun="condition"
        none="None: every table has all its rows."
        left={{ key: "table", label: "Table", placeholder: "bronze.events" }}
        joint="where"
        right={{ key: "predicate", label: "Predicate", placeholder: "day >= '2026-01-01'" }}
        rows={draft.conditions}
        problemOf={(row) => conditionProblem(row, draft.conditions)}
        onChange={(conditions) => change({ conditions })}
      />
    </>
  );
}
