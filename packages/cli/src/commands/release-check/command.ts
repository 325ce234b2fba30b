import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints } from "../options.ts";
import type { ReleaseCheckOptions } from "./run.ts";

export const releaseCheckCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("release-check").description(
    "Judge every criterion of the release runbook: pass, fail or pending",
  );
  prints(command, ["human", "json"]);
  example(command, "clxs release-check");
  return command.action(async (options: ReleaseCheckOptions) => {
    const { releaseCheck } = await import("./run.ts");
    finish(await releaseCheck(options, surroundings));
  });
};
