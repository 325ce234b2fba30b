import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import type { RunOptions } from "../../runs/shown-run.ts";
import { configured, connects, example, prints } from "../options.ts";

export const applyCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("apply").description("Carry out a plan that clxs plan --out wrote");
  command.argument("<file>", "the plan");
  prints(configured(connects(command)), ["human", "json", "ndjson"]);
  example(command, "clxs plan --source demo_quick --dest demo_copy --out plan.json", "clxs apply plan.json");
  return command.action(async (file: string, options: RunOptions) => {
    const { apply } = await import("./run.ts");
    finish(await apply(file, options, surroundings));
  });
};
