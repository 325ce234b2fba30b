import type { Decision, KeptPlanDetail } from "@clone-xs/server/contract";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Name } from "../../components/name.tsx";
import { count } from "../../format.ts";
import { actionOf, ACTIONS, decisionsShown, versionsOf, whyOf } from "./decisions.ts";
import type { PlanSearch } from "./plan-search.ts";

/** Every object in scope, what becomes of it and why; which are shown is in the address. */
export function PlanDecisions({ plan: kept }: { plan: KeptPlanDetail }) {
  const search = useSearch({ from: "/plans/$id" });
  const navigate = useNavigate({ from: "/plans/$id" });
  const decisions = kept.plan.decisions as readonly Decision[];
  const shown = useMemo(() => decisionsShown(decisions, search), [decisions, search]);
  const [chosen, choose] = useState<string>();
  const columns = useMemo(() => columnsOf(kept.load_type), [kept.load_type]);
  const open = shown.find((each) => keyOf(each) === chosen);
  const change = (next: PlanSearch) =>
    void navigate({ search: cleaned({ ...search, ...next }), replace: true, resetScroll: false });
  return (
    <div className="space-y-3">
      <div className="grid gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,2fr)_repeat(3,minmax(0,1fr))]">
        <TextField
          label="Name"
          type="search"
          value={search.q ?? ""}
          placeholder="Part of a name"
          onChange={(q) => change({ q })}
        />
        <Filter label="What becomes of it" field="action" {...{ decisions, search, change }} />
        <Filter label="Reason" field="reason" {...{ decisions, search, change }} />
        <Filter label="Kind" field="kind" {...{ decisions, search, change }} />
      </div>
      <p role="status" className="text-small text-ink-soft">
        {shown.length === decisions.length
          ? `${count(decisions.length)} objects`
          : `${count(shown.length)} of ${count(decisions.length)} objects`}
      </p>
      <DataTable
        label="Decisions"
        rows={shown}
        columns={columns}
        keyOf={keyOf}
        {...(chosen === undefined ? {} : { chosen })}
        onOpen={(row) => choose(keyOf(row) === chosen ? undefined : keyOf(row))}
        empty={decisions.length === 0 ? "Nothing is in scope." : "No decision matches."}
        maxHeight="60vh"
      />
      {open !== undefined && <Whole decision={open} plan={kept} />}
    </div>
  );
}

const keyOf = ({ kind, schema, name }: Decision) => `${kind} ${schema}.${name}`;

function columnsOf(loadType: string): readonly Column<Decision>[] {
  return [
    {
      id: "action",
      label: "Decision",
      width: "6rem",
      narrow: "5.25rem",
      sortBy: actionOf,
      cell: (each) => <Badge tone={ACTIONS[each.action].tone}>{actionOf(each)}</Badge>,
    },
    {
      id: "object",
      label: "Object",
      width: "minmax(0,5fr)",
      sortBy: ({ schema, name }) => `${schema}.${name}`,
      cell: ({ schema, name }) => <Name dim={`${schema}.`} text={name} />,
    },
    {
      id: "kind",
      label: "Kind",
      width: "4.5rem",
      wideOnly: true,
      sortBy: ({ kind }) => kind,
      cell: ({ kind }) => <span className="text-ink-soft">{kind}</span>,
    },
    {
      id: "reason",
      label: "Reason",
      width: "9rem",
      wideOnly: true,
      sortBy: ({ reason }) => reason,
      cell: ({ reason }) => <span className="name">{reason}</span>,
    },
    {
      id: "versions",
      label: "Versions",
      width: "6rem",
      wideOnly: true,
      cell: (each) => <span className="figure text-ink-soft">{versionsOf(each)}</span>,
    },
    {
      id: "why",
      label: "Why",
      width: "minmax(0,5fr)",
      wideOnly: true,
      cell: (each) => <span className="text-ink-soft">{whyOf(each, loadType)}</span>,
    },
  ];
}

interface FilterProps {
  readonly label: string;
  readonly field: "action" | "reason" | "kind";
  readonly decisions: readonly Decision[];
  readonly search: PlanSearch;
  readonly change: (next: PlanSearch) => void;
}

function Filter({ label, field, decisions, search, change }: FilterProps) {
  const choices = useMemo(() => {
    const counts = new Map<string, number>();
    for (const each of decisions) counts.set(each[field], (counts.get(each[field]) ?? 0) + 1);
    const word = (value: string) => (field === "action" ? ACTIONS[value as Decision["action"]].label : value);
    return [...counts].map(([value, number]) => ({ value, label: `${word(value)} (${count(number)})` }));
  }, [decisions, field]);
  return (
    <SelectField
      label={label}
      value={search[field] ?? ""}
      choices={[{ value: "", label: "All" }, ...choices]}
      onChange={(value) => change({ [field]: value })}
    />
  );
}

function cleaned(search: PlanSearch): PlanSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ""));
}

/** One decision in full, with what is done to the object. */
function Whole({ decision, plan }: { decision: Decision; plan: KeptPlanDetail }) {
  const { schema, name } = decision;
  const object = `${plan.destination_catalog}.${schema}.${name}`;
  const steps = plan.plan.steps.filter(
    (step) => step.object === object || step.object.startsWith(`${object}.`),
  );
  return (
    <div role="status" className="rounded border border-line bg-surface px-3 py-2">
      <p>
        <Name dim={`${schema}.`} text={name} /> · {actionOf(decision).toLowerCase()},{" "}
        <span className="name">{decision.reason}</span> {versionsOf(decision)}
      </p>
      <p className="text-small text-ink-soft wrap-anywhere">{whyOf(decision, plan.load_type)}</p>
      {steps.length > 0 && (
        <ol className="mt-1 list-inside list-decimal text-small text-ink-soft">
          {steps.map(({ id, reason, stage }) => (
            <li key={id}>
              {stage}: {reason}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
