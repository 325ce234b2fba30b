import type { ReactNode } from "react";

export interface FactProps {
  readonly name: string;
  /** It takes two places where there are four. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Names with what they are, in two columns or four: for words, as Figures are for numbers. */
export function Facts({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 overflow-hidden rounded border border-line bg-surface sm:grid-cols-4"
    >
      {children}
    </dl>
  );
}

export function Fact({ name, wide = false, children }: FactProps) {
  return (
    <div className={`min-w-0 px-3 py-2 shadow-[1px_1px_0_var(--line)] ${wide ? "col-span-2" : ""}`}>
      <dt className="text-small text-ink-soft">{name}</dt>
      <dd className="figure wrap-anywhere">{children}</dd>
    </div>
  );
}
