import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { catalogsOf, connections } from "../../api/connections.ts";
import { catalogs } from "../../api/queries.ts";
import type { ScopeSearch } from "../../app/search.ts";
import { Button } from "../../components/button.tsx";
import { Combobox, type Option } from "../../components/combobox.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { draftOf, type ScopeDraft, scopeProblem, searchOf } from "./scope-draft.ts";

export interface ScopeFormProps {
  readonly search: ScopeSearch;
  readonly needsDestination: boolean;
  /** What the button does. */
  readonly verb: string;
  readonly pending: boolean;
  /** What is wrong with what `children` hold. */
  readonly problem?: string | undefined;
  /** What can be said beside the catalogs. */
  readonly moreLabel: string;
  /** `children` hold something that was said. */
  readonly more?: boolean;
  /** There is an answer already. */
  readonly asked: boolean;
  readonly onAsk: (search: ScopeSearch) => void;
  readonly onStop: () => void;
  readonly children?: ReactNode;
}

/** Two catalogs, where the second is, and which schemas. The address has what was asked; this, what is being typed. */
export function ScopeForm(props: ScopeFormProps) {
  const { search, needsDestination, verb, pending, asked, moreLabel, more = false } = props;
  const { onAsk, onStop, children } = props;
  const [draft, setDraft] = useState(() => draftOf(search));
  const change = (next: Partial<ScopeDraft>) => setDraft({ ...draft, ...next });
  const problem = scopeProblem(draft, needsDestination) ?? props.problem;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === undefined) onAsk(searchOf(draft));
  };
  return (
    <form onSubmit={onSubmit} noValidate className="mb-6">
      <Ends draft={draft} change={change} needsDestination={needsDestination} />
      <div className="mt-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <details
          className="min-w-0 flex-1 basis-72"
          open={more || search.include !== undefined || search.exclude !== undefined}
        >
          <summary className="w-fit rounded py-1.5 text-small text-ink-soft hover:text-ink">
            {moreLabel}
          </summary>
          <div className="mt-2 grid gap-x-5 gap-y-3 sm:grid-cols-2">
            <TextField
              label="Only these schemas"
              className="name"
              value={draft.include}
              placeholder="silver, gold"
              hint="Separated by commas. Empty: all."
              onChange={(include) => change({ include })}
            />
            <TextField
              label="Not these schemas"
              className="name"
              value={draft.exclude}
              placeholder="tmp"
              hint="Empty: none is left out."
              onChange={(exclude) => change({ exclude })}
            />
            {children}
          </div>
        </details>
        <div className="ml-auto flex items-center gap-3">
          <span id="why-not-asked" className="text-right text-small text-ink-soft">
            {problem}
          </span>
          {pending && <Button onClick={onStop}>Stop</Button>}
          <Button
            type="submit"
            look={asked ? "plain" : "primary"}
            aria-describedby="why-not-asked"
            disabled={problem !== undefined || pending}
          >
            {asked ? `${verb} again` : verb}
          </Button>
        </div>
      </div>
    </form>
  );
}

interface EndsProps {
  readonly draft: ScopeDraft;
  readonly change: (change: Partial<ScopeDraft>) => void;
  readonly needsDestination: boolean;
}

function Ends({ draft, change, needsDestination }: EndsProps) {
  const here = useQuery(catalogs);
  const saved = useQuery(connections);
  const there = useQuery({ ...catalogsOf(draft.target), enabled: draft.target !== "" });
  const elsewhere = draft.target !== "";
  const targets = (saved.data ?? []).map(({ name }) => name);
  const places = [...new Set([...targets, ...(elsewhere ? [draft.target] : [])])];
  const loading = elsewhere ? there.isPending : here.isPending;
  return (
    <>
      {here.error !== null && <ErrorNotice error={here.error} retry={() => void here.refetch()} />}
      <div className={`grid gap-x-5 gap-y-3 ${places.length > 0 ? "sm:grid-cols-3" : "sm:grid-cols-2"}`}>
        <Combobox
          label="Source catalog"
          value={draft.source}
          options={optionsOf(here.data)}
          placeholder={here.isPending ? "Loading catalogs…" : "Choose a catalog"}
          empty="No catalog of that name."
          onChange={(source) => change({ source })}
        />
        <Combobox
          label="Destination catalog"
          value={draft.destination}
          options={optionsOf(elsewhere ? there.data : here.data).filter(
            ({ value }) => elsewhere || value !== draft.source,
          )}
          placeholder={
            loading ? "Loading catalogs…" : needsDestination ? "Choose a catalog" : "None: only weigh it"
          }
          empty={there.error === null ? "No catalog of that name." : there.error.message}
          onChange={(destination) => change({ destination })}
        />
        {places.length > 0 && (
          <SelectField
            label="Destination is in"
            value={draft.target}
            choices={[
              { value: "", label: "This workspace" },
              ...places.map((name) => ({ value: name, label: name })),
            ]}
            onChange={(target) => change({ target })}
          />
        )}
      </div>
    </>
  );
}

function optionsOf(
  found: readonly { readonly name: string; readonly comment: string | null }[] = [],
): readonly Option[] {
  return found.map(({ name, comment }) => ({
    value: name,
    ...(comment === null ? {} : { note: comment.length > 32 ? `${comment.slice(0, 31)}…` : comment }),
  }));
}
