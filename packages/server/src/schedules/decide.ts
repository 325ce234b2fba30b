import type { StoredFiring, StoredSchedule } from "./schedule.ts";
import { timeAfter, timesBetween } from "./times.ts";

/** How late a time may be and still count as kept: servers look more often than this. */
export const GRACE_MS = 60_000;

/** Times of an outage are counted up to here. */
const COUNTED = 100;

/** A firing before it is kept. */
type NewFiring = Pick<StoredFiring, "scheduledFor" | "firedAt" | "state" | "missed" | "note" | "completedAt">;

export interface Due {
  /** Always later than the one that was due. */
  readonly nextRunAt: number | null;
  readonly firing: NewFiring;
}

/** What a schedule has under way when its time comes. */
export interface Standing {
  /** The run that is not over; its id, or that there is one that waits to be submitted. */
  readonly live: boolean;
  readonly waiting: boolean;
  readonly runId: string | null;
}

/**
 * What to do about a schedule at `now`; undefined: its time has not come. However many times have passed, there is one firing for all of
 * them, and the next time is after all of them. Pure.
 */
export function decideDue(schedule: StoredSchedule, now: number, standing: Standing): Due | undefined {
  const { nextRunAt: first, enabled } = schedule;
  if (!enabled || first === null || first > now) return undefined;
  const onTime = timesBetween(schedule, {
    after: Math.max(first - 1, now - GRACE_MS - 1),
    until: now,
    limit: 2,
  });
  const passed = timesBetween(schedule, { after: first - 1, until: now, limit: COUNTED });
  const kept = onTime.at(-1);
  const scheduledFor = kept ?? passed[0] ?? first;
  const missed = kept === undefined ? passed.length : passed.length - 1;
  const nextRunAt = timeAfter(schedule, now);
  return {
    nextRunAt,
    firing: firingOf(schedule, { scheduledFor, missed, now, late: kept === undefined }, standing),
  };
}

function firingOf(
  { missed: policy, overlap }: StoredSchedule,
  {
    scheduledFor,
    missed,
    now,
    late,
  }: { readonly scheduledFor: number; readonly missed: number; readonly now: number; readonly late: boolean },
  { live, waiting, runId }: Standing,
): NewFiring {
  const base = { scheduledFor, firedAt: now, missed };
  const over = (state: "missed" | "skipped", note: string): NewFiring => ({
    ...base,
    state,
    note,
    completedAt: now,
  });
  if (late && policy === "skip") return over("missed", "No server ran at that time.");
  if (live && (overlap === "skip" || waiting))
    return over(
      "skipped",
      waiting
        ? "An earlier one was still waiting for its turn."
        : `The run before it${runId === null ? "" : `, ${runId},`} was not over.`,
    );
  const note = late ? "Made up for: no server ran at that time." : null;
  return { ...base, state: "waiting", note, completedAt: null };
}
