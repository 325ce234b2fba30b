import type { Schedule } from "../contract/index.ts";
import type { ScheduleTrouble } from "./attention.ts";

/** Of the schedules that are not paused: those whose last turn failed, or that were not carried out while no server ran. */
export function scheduleTroubles(schedules: readonly Schedule[]): readonly ScheduleTrouble[] {
  return schedules.flatMap(({ id, name, enabled, last }): ScheduleTrouble[] => {
    if (!enabled || last === null) return [];
    const at = Date.parse(last.fired_at);
    const about = { id, name, at, runId: last.job_id };
    if (last.state === "failed")
      return [{ ...about, kind: "schedule_failed", reason: last.note ?? "Its last run failed." }];
    if (last.state !== "missed") return [];
    const reason = last.note ?? "Its time came while no server ran, and it does not make up for that.";
    return [{ ...about, kind: "schedule_missed", reason }];
  });
}
