import { type ReactNode, useState } from "react";
import type { Means } from "../equivalents/equivalents.ts";
import { EquivalentsView } from "./equivalents-view.tsx";

/** Beside a button: how else its action can be had, unfolded when somebody asks. */
export function ByOtherMeans({ means, label = "By other means" }: { means: Means; label?: string }) {
  return (
    <Unfolding label={label}>
      <EquivalentsView {...means} />
    </Unfolding>
  );
}

/** What is there only once somebody has asked for it. */
export function Unfolding({ label, children }: { label: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="min-w-0" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded text-small text-ink-soft hover:text-ink">{label}</summary>
      {open && <div className="mt-2">{children}</div>}
    </details>
  );
}
