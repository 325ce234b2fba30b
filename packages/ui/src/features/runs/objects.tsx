import { Check, CircleDashed, CircleSlash, Minus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Name } from "../../components/name.tsx";
import { bytes, count, duration } from "../../format.ts";
import { withoutCode } from "./findings.tsx";
import type { StepRow } from "./fold.ts";

const STATES = {
  started: { icon: CircleDashed, look: "animate-spin text-accent", word: "Under way" },
  succeeded: { icon: Check, look: "text-good", word: "Done" },
  failed: { icon: X, look: "text-bad", word: "Failed" },
  skipped: { icon: Minus, look: "text-ink-faint", word: "Skipped" },
  unfinished: { icon: CircleSlash, look: "text-warn", word: "Not finished" },
} as const;

const AT_ONCE = 200;

export interface ObjectsProps {
  readonly steps: ReadonlyMap<string, StepRow>;
  /** The destination: it need not be said again in each name. */
  readonly catalog: string;
  readonly over: boolean;
}

/** Each object as it is worked on, what goes on and what failed first. */
export function Objects({ steps, catalog, over }: ObjectsProps) {
  const [limit, setLimit] = useState(AT_ONCE);
  const rows = [...steps.values()].sort((a, b) => rank(a) - rank(b));
  if (rows.length === 0) {
    return (
      <p className="rounded border border-line bg-surface px-3 py-2.5 text-ink-soft">
        {over ? "No object was worked on." : "No object is worked on yet."}
      </p>
    );
  }
  return (
    <>
      <ul className="divide-y divide-line rounded border border-line bg-surface">
        {rows.slice(0, limit).map((step) => (
          <ObjectRow key={step.id} step={step} catalog={catalog} />
        ))}
      </ul>
      {rows.length > limit && (
        <Button look="quiet" className="mt-2" onClick={() => setLimit(limit + 5 * AT_ONCE)}>
          Show more of {count(rows.length)}
        </Button>
      )}
    </>
  );
}

const rank = ({ state }: StepRow) => (state === "failed" ? 0 : state === "started" ? 1 : 2);

function within(catalog: string, object: string): string {
  return object.startsWith(`${catalog}.`) ? object.slice(catalog.length + 1) : object;
}

function ObjectRow({ step, catalog }: { step: StepRow; catalog: string }) {
  const { icon: Icon, look, word } = STATES[step.state];
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-3 py-1.5">
      <Icon className={`size-4 translate-y-0.5 ${look}`} aria-label={word} role="img" />
      <span className="min-w-0">
        <Name text={within(catalog, step.object)} />
        <span className="text-tiny text-ink-faint max-sm:block sm:ml-2">
          {step.operation.replaceAll("_", " ")} · {step.reason}
        </span>
        {step.error !== undefined && (
          <span
            className={`block text-small wrap-anywhere ${step.state === "failed" ? "text-bad" : "text-ink-soft"}`}
          >
            <span className="name">{step.error.code}</span> {withoutCode(step.error.message, step.error.code)}
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
