import { WorkspaceError } from "@clone-xs/unity";
import type { RunRecord, RunStore } from "../../metastore/job-runs.ts";
import type { PrincipalRecord } from "../../metastore/metastore.ts";

export interface VisibleFilter {
  /** Runs with a smaller id: what was submitted earlier. */
  readonly before?: number;
  readonly active?: boolean;
  readonly matches?: (run: RunRecord) => boolean;
  readonly limit: number;
}

/** Runs that a principal may see, newest first: its own, and admins everybody's. */
export function visibleRuns(
  store: RunStore,
  { name, admin }: PrincipalRecord,
  { before = Number.MAX_SAFE_INTEGER, active, matches = () => true, limit }: VisibleFilter,
): readonly RunRecord[] {
  const found: RunRecord[] = [];
  for (let last = before, more = true; more && found.length < limit; ) {
    const some = store.list({ before: last, active, limit: READ_AT_ONCE });
    found.push(...some.filter((run) => (admin || run.principal === name) && matches(run)));
    last = some.at(-1)?.id ?? last;
    more = some.length === READ_AT_ONCE;
  }
  return found.slice(0, limit);
}

const READ_AT_ONCE = 100;

/** A run that a principal may see. Throws INVALID_REQUEST when there is none, as the service does, and PERMISSION_DENIED. */
export function visibleRun(store: RunStore, { name, admin }: PrincipalRecord, id: number): RunRecord {
  const run = store.find(id);
  if (run === undefined)
    throw new WorkspaceError("INVALID_REQUEST", `Run ${id} does not exist.`, {
      errorClass: "INVALID_PARAMETER_VALUE",
    });
  if (admin || run.principal === name) return run;
  throw new WorkspaceError("PERMISSION_DENIED", `User ${name} does not have permission to view run ${id}.`);
}
