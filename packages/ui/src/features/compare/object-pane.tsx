import type { ComparedObject } from "@clone-xs/server/contract";
import { Link } from "@tanstack/react-router";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Name } from "../../components/name.tsx";
import type { CompareSearch } from "../../app/search.ts";
import { ComparedRows } from "./compared-rows.tsx";
import { type EndNames, LOOKS, stateWords } from "./marks.tsx";
import { groupsOf } from "./row-groups.ts";

const TONES: Readonly<Record<ComparedObject["state"], Tone>> = {
  same: "neutral",
  differs: "warn",
  only_source: "bad",
  only_target: "accent",
  not_compared: "neutral",
};

export interface ObjectPaneProps {
  readonly object: ComparedObject;
  readonly names: EndNames;
  readonly search: CompareSearch;
}

/** One object, all that is compared of it, side by side. */
export function ObjectPane({ object, names, search }: ObjectPaneProps) {
  const { kind, schema, name, state, rows } = object;
  const groups = groupsOf(rows);
  return (
    <section aria-label={`${kind} ${name}`} className="min-w-0">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-lead font-semibold">
          <Name dim={schema === undefined ? "" : `${schema}.`} text={name} />
        </h2>
        <span className="text-small text-ink-soft">{kind}</span>
        <Badge tone={TONES[state]}>
          <span aria-hidden>{LOOKS[state].sign}</span>
          {stateWords(state, names)}
        </Badge>
        <Actions object={object} search={search} />
      </div>
      <div className="overflow-clip rounded border border-line bg-surface">
        <div className="sticky top-0 z-10 hidden grid-cols-[1rem_minmax(0,9rem)_minmax(0,1fr)_minmax(0,1fr)] gap-x-3 border-b border-line bg-surface px-2 py-1.5 text-small font-semibold sm:grid">
          <span className="col-start-3 name truncate">{names.source}</span>
          <span className="name truncate">{names.destination}</span>
        </div>
        {groups.length === 0 ? (
          <p className="px-3 py-6 text-center text-ink-soft">There is nothing to compare of it.</p>
        ) : (
          groups.map((group) => (
            <ComparedRows key={group.title} object={object} group={group} names={names} />
          ))
        )}
      </div>
    </section>
  );
}

/** What can be done about this one object. */
function Actions({ object, search }: { object: ComparedObject; search: CompareSearch }) {
  const { kind, schema, name, state } = object;
  const { source, destination, target } = search;
  const look = "font-medium text-accent underline underline-offset-2";
  const cloned = kind !== "catalog" && kind !== "schema" && schema !== undefined;
  return (
    <span className="ml-auto flex flex-wrap gap-x-4 text-small">
      {cloned && state !== "same" && state !== "only_target" && source !== undefined && (
        <Link
          to="/clone"
          search={{
            source,
            ...(destination === undefined ? {} : { destination }),
            ...(target === undefined ? {} : { target }),
            load: "SELECTIVE",
            objects: [`${kind}:${schema}.${name}`],
          }}
          className={look}
        >
          Bring it in line
        </Link>
      )}
      {cloned && state !== "only_target" && source !== undefined && (
        <Link to="/explorer" search={{ catalog: source, schema, object: name }} className={look}>
          Open in the explorer
        </Link>
      )}
    </span>
  );
}
