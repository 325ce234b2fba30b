import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { cloneFlags } from "../clone/flags.ts";
import { connects, example, prints } from "../options.ts";
import type { PlanOptions } from "./run.ts";

export const planCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("plan").description("Show what a clone would do, and why, without doing it");
  cloneFlags(command).option("--out <file>", "write the plan into a file too, for clxs apply");
  prints(connects(command), ["human", "json"]);
  example(
    command,
    "clxs plan --source demo_quick --dest demo_copy --load-type SELECTIVE",
    "clxs plan --source demo_quick --dest demo_copy --out plan.json",
  );
  return command.action(async (options: PlanOptions) => {
    const { plan } = await import("./run.ts");
    finish(await plan(options, surroundings));
  });
};
