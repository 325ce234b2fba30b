/** Where the workspace's own page shows runs; filtered by `?run_name=` and the beginning of a name. */
export const RUNS_PAGE = "/jobs/runs";

export function runPagePath(runId: number): string {
  return `${RUNS_PAGE}/${runId}`;
}
