import type { RunEvent, RunSummary } from "@clone-xs/clone";

/** What a running clone shows: events as they come, then the summary. One implementation per output format. */
export interface CloneView {
  event(event: RunEvent): void;
  /** `file` is where the summary was written. */
  finished(summary: RunSummary, file: string): void;
}
