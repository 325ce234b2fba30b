import { type Command, Option } from "commander";
import { type CloneFlags, cloneFlags } from "../clone/flags.ts";
import { list, wholeNumber } from "../options.ts";

/** The flags of `schedules add` and `change`, as commander hands them over. */
export interface ScheduleFlags extends CloneFlags {
  readonly file?: string;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly kind?: string;
  readonly retries?: number;
  readonly backoff?: number;
  readonly overlap?: string;
  readonly missed?: string;
  readonly notify?: readonly string[];
  readonly notifyOn?: readonly string[];
  readonly paused?: boolean;
}

/** Declares what a schedule can be asked for; what it clones has the flags of `clxs clone`. */
export function scheduleFlags(command: Command): Command {
  command
    .option("--file <file>", "a whole schedule as YAML or JSON, of which flags have the last word")
    .option(
      "--cron <text>",
      'when: minute, hour, day of month, month, day of week ("0 2 * * *": every day at 02:00)',
    )
    .option("--time-zone <zone>", "IANA name by which that is read (default: that of this machine)")
    .addOption(
      new Option("--kind <kind>", "clone, or only look how far the copy has drifted, or compare it").choices([
        "clone",
        "drift_check",
        "verify",
      ]),
    )
    .option(
      "--retries <n>",
      "how often a run that failed for a passing reason is gone on with",
      wholeNumber({ from: 0, to: 5 }),
    )
    .option(
      "--backoff <seconds>",
      "before the first of them; twice as long before each next",
      wholeNumber({ from: 1, to: 86_400 }),
    )
    .addOption(
      new Option("--overlap <what>", "when its time comes while an earlier run is not over").choices([
        "skip",
        "queue",
      ]),
    )
    .addOption(
      new Option("--missed <what>", "times that passed while no server ran").choices(["run_once", "skip"]),
    )
    .option("--notify <channels>", "notification channels that are told, separated by commas", list)
    .option(
      "--notify-on <events>",
      "of what: run_failed, run_completed, run_cancelled, drift_found, schedule_missed",
      list,
    )
    .option("--paused", "it comes only after clxs schedules resume");
  return cloneFlags(command);
}

/** Flags to the keys of the API's schedule, but its request; what was not typed is absent. */
export function scheduleWire(flags: ScheduleFlags): Readonly<Record<string, unknown>> {
  const keys = {
    cron: flags.cron,
    time_zone: flags.timeZone,
    kind: flags.kind,
    overlap: flags.overlap,
    missed: flags.missed,
    enabled: flags.paused === true ? false : undefined,
  };
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
}
