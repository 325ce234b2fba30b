import type { ReactNode } from "react";

/** Nothing is here, and what would put something here. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="rounded border border-dashed border-line-strong/60 px-4 py-10 text-center text-ink-soft">
      {children}
      {action !== undefined && <div className="mt-3 flex justify-center gap-2">{action}</div>}
    </div>
  );
}
