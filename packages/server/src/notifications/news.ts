import type { StreamRecord } from "@clone-xs/clone";
import type { Notification, NotificationEvent } from "../contract/index.ts";
import { firstError } from "../runs/endings.ts";
import type { StoredRun } from "../runs/store.ts";
import type { StoredFiring, StoredSchedule } from "../schedules/schedule.ts";
import { driftOf } from "../schedules/scheduler.ts";

/** News before it is anybody's: it has no id yet. */
export type Told = Omit<Notification, "id">;

/** A piece of news with the events that it is: a drift check that found drift also completed. */
export interface Happening {
  readonly events: readonly NotificationEvent[];
  readonly told: (event: NotificationEvent) => Told;
}

/** What can be said of a run that is over. `publicUrl`: where people open the page. */
export function runHappening(run: StoredRun, publicUrl: string | undefined): Happening {
  const drifted = driftOf(run);
  const events = [...(drifted !== null && drifted > 0 ? (["drift_found"] as const) : []), ...endOf(run)];
  return {
    events,
    told: (event) => ({
      event,
      at: iso(run.completedAt ?? run.createdAt),
      title: runTitle(event, run, drifted),
      link: linkTo(publicUrl, `/runs/${run.id}`),
      run: runNews(run, drifted),
      stream: null,
      schedule: null,
    }),
  };
}

function endOf({ state }: StoredRun): readonly NotificationEvent[] {
  if (state === "failed") return ["run_failed"];
  if (state === "completed") return ["run_completed"];
  return state === "cancelled" ? ["run_cancelled"] : [];
}

const RUN_TITLES: Partial<Record<NotificationEvent, string>> = {
  run_failed: "failed",
  run_completed: "completed",
  run_cancelled: "was cancelled",
};

function runTitle(event: NotificationEvent, run: StoredRun, drifted: number | null): string {
  const { sourceCatalog, destinationCatalog, schedule } = run.facts;
  const pair = `${sourceCatalog} → ${destinationCatalog}`;
  if (event === "drift_found")
    return `${pair}: ${drifted} ${drifted === 1 ? "table has" : "tables have"} drifted`;
  const what = schedule?.kind === "verify" ? "Verification" : run.facts.dryRun ? "Dry run" : "Clone";
  const whose = schedule === undefined ? "" : ` of schedule ${schedule.name}`;
  return `${what} ${pair}${whose} ${RUN_TITLES[event] ?? "ended"}`;
}

function runNews(run: StoredRun, drifted: number | null): NonNullable<Notification["run"]> {
  const { sourceCatalog, destinationCatalog, cloneType, loadType, dryRun, targets, schedule } = run.facts;
  const { result, startedAt, completedAt } = run;
  const [first] = result?.errors ?? [];
  const error = first === undefined ? run.error : firstError(first);
  return {
    job_id: run.id,
    status: run.state,
    source_catalog: sourceCatalog,
    destination_catalog: destinationCatalog,
    clone_type: cloneType,
    load_type: loadType,
    dry_run: dryRun,
    targets: targets.map(({ name }) => name),
    schedule: schedule?.name ?? null,
    outcome: result?.status ?? null,
    tables: result === null ? null : { ...result.tables },
    bytes_copied: result?.bytes_copied ?? null,
    total_drifted_tables: drifted,
    duration_seconds: startedAt === null || completedAt === null ? null : (completedAt - startedAt) / 1000,
    error: error === null ? null : withoutValues(error),
    completed_at: completedAt === null ? null : iso(completedAt),
  };
}

/** A stream that has failed. */
export function streamHappening(
  { stream_id: id, source_catalog, destination_catalog, run_id, error }: StreamRecord,
  at: number,
  publicUrl: string | undefined,
): Happening {
  return {
    events: ["stream_failed"],
    told: (event) => ({
      event,
      at: iso(at),
      title: `Stream ${source_catalog} → ${destination_catalog} failed`,
      link: linkTo(publicUrl, `/streams/${id}`),
      run: null,
      stream: {
        stream_id: id,
        source_catalog,
        destination_catalog,
        run_id,
        error: error === null ? null : withoutValues(error),
      },
      schedule: null,
    }),
  };
}

/** Times of a schedule at which no server ran. */
export function missedHappening(
  schedule: StoredSchedule,
  { missed, scheduledFor, note, firedAt }: StoredFiring,
  publicUrl: string | undefined,
): Happening {
  const { id, name, sourceCatalog: source_catalog, destinationCatalog: destination_catalog } = schedule;
  return {
    events: ["schedule_missed"],
    told: (event) => ({
      event,
      at: iso(firedAt),
      title: `Schedule ${name} missed ${missed === 1 ? "a time" : `${missed} times`}: no server ran`,
      link: linkTo(publicUrl, `/schedules/${id}`),
      run: null,
      stream: null,
      schedule: {
        id,
        name,
        source_catalog,
        destination_catalog,
        missed,
        scheduled_for: scheduledFor === null ? null : iso(scheduledFor),
        note,
      },
    }),
  };
}

/** What a test sends. */
export function testNews(channel: string, at: number, publicUrl: string | undefined): Told {
  return {
    event: "test",
    at: iso(at),
    title: `Test of the notification channel ${channel}`,
    link: linkTo(publicUrl, "/settings/notifications"),
    run: null,
    stream: null,
    schedule: null,
  };
}

const LONGEST_ERROR = 500;

/**
 * An error without what may be data: values that the service quotes, and the SQL text that it repeats below its first line. Names of
 * objects stay, which it quotes by backticks.
 */
export function withoutValues(error: string): string {
  const [line = ""] = error.split("\n");
  const plain = line.replace(/== SQL.*$/u, "").replace(/'(?:[^'\\]|\\.|'')*'/gu, "'…'");
  const bare = plain.replace(/"(?:[^"\\]|\\.)*"/gu, '"…"').trim();
  return bare.length > LONGEST_ERROR ? `${bare.slice(0, LONGEST_ERROR - 1)}…` : bare;
}

function linkTo(publicUrl: string | undefined, path: string): string | null {
  return publicUrl === undefined ? null : `${publicUrl.replace(/\/+$/u, "")}${path}`;
}

const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
