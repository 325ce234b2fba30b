import { Command, InvalidArgumentError } from "commander";
import type { CommandMaker } from "../../program.ts";
import { targetFlag } from "../../targets/target-flag.ts";
import { configured, connects, example, list, prints } from "../options.ts";
import type { EstimateOptions } from "./run.ts";

export const estimateCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("estimate")
    .description("Say what a clone weighs and costs, and what a selective one would copy")
    .requiredOption("--source <catalog>", "catalog to clone")
    .option("--dest <catalog>", "existing copy to compare with")
    .option(
      "--target <name=N,dest=D>",
      "the copy is in another workspace: a saved connection or a profile of ~/.databrickscfg",
      targetFlag,
    )
    .option("--include-schemas <names>", "only these schemas, separated by commas", list)
    .option("--exclude-schemas <names>", "not these schemas, separated by commas", list)
    .option("--storage-price <usd>", "dollars for a gigabyte and month", price);
  prints(configured(connects(command)), ["human", "json"]);
  example(
    command,
    "clxs estimate --source demo_quick",
    "clxs estimate --source demo_quick --dest demo_copy --output json",
    "clxs estimate --source demo_quick --target name=target-1,dest=demo_copy",
  );
  return command.action(async (options: EstimateOptions) => {
    const { estimate } = await import("./run.ts");
    finish(await estimate(options, surroundings));
  });
};

function price(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError("Give a price in dollars, such as 0.02.");
}
