import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, list, prints } from "../options.ts";
import type { ReleaseCheckOptions } from "./run.ts";

export const releaseCheckCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("release-check")
    .description("Judge every criterion of the release runbook: pass, fail, not verified or pending")
    .option("--only <sections>", "only these sections of the runbook, separated by commas", list)
    .option("--allow-unverified <criteria>", "criteria that need not be verified, separated by commas", list);
  prints(command, ["human", "json"]);
  example(command, "clxs release-check", "clxs release-check --only 2.1,2.2,2.3,2.4,3");
  return command.action(async (options: ReleaseCheckOptions) => {
    const { releaseCheck } = await import("./run.ts");
    finish(await releaseCheck(options, surroundings));
  });
};
