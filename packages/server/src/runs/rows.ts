import type { RunEvent, RunProgress, RunSummary } from "@clone-xs/clone";
import type { RunState, ScheduleKind } from "../contract/index.ts";

/** A run as lists need it: everything but its summary, which may name every object of a catalog. Times are epoch milliseconds. */
export interface RunEntry {
  readonly id: string;
  readonly state: RunState;
  /** The process that took it on, as `holder` of `openRunStore`; null when it is over. */
  readonly holder: string | null;
  /** The body as it was sent: what a later process needs to run it. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly facts: RunFacts;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly progress: RunProgress | null;
  /** What lists show of the summary. */
  readonly outcome: RunOutcome | null;
  readonly error: string | null;
  /** Grows with each change of any run: of two the larger one was changed later. */
  readonly revision: number;
  /** Its place among all that wait, from 1; null when it does not wait. */
  readonly position: number | null;
  /** How often it was begun again by itself. */
  readonly retries: number;
  /** It waits until then at least. */
  readonly notBefore: number | null;
}

/** A run in full. */
export interface StoredRun extends RunEntry {
  readonly result: RunSummary | null;
}

export type RunOutcome = Pick<RunSummary, "status" | "tables" | "bytes_copied">;

/** What lists show of a request. */
export interface RunFacts {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly cloneType: string;
  readonly loadType: string;
  readonly dryRun: boolean;
  /** Empty: the workspace that the server works on. */
  readonly targets: readonly RunTarget[];
  /** Absent: somebody submitted it. */
  readonly schedule?: RunSchedule;
}

/** The schedule that started a run, as it was then. */
interface RunSchedule {
  readonly id: string;
  readonly name: string;
  readonly kind: ScheduleKind;
  /** How often its run is begun again, and after how many seconds the first time. */
  readonly retries: { readonly max: number; readonly backoffSeconds: number };
}

/** A workspace that a run clones to. */
export interface RunTarget {
  readonly name: string;
  readonly destinationCatalog: string;
  /** Workspace and catalog: two runs with the same one would write to the same place. */
  readonly place: string;
}

/** The columns of an entry, in SQL. */
export const ENTRY_COLUMNS =
  "id, state, holder, request, source_catalog, destination_catalog, clone_type, load_type, dry_run, targets, created_at, started_at, completed_at, progress, outcome, error, revision, retries, not_before, schedule";

export interface EntryRow {
  readonly id: string;
  readonly state: RunState;
  readonly holder: string | null;
  readonly request: string;
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly clone_type: string;
  readonly load_type: string;
  readonly dry_run: number;
  readonly targets: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly completed_at: number | null;
  readonly progress: string | null;
  readonly outcome: string | null;
  readonly error: string | null;
  readonly revision: number;
  readonly retries: number;
  readonly not_before: number | null;
  readonly schedule: string | null;
}

export function toEntry(row: EntryRow, position: number | null): RunEntry {
  return {
    id: row.id,
    state: row.state,
    holder: row.holder,
    request: JSON.parse(row.request) as Record<string, unknown>,
    facts: {
      sourceCatalog: row.source_catalog,
      destinationCatalog: row.destination_catalog,
      cloneType: row.clone_type,
      loadType: row.load_type,
      dryRun: row.dry_run === 1,
      targets: row.targets === null ? [] : (JSON.parse(row.targets) as RunTarget[]),
      ...(row.schedule === null ? {} : { schedule: JSON.parse(row.schedule) as RunSchedule }),
    },
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    progress: row.progress === null ? null : (JSON.parse(row.progress) as RunProgress),
    outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as RunOutcome),
    error: row.error,
    revision: row.revision,
    position,
    retries: row.retries,
    notBefore: row.not_before,
  };
}

export function outcomeOf({ status, tables, bytes_copied }: RunSummary): RunOutcome {
  return { status, tables, bytes_copied };
}

// Colour codes inside a line would hide it from the scripts that search for it.
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "gu");

/** The event as it is kept: a line of the log without colours. */
export function plain(event: RunEvent): RunEvent {
  return event.type === "log" ? { ...event, line: event.line.replace(COLOUR, "") } : event;
}
