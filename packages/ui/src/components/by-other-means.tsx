import type { Means } from "../equivalents/equivalents.ts";
import { EquivalentsView } from "./equivalents-view.tsx";

/** Beside a button: how else its action can be had, unfolded when somebody asks. */
export function ByOtherMeans({ means, label = "By other means" }: { means: Means; label?: string }) {
  return (
    <details className="min-w-0">
      <summary className="w-fit rounded text-small text-ink-soft hover:text-ink">{label}</summary>
      <div className="mt-2">
        <EquivalentsView {...means} />
      </div>
    </details>
  );
}
