import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints } from "../options.ts";
import { type ScheduleFlags, scheduleFlags } from "./flags.ts";
import type { NextOptions, ScheduleOptions } from "./run.ts";

/** `clxs schedules`: what starts by itself. Kept in the home; the servers that run there carry it out. */
export const schedulesCommand: CommandMaker = (surroundings, finish) => {
  const list = new Command("list").description(
    "Schedules by name, when each comes next, and how it went last",
  );
  prints(list, ["human", "json"]);
  example(list, "clxs schedules list --output json");
  list.action(async (options: ScheduleOptions) => {
    const { listSchedules } = await import("./run.ts");
    finish(await listSchedules(options, surroundings));
  });

  const add = scheduleFlags(
    new Command("add")
      .description("Save a schedule; the server that runs in this home starts its runs")
      .argument("[name]", "how to call it; with --file its name when absent"),
  );
  prints(add, ["human", "json"]);
  example(
    add,
    'clxs schedules add nightly --cron "0 2 * * *" --time-zone Europe/Berlin --source demo_quick --dest demo_copy --load-type SELECTIVE',
    'clxs schedules add drift --cron "*/30 * * * *" --kind drift_check --source demo_quick --dest demo_copy',
    'clxs schedules add nightly --cron "0 2 * * *" --config clone.yaml --retries 3 --backoff 300',
    "clxs schedules add --file schedule.yaml",
  );
  add.action(async (name: string | undefined, options: ScheduleFlags & ScheduleOptions) => {
    const { addSchedule } = await import("./run.ts");
    finish(await addSchedule(name, options, surroundings));
  });

  const change = scheduleFlags(
    new Command("change")
      .description("Change a schedule; what is not said stays")
      .argument("<name>", "which"),
  );
  prints(change, ["human", "json"]);
  example(
    change,
    'clxs schedules change nightly --cron "0 3 * * *"',
    "clxs schedules change nightly --file schedule.yaml",
  );
  change.action(async (name: string, options: ScheduleFlags & ScheduleOptions) => {
    const { changeSchedule } = await import("./run.ts");
    finish(await changeSchedule(name, options, surroundings));
  });

  const next = new Command("next")
    .description("The next times of a schedule, or of a cron text")
    .argument("[name]", "which")
    .option("--cron <text>", "in place of a schedule's")
    .option("--time-zone <zone>", "IANA name by which that is read (default: that of this machine)");
  prints(next, ["human", "json"]);
  example(
    next,
    "clxs schedules next nightly",
    'clxs schedules next --cron "0 2 * * 1-5" --time-zone Europe/Berlin',
  );
  next.action(async (name: string | undefined, options: NextOptions) => {
    const { nextTimes } = await import("./run.ts");
    finish(await nextTimes(name, options, surroundings));
  });

  const schedules = new Command("schedules").description(
    "Clones, drift checks and verifications that start by themselves",
  );
  example(schedules, "clxs schedules", "clxs schedules run-now nightly");
  schedules.addCommand(list, { isDefault: true }).addCommand(add).addCommand(change).addCommand(next);
  for (const [verb, description] of VERBS) {
    const command = new Command(verb).description(description).argument("<name>", "which");
    prints(command, ["human", "json"]);
    example(command, `clxs schedules ${verb} nightly`);
    command.action(async (name: string, options: ScheduleOptions) => {
      const { VERBS_OF_ONE } = await import("./run.ts");
      finish(await VERBS_OF_ONE[verb](name, options, surroundings));
    });
    schedules.addCommand(command);
  }
  return schedules;
};

const VERBS = [
  ["show", "One schedule, with what became of its last times"],
  ["pause", "Let it come no more until it is resumed"],
  ["resume", "Let it come again"],
  ["remove", "Delete it; its runs stay"],
  ["run-now", "Ask for a run now; the server that runs in this home begins it, or the next one that starts"],
] as const;
