import { clsx } from "clsx";
import { useMemo, useState } from "react";
import { plural } from "../../format.ts";
import { foldRows } from "./fold-rows.ts";
import { type ChangedPart, changedPart, type LinePair, lineDiff } from "./line-diff.ts";
import { type EndNames, LOOKS, Mark } from "./marks.tsx";

export interface TextDiffProps {
  readonly label: string;
  readonly source: string;
  readonly target: string;
  readonly names: EndNames;
}

/** Two texts line beside line, what is the same folded away. */
export function TextDiff({ label, source, target, names }: TextDiffProps) {
  const pairs = useMemo(() => lineDiff(source, target), [source, target]);
  const [whole, setWhole] = useState(false);
  const parts = foldRows(pairs, ({ state }) => state !== "same" && !whole, 2);
  return (
    <div role="group" aria-label={label} className="name border-t border-line/70 py-0.5 leading-5">
      {parts.map((part, place) =>
        part.kind === "row" ? (
          <Line key={place} pair={part.row} names={names} />
        ) : (
          <button
            key={place}
            type="button"
            onClick={() => setWhole(true)}
            className="block w-full bg-sunken px-3 py-0.5 text-left font-sans text-small text-ink-soft -outline-offset-2 hover:text-ink"
          >
            {plural(part.rows.length, "line")} the same
          </button>
        ),
      )}
    </div>
  );
}

function Line({ pair: { state, source, target }, names }: { pair: LinePair; names: EndNames }) {
  const part = state === "differs" ? changedPart(source ?? "", target ?? "") : undefined;
  return (
    <div className="grid grid-cols-1 sm:grid-cols-2">
      <Side state={state} side="source" text={source} part={part} names={names} />
      <Side state={state} side="target" text={target} part={part} names={names} />
    </div>
  );
}

interface SideProps {
  readonly state: LinePair["state"];
  readonly side: "source" | "target";
  readonly text: string | undefined;
  readonly part: ChangedPart | undefined;
  readonly names: EndNames;
}

/** Where there is no room for both beside each other, they stand one below the other, and what is the same stands once. */
function Side({ state, side, text, part, names }: SideProps) {
  const mark = state === "same" ? "same" : side === "source" ? "only_source" : "only_target";
  return (
    <div
      className={clsx(
        "flex min-w-0 px-1 sm:[&+&]:border-l sm:[&+&]:border-line",
        text !== undefined && state !== "same" && LOOKS[mark].ground,
        (text === undefined || (state === "same" && side === "target")) && "max-sm:hidden",
      )}
    >
      {text !== undefined && state !== "same" ? (
        <Mark state={mark} names={names} />
      ) : (
        <span className="w-4 shrink-0" />
      )}
      <span className="min-w-0 whitespace-pre-wrap wrap-anywhere">
        {part === undefined ? text : <Changed part={part} side={side} />}
      </span>
    </div>
  );
}

/** The part that changed is set off by more than the line's colour. */
function Changed({ part, side }: { part: ChangedPart; side: "source" | "target" }) {
  return (
    <>
      {part.start}
      <strong className="font-bold underline decoration-2 underline-offset-2">{part[side]}</strong>
      {part.end}
    </>
  );
}
