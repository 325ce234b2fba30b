import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { catalogs, schemasOf, tablesOf } from "../../api/queries.ts";
import { Checkbox, Segments } from "../../components/choices.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import type { StreamControlsProps } from "./new-stream-page.tsx";

const SCOPES = [
  { value: "tables", label: "Chosen tables" },
  { value: "schema", label: "A whole schema" },
] as const;

/** Which tables are kept in sync. */
export function StreamScope({ draft, change }: StreamControlsProps) {
  const known = useQuery(catalogs).data?.some(({ name }) => name === draft.source) ?? false;
  return (
    <Section
      title="Tables"
      aside={
        <Segments
          label="How tables are chosen"
          value={draft.scope}
          choices={SCOPES}
          onChange={(scope) => change({ scope })}
        />
      }
    >
      {known ? (
        <Schemas draft={draft} change={change} />
      ) : (
        <p className="rounded border border-dashed border-line-strong/60 px-3 py-6 text-center text-ink-soft">
          Choose the source catalog to see its tables.
        </p>
      )}
    </Section>
  );
}

function Schemas({ draft, change }: StreamControlsProps) {
  const { data, error, refetch } = useQuery(schemasOf(draft.source));
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} label="Loading schemas" />;
  return (
    <ul className="divide-y divide-line rounded border border-line bg-surface">
      {data
        .filter(({ name }) => name !== "information_schema")
        .map(({ name }) => (
          <li key={name} className="px-3 py-1.5">
            {draft.scope === "schema" ? (
              <Checkbox
                label={<span className="name">{name}</span>}
                checked={draft.schema === name}
                onChange={(checked) => change({ schema: checked ? name : "" })}
              />
            ) : (
              <TablesOf schema={name} draft={draft} change={change} />
            )}
          </li>
        ))}
    </ul>
  );
}

function TablesOf({ schema, draft, change }: StreamControlsProps & { schema: string }) {
  const chosen = draft.tables.filter((table) => table.startsWith(`${schema}.`)).length;
  const [open, setOpen] = useState(chosen > 0);
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-label={`${open ? "Hide" : "Show"} tables of ${schema}`}
        onClick={() => setOpen(!open)}
        className="flex w-full items-baseline justify-between gap-3 rounded py-1 text-left"
      >
        <span className="name">{schema}</span>
        <span className="text-small text-ink-faint">
          {chosen > 0 && <span className="mr-3 font-medium text-accent">{chosen} chosen</span>}
          <span className="underline decoration-line-strong/60 underline-offset-2">
            {open ? "hide tables" : "tables"}
          </span>
        </span>
      </button>
      {open && <TableBoxes schema={schema} draft={draft} change={change} />}
    </>
  );
}

function TableBoxes({ schema, draft, change }: StreamControlsProps & { schema: string }) {
  const { data, error } = useQuery(tablesOf(draft.source, schema));
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return <p className="py-1 text-small text-ink-faint">Loading…</p>;
  const tables = data.filter(({ table_type }) => !table_type.includes("VIEW"));
  if (tables.length === 0) return <p className="py-1 text-small text-ink-faint">No tables.</p>;
  return (
    <div className="mb-1 grid gap-x-6 pl-4 sm:grid-cols-2">
      {tables.map(({ name }) => {
        const table = `${schema}.${name}`;
        const others = draft.tables.filter((each) => each !== table);
        return (
          <Checkbox
            key={name}
            label={<span className="name">{name}</span>}
            checked={draft.tables.includes(table)}
            onChange={(checked) => change({ tables: checked ? [...others, table] : others })}
          />
        );
      })}
    </div>
  );
}
