import type { StreamRecord } from "@clone-xs/server/contract";
import { ExternalLink } from "lucide-react";

/** The stream's run by its id, and where the workspace shows it, if it does. */
export function RunLink({ stream: { run_id, run_page_url } }: { stream: StreamRecord }) {
  if (run_page_url === null) return <span className="name">{run_id}</span>;
  return (
    <a href={run_page_url} target="_blank" rel="noreferrer" className="name text-accent underline">
      {run_id}
      <ExternalLink className="ml-1 inline size-3" aria-hidden />
      <span className="sr-only"> in the workspace</span>
    </a>
  );
}
