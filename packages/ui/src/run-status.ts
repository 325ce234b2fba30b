import type { RunListItem } from "@clone-xs/server/contract";

/** Whether a run can still change. */
export function isLive({ status }: Pick<RunListItem, "status">): boolean {
  return status === "queued" || status === "running" || status === "cancelling";
}

/** How long a run took from its start to its end: the same figure wherever it is shown. */
export function secondsOf({ started_at, completed_at }: RunListItem): number | undefined {
  if (started_at === null || completed_at === null) return undefined;
  return (Date.parse(completed_at) - Date.parse(started_at)) / 1000;
}

/** Where else than in its own workspace a run goes: `to east`, `to 3 targets`, or nothing. */
export function toText({ targets }: Pick<RunListItem, "targets">): string {
  const [only, ...others] = targets;
  if (only === undefined) return "";
  return others.length === 0 ? `to ${only.name}` : `to ${targets.length} targets`;
}

/** The catalog that the copy is in: that of the only target, where it has one of its own. */
export function destinationOf(run: Pick<RunListItem, "targets" | "destination_catalog">): string {
  const [only, ...others] = run.targets;
  return only === undefined || others.length > 0 ? run.destination_catalog : only.destination_catalog;
}
