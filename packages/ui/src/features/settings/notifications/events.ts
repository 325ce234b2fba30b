import type { NotificationEvent } from "@clone-xs/server/contract";

/** What a channel can be told of, in the order in which people care. */
export const EVENTS: readonly (readonly [NotificationEvent, string])[] = [
  ["run_failed", "A run failed"],
  ["drift_found", "A drift check found drift"],
  ["stream_failed", "A stream failed"],
  ["schedule_missed", "A schedule missed a time"],
  ["run_completed", "A run completed"],
  ["run_cancelled", "A run was cancelled"],
];

/** `a run failed, a stream failed`. */
export function eventWords(events: readonly NotificationEvent[]): string {
  const words = EVENTS.filter(([event]) => events.includes(event)).map(([, label]) => label.toLowerCase());
  return words.length === 0 ? "only what schedules send here" : words.join(", ");
}
