import type { Firing, Schedule, ScheduleDetail, SchedulePreview } from "@clone-xs/server/contract";
import { tableText } from "./table.ts";

const NONE =
  'Nothing starts by itself. Add a schedule with: clxs schedules add NAME --cron "0 2 * * *" --source CATALOG --dest CATALOG';

/** Every schedule on a line of its own. */
export function schedulesText(schedules: readonly Schedule[]): string {
  if (schedules.length === 0) return NONE;
  const rows = schedules.map((each) => [
    each.name,
    each.kind,
    pairOf(each),
    each.cron,
    each.time_zone,
    each.enabled ? (each.next_run_at ?? "no time left") : "paused",
    each.last === null ? "" : outcomeOf(each.last),
  ]);
  return tableText(columnsOf("name", "kind", "catalogs", "cron", "time zone", "next", "last"), rows);
}

/** One schedule with its history, the newest first. */
export function scheduleText(schedule: ScheduleDetail): string {
  const { name, kind, cron, time_zone, retries, overlap, missed, notify, request, history } = schedule;
  const facts = [
    `Schedule ${name} (${schedule.id}): ${kind}, ${pairOf(schedule)}`,
    `  when      ${cron} (${time_zone})${schedule.enabled ? "" : ", paused"}`,
    `  next      ${schedule.next_runs.length === 0 ? "none" : schedule.next_runs.join(", ")}`,
    `  request   ${JSON.stringify(request)}`,
    `  retries   ${retries.max === 0 ? "none" : `${retries.max}, after ${retries.backoff_seconds} s at first`}`,
    `  overlap   ${overlap}`,
    `  missed    ${missed}`,
    ...(notify.channels.length === 0
      ? []
      : [`  tells     ${notify.channels.join(", ")} of ${notify.events.join(", ")}`]),
  ];
  const rows = history.map((firing) => [
    firing.scheduled_for ?? `${firing.fired_at} (asked for)`,
    outcomeOf(firing),
    firing.job_id ?? "",
    firing.note ?? "",
  ]);
  const past =
    rows.length === 0
      ? "It has not come due yet."
      : tableText(columnsOf("due", "outcome", "run", "note"), rows);
  return [...facts, "", past].join("\n");
}

export function timesText({ time_zone, next_runs }: SchedulePreview): string {
  return [`Next times (${time_zone}):`, ...next_runs.map((time) => `  ${time}`)].join("\n");
}

function outcomeOf({ state, drifted }: Firing): string {
  return drifted === null ? state : `${state}, ${drifted} drifted`;
}

function pairOf({ source_catalog, destination_catalog, targets }: Schedule): string {
  const where = targets.length === 0 ? "" : ` on ${targets.join(", ")}`;
  return `${source_catalog} → ${destination_catalog}${where}`;
}

function columnsOf(...names: readonly string[]) {
  return names.map((name) => ({ name, typeText: "STRING", typeName: "STRING" }));
}
