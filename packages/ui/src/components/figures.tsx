import { clsx } from "clsx";

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  /** Of the note when there is one, else of the value. */
  readonly tone?: "good" | "warn" | "bad";
}

const TONES = { good: "text-good", warn: "text-warn", bad: "text-bad" };

/** A row of numbers with their names: the cards of a summary, without the cards. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 overflow-hidden rounded border border-line bg-surface sm:grid-cols-4"
    >
      {figures.map(({ name, value, note, tone }) => (
        <div key={name} className="flex min-w-0 flex-col px-3 py-2 shadow-[1px_1px_0_var(--line)]">
          <dt className="text-small text-ink-soft">{name}</dt>
          <dd
            className={clsx(
              "figure text-title font-semibold tracking-tight",
              tone && note === undefined && TONES[tone],
            )}
          >
            {value}
            {note !== undefined && (
              <span
                className={clsx(
                  "ml-2 text-small font-normal tracking-normal",
                  tone === undefined ? "text-ink-faint" : TONES[tone],
                )}
              >
                {note}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
