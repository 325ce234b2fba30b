import type { RunSummary } from "@clone-xs/server/contract";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Name } from "../../components/name.tsx";
import { Empty } from "../../components/empty.tsx";
import { Section } from "../../components/section.tsx";
import { count, plural } from "../../format.ts";
import { whereToSet } from "../clone-wizard/control-labels.ts";

const AT_ONCE = 200;

/** What went wrong and what was not copied, each with its reason and, where the page knows one, the way out. */
export function FindingsTab({ summary, live }: { summary: RunSummary | undefined; live: boolean }) {
  const { errors = [], residue = [] } = summary ?? {};
  if (errors.length + residue.length === 0)
    return (
      <Empty>
        {live
          ? "What went wrong is summed up when the run is over; Objects shows it at once."
          : "Nothing went wrong, and everything was copied."}
      </Empty>
    );
  return (
    <div className="space-y-6">
      {groupedByCode(errors).map(([code, problems]) => (
        <Section
          key={code}
          title={plural(problems.length, "error")}
          aside={<span className="name text-bad">{code}</span>}
        >
          <ProblemTable problems={problems} coded={false} />
        </Section>
      ))}
      {residue.length > 0 && (
        <Section title="Not copied">
          <ResidueTable residue={residue} />
        </Section>
      )}
    </div>
  );
}

function groupedByCode(errors: RunSummary["errors"]): readonly (readonly [string, RunSummary["errors"]])[] {
  const groups = new Map<string, RunSummary["errors"][number][]>();
  for (const error of errors) {
    const group = groups.get(error.code);
    if (group === undefined) groups.set(error.code, [error]);
    else group.push(error);
  }
  return [...groups];
}

/** Objects that failed, or will: what was tried, and the words of who refused. */
export function ProblemTable({
  problems,
  coded = true,
}: {
  problems: RunSummary["errors"];
  /** Each says its code, which does not stand above all of them. */
  coded?: boolean;
}) {
  return (
    <Rows
      items={problems}
      row={({ target, object, operation, code, message }) => (
        <>
          <span className="min-w-0">
            <Name text={object} />
            <span className="ml-2 text-tiny text-ink-faint">
              {target !== undefined && <span className="font-medium text-ink-soft">{target} · </span>}
              {operation.replaceAll("_", " ")}
            </span>
          </span>
          <span className="min-w-0 text-small">
            {coded && <span className="name font-medium text-bad">{code}</span>}
            <span className="block text-ink-soft wrap-anywhere">{withoutCode(message, code)}</span>
            <SetAt message={message} />
          </span>
        </>
      )}
    />
  );
}

/** What the source has and the copy does not, and why: one row for all that lack the same thing for the same reason. */
export function ResidueTable({ residue }: { residue: RunSummary["residue"] }) {
  return (
    <Rows
      items={grouped(residue)}
      row={({ what, reason, objects }) => (
        <>
          <span className="min-w-0">
            <span className="font-medium">{what}</span>
            {objects.length > 1 && (
              <span className="figure ml-2 text-tiny text-ink-faint">{count(objects.length)} objects</span>
            )}
            <span className="block text-small text-ink-soft wrap-anywhere">{reason}</span>
          </span>
          <Names names={objects} />
        </>
      )}
    />
  );
}

const NAMES_AT_ONCE = 12;

function Names({ names }: { names: readonly string[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? names : names.slice(0, NAMES_AT_ONCE);
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-3 text-small">
      {shown.map((name) => (
        <Name key={name} text={name} />
      ))}
      {names.length > shown.length && (
        <button type="button" className="text-accent underline" onClick={() => setAll(true)}>
          and {count(names.length - shown.length)} more
        </button>
      )}
    </span>
  );
}

interface ResidueGroup {
  readonly what: string;
  readonly reason: string;
  readonly objects: readonly string[];
}

function grouped(residue: RunSummary["residue"]): readonly ResidueGroup[] {
  const groups = new Map<string, ResidueGroup>();
  for (const { object, what, reason } of residue) {
    const key = JSON.stringify([what, reason]);
    const { objects } = groups.get(key) ?? { objects: [] };
    groups.set(key, { what, reason, objects: [...objects, object] });
  }
  return [...groups.values()];
}

function Rows<T>({ items, row }: { items: readonly T[]; row: (item: T) => ReactNode }) {
  const [limit, setLimit] = useState(AT_ONCE);
  return (
    <>
      <ul className="divide-y divide-line rounded border border-line bg-surface">
        {items.slice(0, limit).map((item, index) => (
          <li
            key={index}
            className="grid gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:items-baseline"
          >
            {row(item)}
          </li>
        ))}
      </ul>
      {items.length > limit && (
        <Button look="quiet" className="mt-2" onClick={() => setLimit(limit + 5 * AT_ONCE)}>
          Show more of {count(items.length)}
        </Button>
      )}
    </>
  );
}

/** The engine speaks of the request's keys; here is what the page calls them. */
function SetAt({ message }: { message: string }) {
  const where = whereToSet(message);
  return where === undefined ? null : <span className="block text-ink">{where}</span>;
}

/** Databricks begins a message with its class in brackets; it stands beside it already. */
export function withoutCode(message: string, code: string): string {
  return message.startsWith(`[${code}] `) ? message.slice(code.length + 3) : message;
}
