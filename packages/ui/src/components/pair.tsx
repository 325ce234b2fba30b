import { MoveRight } from "lucide-react";

/** The two ends of a clone, as the page shows them everywhere. */
export function Pair({ source, destination }: { source: string; destination: string }) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2">
      <span className="name">{source}</span>
      <MoveRight className="size-4 shrink-0 text-accent" aria-label="to" role="img" />
      <span className="name">{destination}</span>
    </span>
  );
}
