import type { Decision } from "@clone-xs/server/contract";
import { clsx } from "clsx";
import { useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Segments } from "../../components/choices.tsx";
import { inputLook } from "../../components/field.tsx";
import { Name } from "../../components/name.tsx";
import { count } from "../../format.ts";
import { actionOf, ACTIONS, decisionsShown, versionsOf, whyOf } from "../plans/decisions.ts";
import type { Draft } from "./draft.ts";

type Action = Decision["action"];

const AT_ONCE = 200;

/** Every object in scope, what becomes of it, and why. */
export function DecisionTable({
  decisions,
  loadType,
}: {
  decisions: readonly Decision[];
  loadType: Draft["loadType"];
}) {
  const [action, setAction] = useState<Action | "all">("all");
  const [text, setText] = useState("");
  const [limit, setLimit] = useState(AT_ONCE);
  const found = decisionsShown(decisions, { action: action === "all" ? undefined : action, q: text });
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Segments
          label="Show decisions"
          value={action}
          onChange={setAction}
          choices={[{ value: "all", label: `All ${count(decisions.length)}` }, ...choicesOf(decisions)]}
        />
        <input
          type="search"
          aria-label="Filter by name or reason"
          placeholder="Filter by name or reason"
          className={clsx(inputLook(false), "sm:ml-auto sm:max-w-56")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <ul className="divide-y divide-line rounded border border-line bg-surface">
        {found.slice(0, limit).map((decision) => (
          <DecisionRow
            key={`${decision.kind} ${decision.schema}.${decision.name}`}
            decision={decision}
            loadType={loadType}
          />
        ))}
        {found.length === 0 && (
          <li className="px-3 py-2.5 text-ink-soft">
            {decisions.length === 0 ? "Nothing is in scope." : "No decision matches."}
          </li>
        )}
      </ul>
      {found.length > limit && (
        <Button look="quiet" className="mt-2" onClick={() => setLimit(limit + 5 * AT_ONCE)}>
          Show more of {count(found.length)}
        </Button>
      )}
    </div>
  );
}

function DecisionRow({ decision, loadType }: { decision: Decision; loadType: Draft["loadType"] }) {
  const { kind, schema, name, action, reason, format } = decision;
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[5.5rem_minmax(0,5fr)_minmax(0,6fr)]">
      <span>
        <Badge tone={ACTIONS[action].tone}>{actionOf(decision)}</Badge>
      </span>
      <span className="min-w-0">
        <Name dim={`${schema}.`} text={name} />
        <span className="ml-2 text-tiny text-ink-faint">
          {kind}
          {format !== undefined && format !== "DELTA" && ` · ${format.toLowerCase()}`}
        </span>
      </span>
      <span className="min-w-0 text-small text-ink-soft max-sm:col-start-2">
        <span className="name text-ink">{reason}</span>
        {decision.clonedVersion !== undefined && ` ${versionsOf(decision)}`}{" "}
        <span className="wrap-anywhere">{whyOf(decision, loadType)}</span>
      </span>
    </li>
  );
}

function choicesOf(decisions: readonly Decision[]): { value: Action; label: string }[] {
  return (Object.keys(ACTIONS) as Action[]).flatMap((action) => {
    const found = decisions.filter((decision) => decision.action === action).length;
    return found === 0 ? [] : [{ value: action, label: `${ACTIONS[action].label} ${count(found)}` }];
  });
}
