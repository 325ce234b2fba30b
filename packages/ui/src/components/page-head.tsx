import type { ReactNode } from "react";
import { useTitle } from "./use-title.ts";

/** The heading of a page, what it is about in a sentence, and what can be done here. */
export function PageHead({
  title,
  tab = title,
  note,
  children,
}: {
  title: string;
  /** What the browser's tab says, where more is to be told than the title. */
  tab?: string;
  note?: ReactNode;
  children?: ReactNode;
}) {
  useTitle(tab);
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-title font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {note !== undefined && <p className="mt-0.5 max-w-2xl text-ink-soft">{note}</p>}
      </div>
      {children !== undefined && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
