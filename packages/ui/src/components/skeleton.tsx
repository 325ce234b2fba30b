/** Holds the place of rows that are on their way, so that nothing jumps when they come. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="divide-y divide-line rounded border border-line bg-surface"
    >
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="px-3 py-2.5">
          <div className="h-4 w-2/5 animate-pulse rounded bg-sunken" />
        </div>
      ))}
    </div>
  );
}
