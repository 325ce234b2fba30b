import type { Firing, NewSchedule, Schedule, ScheduleDetail } from "../contract/index.ts";
import type { StoredFiring, StoredSchedule } from "./schedule.ts";

/** A schedule as the API shows it. `firings`: the newest first. */
export function toSchedule(
  schedule: StoredSchedule,
  nextRuns: readonly number[],
  firings: readonly StoredFiring[],
): Schedule {
  const { id, sourceCatalog, destinationCatalog, targets, createdAt, updatedAt } = schedule;
  const recent = firings.map(toFiring);
  return {
    id,
    ...toBody(schedule),
    source_catalog: sourceCatalog,
    destination_catalog: destinationCatalog,
    targets: [...targets],
    next_run_at: orNull(schedule.nextRunAt),
    next_runs: nextRuns.map(iso),
    last: recent[0] ?? null,
    recent,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  };
}

export function toDetail(
  schedule: StoredSchedule,
  nextRuns: readonly number[],
  firings: readonly StoredFiring[],
  recent: number,
): ScheduleDetail {
  return {
    ...toSchedule(schedule, nextRuns, firings.slice(0, recent)),
    history: firings.map(toFiring),
  };
}

/** A schedule as `PUT /api/schedules/{id}` takes it. */
export function toBody(schedule: StoredSchedule) {
  const { name, cron, timeZone, kind, request, enabled, retries, notify, overlap, missed } = schedule;
  return {
    name,
    cron,
    time_zone: timeZone,
    kind,
    request: { ...request },
    enabled,
    retries: { max: retries.max, backoff_seconds: retries.backoffSeconds },
    notify: { channels: [...notify.channels], events: [...notify.events] },
    overlap,
    missed,
  } satisfies NewSchedule;
}

function toFiring(firing: StoredFiring): Firing {
  const { id, scheduledFor, firedAt, state, runId, retries, retryAt, missed, drifted, note } = firing;
  return {
    id,
    scheduled_for: orNull(scheduledFor),
    fired_at: iso(firedAt),
    state,
    job_id: runId,
    retries,
    retry_at: orNull(retryAt),
    missed,
    drifted,
    note,
    completed_at: orNull(firing.completedAt),
  };
}

const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
const orNull = (at: number | null) => (at === null ? null : iso(at));
