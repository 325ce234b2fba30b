import type { CatalogComparison } from "@clone-xs/server/contract";
import { clsx } from "clsx";
import { count } from "../../format.ts";
import { type EndNames, LOOKS, stateWords } from "./marks.tsx";
import { type ObjectState, STATES } from "./objects.ts";

export interface StateFilterProps {
  readonly figures: CatalogComparison["figures"];
  readonly names: EndNames;
  readonly chosen: readonly ObjectState[];
  readonly onChange: (chosen: readonly ObjectState[]) => void;
}

/** How the catalogs stand to each other, in figures; each of them shows its objects or leaves them out. */
export function StateFilter({ figures, names, chosen, onChange }: StateFilterProps) {
  const toggle = (state: ObjectState) =>
    onChange(STATES.filter((each) => (each === state) !== chosen.includes(each)));
  return (
    <div
      role="group"
      aria-label="Objects shown"
      className="grid grid-cols-2 overflow-hidden rounded border border-line bg-surface sm:grid-cols-5"
    >
      {STATES.map((state) => {
        const { sign, text } = LOOKS[state];
        const on = chosen.includes(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={on}
            disabled={figures[state] === 0}
            onClick={() => toggle(state)}
            className={clsx(
              "flex min-w-0 flex-col items-start px-3 py-2 text-left shadow-[1px_1px_0_var(--line)] -outline-offset-2 enabled:hover:bg-sunken",
              state === "same" && "max-sm:col-span-2",
              on && figures[state] > 0 && "bg-accent-soft/60",
            )}
          >
            <span className="flex w-full min-w-0 items-baseline gap-1.5 text-small text-ink-soft">
              <span
                className={clsx("name font-bold", figures[state] === 0 ? "text-ink-faint" : text)}
                aria-hidden
              >
                {sign}
              </span>
              <span className="min-w-0 truncate first-letter:uppercase">{stateWords(state, names)}</span>
            </span>
            <span
              className={clsx(
                "figure text-title font-semibold tracking-tight",
                figures[state] === 0 && "text-ink-faint",
              )}
            >
              {count(figures[state])}
            </span>
          </button>
        );
      })}
    </div>
  );
}
