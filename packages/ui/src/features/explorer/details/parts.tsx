import type { ReactNode } from "react";
import type { Shape } from "../../../api/api.ts";
import { Notice } from "../../../components/notice.tsx";

type Failed = Extract<Shape<"Grants">, { ok: false }>;

/** Why one part cannot be shown; the others are. */
export function PartFailed({ error }: Pick<Failed, "error">) {
  return (
    <Notice tone="warn" title={error.message}>
      {error.code}
    </Notice>
  );
}

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names with what they are, one below the other. */
export function Facts({ label, facts }: { label: string; facts: readonly Fact[] }) {
  return (
    <dl aria-label={label} className="divide-y divide-line rounded border border-line bg-surface">
      {facts.map(({ name, value }) => (
        <div key={name} className="grid gap-x-4 px-3 py-1.5 sm:grid-cols-[13rem_minmax(0,1fr)]">
          <dt className="text-ink-soft wrap-anywhere">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Properties as they are kept, in the order of their names. */
export function propertyFacts(properties: Readonly<Record<string, string>>): readonly Fact[] {
  return Object.entries(properties)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => ({ name, value: <span className="name">{value}</span> }));
}
