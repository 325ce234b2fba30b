import type { RunListItem } from "@clone-xs/server/contract";

/** Whether a run can still change. */
export function isLive({ status }: Pick<RunListItem, "status">): boolean {
  return status === "queued" || status === "running" || status === "cancelling";
}
