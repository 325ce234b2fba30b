import type { RunEvent } from "@clone-xs/clone";
import type { Surroundings } from "../../surroundings.ts";
import type { CloneView } from "../clone-view.ts";

/** One JSON document on standard output: the summary. Log lines still go to standard error. */
export function jsonCloneView(
  { out }: Pick<Surroundings, "out">,
  progress: (event: RunEvent) => void,
): CloneView {
  return {
    event: progress,
    finished: (summary) => out.write(`${JSON.stringify(summary, null, 2)}\n`),
  };
}

/** Every event as one line of JSON as it happens; the last one carries the summary. */
export function ndjsonCloneView(
  { out }: Pick<Surroundings, "out">,
  progress: (event: RunEvent) => void,
): CloneView {
  return {
    event: (event) => {
      progress(event);
      out.write(`${JSON.stringify(event)}\n`);
    },
    finished: () => undefined,
  };
}
