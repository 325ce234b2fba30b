import type { CloneRequestWire, NewSchedule } from "@clone-xs/server/contract";
import { requestFlags } from "./clone.ts";
import type { Means } from "./equivalents.ts";
import { command, flag, listFlag } from "./shell.ts";
import { yamlOf } from "./yaml.ts";

/** The name under which a schedule's YAML is said to be kept. */
const SCHEDULE_FILE = "schedule.yaml";

/** Saves a schedule. */
export function addingSchedule(schedule: NewSchedule): Means {
  return {
    ...written("add", schedule, schedule.name),
    call: { method: "POST", path: "/api/schedules", body: schedule },
  };
}

/** Puts a schedule in the place of the one of that id. */
export function changingSchedule(id: string, name: string, schedule: NewSchedule): Means {
  return {
    ...written("change", schedule, name),
    call: { method: "PUT", path: at(id), body: schedule },
  };
}

export function pausingSchedule(id: string, name: string): Means {
  return switching("pause", id, name);
}

export function resumingSchedule(id: string, name: string): Means {
  return switching("resume", id, name);
}

/** Starts a run of it now. */
export function runningSchedule(id: string, name: string): Means {
  return {
    cli: command("clxs schedules run-now", [], name),
    call: { method: "POST", path: at(id, "/run") },
  };
}

export function removingSchedule(id: string, name: string): Means {
  return {
    cli: command("clxs schedules remove", [], name),
    call: { method: "DELETE", path: at(id) },
  };
}

function switching(verb: "pause" | "resume", id: string, name: string): Means {
  return {
    cli: command(`clxs schedules ${verb}`, [], name),
    call: { method: "PATCH", path: at(id), body: { enabled: verb === "resume" } },
  };
}

const at = (id: string, rest = "") => `/api/schedules/${encodeURIComponent(id)}${rest}`;

function written(verb: "add" | "change", schedule: NewSchedule, name: string): Pick<Means, "cli" | "yaml"> {
  const read = command(`clxs schedules ${verb}`, [flag("--file", SCHEDULE_FILE)], name);
  const asked = flagsOf(schedule);
  const cli =
    asked === undefined || (verb === "change" && schedule.name !== name)
      ? `# Flags cannot say all of this schedule: keep the YAML as ${SCHEDULE_FILE}.\n${read}`
      : command(`clxs schedules ${verb}`, asked, name);
  return { cli, yaml: { text: yamlOf(schedule), file: SCHEDULE_FILE, command: read } };
}

/** In the order in which the command's help lists them; undefined where they cannot say it all. */
function flagsOf(schedule: NewSchedule): readonly string[] | undefined {
  const { cron, time_zone, kind, retries, overlap, missed, notify, enabled } = schedule;
  // What the API takes as a request has the keys of one.
  const request = requestFlags(schedule.request as CloneRequestWire);
  if (request === undefined) return undefined;
  return [
    flag("--cron", cron),
    ...(time_zone === undefined ? [] : [flag("--time-zone", time_zone)]),
    ...(kind === undefined || kind === "clone" ? [] : [flag("--kind", kind)]),
    ...(retries === undefined
      ? []
      : [flag("--retries", retries.max), flag("--backoff", retries.backoff_seconds)]),
    ...(overlap === undefined ? [] : [flag("--overlap", overlap)]),
    ...(missed === undefined ? [] : [flag("--missed", missed)]),
    ...listFlag("--notify", notify?.channels),
    ...(notify === undefined || notify.channels.length === 0 ? [] : listFlag("--notify-on", notify.events)),
    ...(enabled === false ? ["--paused"] : []),
    ...request,
  ];
}
