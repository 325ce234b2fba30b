import { clsx } from "clsx";

export interface Share {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly tone: "good" | "warn" | "bad" | "neutral" | "accent";
}

export interface ShareBarProps {
  readonly label: string;
  readonly shares: readonly Share[];
  /** A value as the legend shows it. */
  readonly value?: (value: number) => string;
  /** Without the names below: they stand elsewhere then. */
  readonly bare?: boolean;
}

const TONES = {
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
  neutral: "bg-line-strong",
  accent: "bg-accent",
};

/** How a whole falls into parts, in the order given; a part that is there is always to be seen. */
export function ShareBar({ label, shares, value = String, bare = false }: ShareBarProps) {
  const there = shares.filter((share) => share.value > 0);
  const words = there.map((share) => `${share.label} ${value(share.value)}`).join(", ");
  return (
    <div className="min-w-0">
      <div
        role="img"
        aria-label={`${label}: ${words === "" ? "nothing" : words}`}
        className="flex h-1.5 gap-px overflow-hidden rounded bg-sunken"
      >
        {there.map((share) => (
          <span
            key={share.key}
            className={clsx("min-w-1", TONES[share.tone])}
            style={{ flexGrow: share.value, flexBasis: 0 }}
          />
        ))}
      </div>
      {!bare && (
        <ul aria-hidden className="mt-1.5 flex flex-wrap gap-x-3 text-small text-ink-soft">
          {there.map((share) => (
            <li key={share.key} className="flex items-center gap-1.5">
              <span className={clsx("size-2 shrink-0", TONES[share.tone])} />
              {share.label} <span className="figure font-medium text-ink">{value(share.value)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
