import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { cloneFlags } from "../clone/flags.ts";
import { connects, example, prints } from "../options.ts";
import type { PreflightOptions } from "./run.ts";

export const preflightCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("preflight").description(
    "Look whether a clone can be expected to succeed, and print the GRANTs that are missing. Exit code 3 when something blocks",
  );
  prints(connects(cloneFlags(command)), ["human", "json"]);
  example(command, "clxs preflight --source demo_quick --dest demo_copy --quiesce-source");
  return command.action(async (options: PreflightOptions) => {
    const { preflight } = await import("./run.ts");
    finish(await preflight(options, surroundings));
  });
};
