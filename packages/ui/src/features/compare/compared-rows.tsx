import type { ComparedObject, ComparedRow } from "@clone-xs/server/contract";
import { clsx } from "clsx";
import { useState } from "react";
import { count, plural } from "../../format.ts";
import { foldRows } from "./fold-rows.ts";
import { type EndNames, LOOKS, Mark } from "./marks.tsx";
import { isChanged } from "./objects.ts";
import { isText, labelOf, type RowGroup } from "./row-groups.ts";
import { TextDiff } from "./text-diff.tsx";

export interface ComparedRowsProps {
  readonly object: ComparedObject;
  readonly group: RowGroup;
  readonly names: EndNames;
}

/** One part of an object, both ends row beside row. Of an object at one end only no row is marked: all of it is there alone. */
export function ComparedRows({ object, group: { title, rows }, names }: ComparedRowsProps) {
  const alone = object.state === "only_source" || object.state === "only_target";
  const [whole, setWhole] = useState(false);
  const changed = alone ? 0 : rows.filter(isChanged).length;
  // Beside parts that differ, one that does not is in the way; so is a long one anywhere.
  const away = changed === 0 && !whole && rows.length > (object.state === "differs" ? 1 : MANY);
  const parts = away ? [] : foldRows(rows, (row) => isChanged(row) && !alone && !whole);
  return (
    <section aria-label={title} className="border-t border-line first:border-t-0">
      <h3 className="flex items-baseline gap-2 bg-sunken/60 px-3 py-1 text-small font-semibold text-ink-soft">
        {title}
        {away ? (
          <button
            type="button"
            onClick={() => setWhole(true)}
            className="figure font-normal text-ink-faint underline decoration-line-strong/60 underline-offset-2 hover:text-ink"
          >
            {count(rows.length)} the same
          </button>
        ) : (
          <span className={clsx("figure font-normal", changed > 0 ? "text-warn" : "text-ink-faint")}>
            {alone ? count(rows.length) : changed > 0 ? countWords(changed, rows) : "same"}
          </span>
        )}
      </h3>
      {parts.map((part, place) =>
        part.kind === "row" ? (
          <Row key={place} row={part.row} alone={alone} names={names} />
        ) : (
          <button
            key={place}
            type="button"
            onClick={() => setWhole(true)}
            className="block w-full border-t border-line/70 bg-sunken/40 px-3 py-1 text-left text-small text-ink-soft -outline-offset-2 hover:bg-sunken hover:text-ink"
          >
            {plural(part.rows.length, "row")} the same
          </button>
        ),
      )}
    </section>
  );
}

/** More rows than this that are all the same are folded away as well. */
const MANY = 40;

function countWords(changed: number, rows: readonly ComparedRow[]): string {
  const unknown = rows.filter(({ state }) => state === "unknown").length;
  if (unknown === changed) return "not compared";
  return rows.length === 1 ? "differs" : `${count(changed - unknown)} of ${count(rows.length)} differ`;
}

interface RowProps {
  readonly row: ComparedRow;
  readonly alone: boolean;
  readonly names: EndNames;
}

function Row({ row, alone, names }: RowProps) {
  const { state, source, target, note } = row;
  const { text, dim } = labelOf(row);
  const look = alone ? LOOKS.same : LOOKS[state];
  const long = isText(row) && !alone && state === "differs";
  const lines = long && <TextDiff label={text} source={source ?? ""} target={target ?? ""} names={names} />;
  // The heading of its part says what it is.
  if (long && row.what === "definition") return lines;
  return (
    <div className="border-t border-line/70 first-of-type:border-t-0">
      <div
        className={clsx(
          "grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-1.5 px-2 py-1 sm:grid-cols-[1rem_minmax(0,9rem)_minmax(0,1fr)_minmax(0,1fr)] sm:gap-x-3",
          look.ground,
        )}
      >
        {alone ? <span /> : <Mark state={state} names={names} />}
        <span
          className={clsx("name min-w-0", dim && "text-ink-soft", dim && row.column !== undefined && "pl-3")}
        >
          {text}
        </span>
        {note !== undefined ? (
          <span className="text-small text-ink-soft max-sm:col-start-2 sm:col-span-2">
            Not compared: {note}
          </span>
        ) : (
          !long && (
            <>
              <Value text={source} other={target} mark="−" />
              <Value text={target} other={source} mark="+" />
            </>
          )
        )}
      </div>
      {lines}
    </div>
  );
}

/** Where both ends do not fit beside each other, they stand below each other, and what is equal stands once. */
function Value({ text, other, mark }: { text: string | null; other: string | null; mark: string }) {
  const once = mark === "+" && text === other;
  return (
    <span
      className={clsx(
        "name min-w-0 whitespace-pre-wrap max-sm:col-start-2",
        (once || text === null) && "max-sm:hidden",
      )}
    >
      {text !== other && text !== null && (
        <span aria-hidden className="mr-1 text-ink-faint sm:hidden">
          {mark}
        </span>
      )}
      {text === null ? <span className="text-ink-faint">–</span> : text === "" ? <Blank /> : text}
    </span>
  );
}

function Blank() {
  return <span className="font-sans text-small text-ink-faint">no value</span>;
}
