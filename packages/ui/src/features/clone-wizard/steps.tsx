import { clsx } from "clsx";

const TITLES = ["Source", "Options", "Preview", "Execute"] as const;

export interface StepsProps {
  readonly current: 1 | 2 | 3 | 4;
  readonly reachable: (step: 1 | 2 | 3 | 4) => boolean;
  readonly onChoose: (step: 1 | 2 | 3 | 4) => void;
}

/** Where one is of four, and the way back. */
export function Steps({ current, reachable, onChoose }: StepsProps) {
  return (
    <ol className="mb-7 grid grid-cols-4 gap-1.5">
      {TITLES.map((title, index) => {
        const step = (index + 1) as 1 | 2 | 3 | 4;
        return (
          <li key={title}>
            <button
              type="button"
              aria-current={step === current ? "step" : undefined}
              disabled={step !== current && (!reachable(step) || step === 4 || current === 4)}
              onClick={() => onChoose(step)}
              className={clsx(
                "w-full border-t-2 pt-1.5 text-left transition-colors",
                step <= current ? "border-accent" : "border-line",
                step === current
                  ? "text-ink"
                  : "text-ink-soft enabled:hover:text-ink disabled:cursor-default",
              )}
            >
              <span className="figure mr-1.5 text-ink-faint">{step}</span>
              <span className={clsx(step === current ? "font-semibold" : "font-medium")}>{title}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
