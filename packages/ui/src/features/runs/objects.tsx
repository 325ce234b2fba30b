import { Check, CircleDashed, CircleSlash, Minus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Name } from "../../components/name.tsx";
import { bytes, count, duration, plural } from "../../format.ts";
import { whereToSet } from "../clone-wizard/control-labels.ts";
import { withoutCode } from "./findings.tsx";
import type { ObjectRow as Row } from "./rows.ts";

const STATES = {
  started: { icon: CircleDashed, look: "animate-spin text-accent", word: "Under way" },
  succeeded: { icon: Check, look: "text-good", word: "Done" },
  failed: { icon: X, look: "text-bad", word: "Failed" },
  skipped: { icon: Minus, look: "text-ink-faint", word: "Skipped" },
  unfinished: { icon: CircleSlash, look: "text-warn", word: "Not finished" },
} as const;

const AT_ONCE = 200;

export interface ObjectsProps {
  readonly rows: readonly Row[];
  /** Skipped objects that nobody names. */
  readonly unnamed: number;
  /** The destination of a target, or of all: it need not be said again in each name. */
  readonly catalogOf: (target: string | undefined) => string;
  readonly over: boolean;
}

/** Each object as it is worked on, in the order of the rows. */
export function Objects({ rows, unnamed, catalogOf, over }: ObjectsProps) {
  const [limit, setLimit] = useState(AT_ONCE);
  if (rows.length === 0) {
    return (
      <p className="rounded border border-line bg-surface px-3 py-2.5 text-ink-soft">
        {over ? "No object was worked on." : "No object is worked on yet."}
        {unnamed > 0 && ` ${unnamedText(unnamed)}`}
      </p>
    );
  }
  return (
    <>
      <ul className="divide-y divide-line rounded border border-line bg-surface">
        {rows.slice(0, limit).map((step) => (
          <ObjectRow key={`${step.target ?? ""} ${step.id}`} step={step} catalog={catalogOf(step.target)} />
        ))}
        {unnamed > 0 && <li className="px-3 py-1.5 text-ink-soft">{unnamedText(unnamed)}</li>}
      </ul>
      {rows.length > limit && (
        <Button look="quiet" className="mt-2" onClick={() => setLimit(limit + 5 * AT_ONCE)}>
          Show more of {count(rows.length)}
        </Button>
      )}
    </>
  );
}

function unnamedText(unnamed: number): string {
  return `Not listed: ${plural(unnamed, "object")} in sync, left out or not reached.`;
}

function within(catalog: string, object: string): string {
  return object.startsWith(`${catalog}.`) ? object.slice(catalog.length + 1) : object;
}

function ObjectRow({ step, catalog }: { step: Row; catalog: string }) {
  const { icon: Icon, look, word } = STATES[step.state];
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-3 py-1.5">
      <Icon className={`size-4 translate-y-0.5 ${look}`} aria-label={word} role="img" />
      <span className="min-w-0">
        <Name text={within(catalog, step.object)} />
        <span className="text-tiny text-ink-faint max-sm:block sm:ml-2">
          {step.target !== undefined && <span className="font-medium text-ink-soft">{step.target} · </span>}
          {step.operation.replaceAll("_", " ")}
          {step.reason !== undefined && ` · ${step.reason}`}
        </span>
        {step.error !== undefined && (
          <span
            className={`block text-small wrap-anywhere ${step.state === "failed" ? "text-bad" : "text-ink-soft"}`}
          >
            <span className="name">{step.error.code}</span> {withoutCode(step.error.message, step.error.code)}{" "}
            {whereToSet(step.error.message)}
          </span>
        )}
      </span>
      <span className="figure text-right text-small whitespace-nowrap text-ink-soft">
        {step.bytesCopied !== undefined && <span className="mr-3">{bytes(step.bytesCopied)}</span>}
        {step.seconds !== undefined && duration(step.seconds)}
      </span>
    </li>
  );
}
