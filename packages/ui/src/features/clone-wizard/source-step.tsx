import { useQuery } from "@tanstack/react-query";
import { catalogs } from "../../api/queries.ts";
import { Combobox, type Option } from "../../components/combobox.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { CONTROL_LABELS } from "./control-labels.ts";
import { problemsOf } from "./draft.ts";
import { ObjectScope } from "./object-scope.tsx";
import { SchemaScope } from "./schema-scope.tsx";
import { TargetScope } from "./target-scope.tsx";
import type { StepProps } from "./wizard.tsx";

/** Step 1: which catalog, into which, and how much of it. */
export function SourceStep({ draft, change }: StepProps) {
  const { data, error, isPending, refetch } = useQuery(catalogs);
  const problems = problemsOf(draft);
  const options: Option[] = (data ?? []).map(({ name, comment }) => ({
    value: name,
    ...(comment === null ? {} : { note: comment.length > 40 ? `${comment.slice(0, 39)}…` : comment }),
  }));
  const exists = (name: string) =>
    data?.some((catalog) => catalog.name.toLowerCase() === name.toLowerCase()) ?? false;
  const unknownSource =
    draft.source !== "" && data !== undefined && !exists(draft.source)
      ? "There is no such catalog."
      : undefined;

  return (
    <div className="space-y-8">
      <Section title="Catalogs">
        {error !== null && <ErrorNotice error={error} retry={() => void refetch()} />}
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <Combobox
            label="Source catalog"
            value={draft.source}
            options={options}
            placeholder={isPending ? "Loading catalogs…" : "Choose a catalog"}
            empty="No catalog of that name."
            hint="It is read, never written."
            error={unknownSource}
            onChange={(source) =>
              change({ source, included: [], excluded: ["information_schema", "default"], objects: [] })
            }
          />
          <Combobox
            label="Destination catalog"
            value={draft.destination}
            options={draft.elsewhere ? [] : options.filter(({ value }) => value !== draft.source)}
            placeholder="Choose one, or name a new one"
            empty="A new catalog of that name will be created."
            error={draft.destination === "" ? undefined : problems.destination}
            hint={
              draft.elsewhere
                ? "On each target that names no catalog of its own."
                : draft.destination === "" || data === undefined
                  ? "Existing, or created by the run."
                  : exists(draft.destination)
                    ? "Exists. Tables in it that are no clones of the source are not replaced."
                    : "Does not exist yet. The run creates it."
            }
            onChange={(destination) => change({ destination })}
          />
        </div>
      </Section>
      <TargetScope draft={draft} change={change} />
      {draft.source !== "" && exists(draft.source) ? (
        <SchemaScope draft={draft} change={change} />
      ) : (
        <Section title="Schemas">
          <p className="rounded border border-dashed border-line-strong/60 px-3 py-6 text-center text-ink-soft">
            Choose the source catalog to see its schemas.
          </p>
        </Section>
      )}
      <ObjectScope draft={draft} change={change} />
      <Section title="Tables by name">
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <TextField
            label={CONTROL_LABELS.include_tables_regex}
            className="name"
            value={draft.includeTables}
            placeholder="^dim_|^fact_"
            error={problems.includeTables}
            hint="A regular expression over the table's name. Empty: all."
            onChange={(includeTables) => change({ includeTables })}
          />
          <TextField
            label={CONTROL_LABELS.exclude_tables_regex}
            className="name"
            value={draft.excludeTables}
            placeholder="_tmp$"
            error={problems.excludeTables}
            hint="Empty: none is left out."
            onChange={(excludeTables) => change({ excludeTables })}
          />
        </div>
      </Section>
    </div>
  );
}
