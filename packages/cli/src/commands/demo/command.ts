import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints, wholeNumber } from "../options.ts";
import type { DemoOptions } from "./run.ts";

export const demoCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("demo")
    .description("Show a clone from beginning to end on the embedded workspace, checking each step")
    .option("--scale <n>", "size of the demo data", wholeNumber({ from: 1, to: 1000 }), 1)
    .option("--seed <n>", "seed of the demo data", wholeNumber({ from: 0, to: 2 ** 31 }), 7);
  command
    .option("--seed-only", "make the demo catalogs demo_quick and demo_secure, and stop")
    .option("--connected", "use the workspace that the environment names, instead of the embedded one")
    .option("--profile <name>", "use the workspace of a profile of ~/.databrickscfg");
  prints(command, ["human", "json"]);
  example(command, "clxs demo");
  return command.action(async (options: DemoOptions) => {
    const { demo } = await import("./run.ts");
    finish(await demo(options, surroundings));
  });
};
