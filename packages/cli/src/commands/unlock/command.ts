import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { configured, connects, example, prints } from "../options.ts";
import type { UnlockOptions } from "./run.ts";

export const unlockCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("unlock")
    .description("Release what dead runs left behind: revoked grants of a quiesced source, and leases")
    .addOption(new Option("--run <id>", "only this run, also when it seems to be alive").conflicts("all"))
    .option("--all", "every run, also those that seem to be alive: they stop at their next step")
    .option("--dry-run", "only show what is held, and what would be released");
  prints(configured(connects(command)), ["human", "json"]);
  example(command, "clxs unlock", "clxs unlock --run 1a2b3c4d", "clxs unlock --dry-run --output json");
  return command.action(async (options: UnlockOptions) => {
    const { unlockRuns } = await import("./run.ts");
    finish(await unlockRuns(options, surroundings));
  });
};
