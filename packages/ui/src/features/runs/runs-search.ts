import type { RunStatusFilter } from "../../api/runs.ts";

export const STATUSES = [
  { value: "live", label: "Going on" },
  { value: "completed", label: "Completed" },
  { value: "partial", label: "In part" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled" },
] as const satisfies readonly { readonly value: RunStatusFilter; readonly label: string }[];

export const LOADS = ["FULL", "INCREMENTAL", "SELECTIVE"] as const;

/** Which runs are looked for. */
export interface RunsSearch {
  readonly status?: (typeof STATUSES)[number]["value"];
  readonly load?: (typeof LOADS)[number];
  readonly q?: string;
}

export function readRunsSearch(search: Record<string, unknown>): RunsSearch {
  const status = STATUSES.find(({ value }) => value === search["status"])?.value;
  const load = LOADS.find((each) => each === search["load"]);
  const q = typeof search["q"] === "string" || typeof search["q"] === "number" ? String(search["q"]) : "";
  return {
    ...(status === undefined ? {} : { status }),
    ...(load === undefined ? {} : { load }),
    ...(q === "" ? {} : { q }),
  };
}
