import type { CatalogComparison } from "@clone-xs/server/contract";
import { Check } from "lucide-react";
import { plural } from "../../format.ts";
import type { EndNames } from "./marks.tsx";

/** The calm end of a comparison: what was compared, and what could not be. */
export function NoDifferences({ found, names }: { found: CatalogComparison; names: EndNames }) {
  const { objects, figures, unread } = found;
  const known = figures.not_compared === 0 && unread.length === 0;
  return (
    <div role="status" className="rounded border border-line bg-surface px-4 py-5">
      <p className="flex items-center gap-2 text-lead font-semibold">
        {known && <Check className="size-4 shrink-0 text-good" aria-hidden />}
        No differences
      </p>
      <p className="mt-1 max-w-2xl text-ink-soft">
        <span className="name text-ink">{names.source}</span> and{" "}
        <span className="name text-ink">{names.destination}</span> hold the same {contentsOf(objects)}, with
        the same columns, definitions, properties, owners and comments
        {unread.length === 0 ? ", tags and grants." : "."}
        {figures.not_compared > 0 &&
          ` Of ${plural(figures.not_compared, "object")} not everything could be compared: they are listed below.`}
      </p>
    </div>
  );
}

const NOUNS = ["schema", "table", "view", "function", "volume"] as const;

function contentsOf(objects: CatalogComparison["objects"]): string {
  const counts = NOUNS.map((noun) => [noun, objects.filter(({ kind }) => kind === noun).length] as const);
  const parts = counts.flatMap(([noun, n]) => (n === 0 ? [] : [plural(n, noun)]));
  return parts.length < 2 ? (parts[0] ?? "nothing") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
