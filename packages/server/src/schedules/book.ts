import { randomUUID } from "node:crypto";
import {
  type NewSchedule,
  newSchedule,
  type Schedule,
  type ScheduleChange,
  type ScheduleDetail,
  type SchedulePreview,
  type Schedules,
} from "../contract/index.ts";
import { ServerError } from "../errors.ts";
import { invalidRequest, readAs } from "../validation.ts";
import type { ScheduleSpec, StoredFiring, StoredSchedule } from "./schedule.ts";
import { readSpec, type SpecOptions } from "./spec.ts";
import type { ScheduleStore } from "./store.ts";
import { rhythmProblems, timeAfter, timesAfter } from "./times.ts";
import { toBody, toDetail, toSchedule } from "./views.ts";

/** Schedules as API and command line change them. What is changed here is carried out by whatever server runs on the same home. */
export interface ScheduleBook {
  list(): Schedules;
  /** By id or name. Throws NOT_FOUND. */
  get(key: string): ScheduleDetail;
  /** Throws INVALID_REQUEST and ALREADY_EXISTS. */
  add(body: NewSchedule): Promise<Schedule>;
  /** Throws NOT_FOUND, INVALID_REQUEST and ALREADY_EXISTS. */
  replace(key: string, body: NewSchedule): Promise<Schedule>;
  /** As `replace`; what is not given stays. */
  change(key: string, change: ScheduleChange): Promise<Schedule>;
  /** Its runs stay. Throws NOT_FOUND. */
  remove(key: string): Schedule;
  /** Asks for a run now, which a server begins. Throws NOT_FOUND. */
  runNow(key: string): StoredFiring;
  /** The next times of a rhythm. Throws INVALID_REQUEST. */
  preview(rhythm: { readonly cron: string; readonly time_zone?: string | undefined }): SchedulePreview;
}

export interface ScheduleBookOptions extends Pick<SpecOptions, "targetBook" | "timeZone"> {
  readonly store: ScheduleStore;
  readonly channels: () => readonly string[];
  /** An id that no run has. */
  readonly newRunId: () => string;
  readonly now: () => number;
}

const PREVIEWED = 5;
const RECENT = 10;
const HISTORY = 50;

export function scheduleBook(options: ScheduleBookOptions): ScheduleBook {
  const { store, timeZone, now } = options;
  const read = (body: NewSchedule) =>
    readSpec(body, { targetBook: options.targetBook, channels: options.channels(), timeZone, now: now() });
  const known = (key: string): StoredSchedule => {
    const found = store.get(key) ?? store.byName(key);
    if (found === undefined) throw new ServerError("NOT_FOUND", `There is no schedule ${key}.`);
    return found;
  };
  const nextRuns = (schedule: StoredSchedule) =>
    schedule.enabled && schedule.nextRunAt !== null
      ? [schedule.nextRunAt, ...timesAfter(schedule, schedule.nextRunAt, PREVIEWED - 1)]
      : [];
  const shown = (schedule: StoredSchedule) =>
    toSchedule(schedule, nextRuns(schedule), store.firings(schedule.id, RECENT));
  const put = async (before: StoredSchedule, body: NewSchedule): Promise<Schedule> => {
    const spec = await read(body);
    const enabled = body.enabled ?? true;
    const after = { ...before, ...spec, enabled, updatedAt: now() };
    store.replace({ ...after, nextRunAt: nextOf(before, after, now()) });
    return shown(known(before.id));
  };
  return {
    list: () => ({ schedules: store.list().map(shown), time_zone: timeZone }),
    get(key) {
      const schedule = known(key);
      return toDetail(schedule, nextRuns(schedule), store.firings(schedule.id, HISTORY), RECENT);
    },
    async add(body) {
      const spec = await read(body);
      const at = now();
      const { enabled = true } = body;
      const schedule = { ...spec, id: idOf(), enabled, createdAt: at, updatedAt: at };
      store.add({ ...schedule, nextRunAt: enabled ? timeAfter(spec, at) : null });
      return shown(known(schedule.id));
    },
    replace: async (key, body) => put(known(key), body),
    async change(key, change) {
      const before = known(key);
      return put(before, readAs(newSchedule, { ...toBody(before), ...change }));
    },
    remove(key) {
      const schedule = known(key);
      const last = shown(schedule);
      store.remove(schedule.id);
      return last;
    },
    runNow: (key) => store.fireNow(known(key).id, { at: now(), runId: options.newRunId() }),
    preview({ cron, time_zone: zone = timeZone }) {
      const rhythm = { cron, timeZone: zone };
      const problems = rhythmProblems(rhythm, now());
      if (problems.length > 0) throw invalidRequest(problems);
      return {
        time_zone: zone,
        next_runs: timesAfter(rhythm, now(), PREVIEWED).map((at) => new Date(at).toISOString()),
      };
    },
  };
}

/** A change of anything but the rhythm leaves the next time as it is, also when that is due and nobody has looked yet. */
function nextOf(before: StoredSchedule, after: ScheduleSpec & { readonly enabled: boolean }, now: number) {
  if (!after.enabled) return null;
  const same = before.cron === after.cron && before.timeZone === after.timeZone;
  return same && before.enabled ? before.nextRunAt : timeAfter(after, now);
}

/** Eight letters and digits: part of addresses, never a name. */
function idOf(): string {
  return randomUUID().slice(0, 8);
}
