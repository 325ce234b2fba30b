import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { schemasOf, tablesOf } from "../../api/queries.ts";
import { Badge } from "../../components/badge.tsx";
import { Checkbox, Segments } from "../../components/choices.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import type { StepProps } from "./wizard.tsx";

const MODES = [
  { value: "all", label: "All, with exceptions" },
  { value: "only", label: "Only the chosen" },
] as const;

/**
 * Which schemas are in scope. The two modes differ for schemas that are created later: "all" takes them in when the
 * request is run again, "only" does not.
 */
export function SchemaScope({ draft, change }: StepProps) {
  const { data: all, error, refetch } = useQuery(schemasOf(draft.source));
  // Every catalog has one of its own, made by the workspace: it is never cloned, so there is nothing to choose.
  const data = all?.filter(({ name }) => name !== "information_schema");
  const isIn = (schema: string) =>
    draft.scope === "all" ? !draft.excluded.includes(schema) : draft.included.includes(schema);
  const toggle = (schema: string, into: boolean) =>
    draft.scope === "all"
      ? change({ excluded: changed(draft.excluded, schema, !into) })
      : change({ included: changed(draft.included, schema, into) });
  const switchTo = (scope: "all" | "only") =>
    change(
      scope === "all" ? { scope } : { scope, included: (data ?? []).map(({ name }) => name).filter(isIn) },
    );

  return (
    <Section
      title="Schemas"
      aside={
        <Segments label="How schemas are chosen" value={draft.scope} choices={MODES} onChange={switchTo} />
      }
    >
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={4} label="Loading schemas" />
      ) : data.length === 0 ? (
        <p className="rounded border border-line bg-surface px-3 py-2.5 text-ink-soft">
          This catalog has no schemas.
        </p>
      ) : (
        <ul className="divide-y divide-line rounded border border-line bg-surface">
          {data.map(({ name, comment }) => (
            <SchemaRow
              key={name}
              catalog={draft.source}
              schema={name}
              comment={comment}
              checked={isIn(name)}
              onChange={(into) => toggle(name, into)}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

interface SchemaRowProps {
  readonly catalog: string;
  readonly schema: string;
  readonly comment: string | null;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function SchemaRow({ catalog, schema, comment, checked, onChange }: SchemaRowProps) {
  const [open, setOpen] = useState(false);
  return (
    <li className="px-3 py-1.5">
      <div className="flex items-start justify-between gap-3">
        <Checkbox
          label={<span className="name">{schema}</span>}
          {...(comment === null ? {} : { note: comment })}
          checked={checked}
          onChange={onChange}
        />
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Show"} tables of ${schema}`}
          onClick={() => setOpen(!open)}
          className="shrink-0 rounded py-1 text-small text-ink-faint underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
        >
          {open ? "hide tables" : "tables"}
        </button>
      </div>
      {open && <TablesOf catalog={catalog} schema={schema} />}
    </li>
  );
}

function TablesOf({ catalog, schema }: { catalog: string; schema: string }) {
  const { data, error } = useQuery(tablesOf(catalog, schema));
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return <p className="py-1 pl-6.5 text-small text-ink-faint">Loading…</p>;
  if (data.length === 0) return <p className="py-1 pl-6.5 text-small text-ink-faint">No tables or views.</p>;
  return (
    <ul className="mb-1.5 grid gap-x-6 pl-6.5 sm:grid-cols-2">
      {data.map(({ name, table_type, format }) => (
        <li key={name} className="flex items-center justify-between gap-3 py-0.5 text-small">
          <span className="name min-w-0">{name}</span>
          <Badge>{format ?? table_type.toLowerCase().replaceAll("_", " ")}</Badge>
        </li>
      ))}
    </ul>
  );
}

function changed(names: readonly string[], name: string, present: boolean): readonly string[] {
  const others = names.filter((each) => each !== name);
  return present ? [...others, name] : others;
}
