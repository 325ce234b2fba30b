import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { targetFlag } from "../../targets/target-flag.ts";
import { connects, example, list, prints } from "../options.ts";
import type { DiffOptions } from "./run.ts";

export const diffCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("diff")
    .description(
      "Compare two catalogs: objects, columns, properties, tags and grants. Exit code 1 when they differ",
    )
    .requiredOption("--source <catalog>", "catalog to compare with")
    .option("--dest <catalog>", "catalog to compare")
    .option(
      "--target <name=N,dest=D>",
      "the catalog to compare is in another workspace: a saved connection or a profile of ~/.databrickscfg",
      targetFlag,
    )
    .option("--include-schemas <names>", "only these schemas, separated by commas", list)
    .option("--exclude-schemas <names>", "not these schemas, separated by commas", list);
  prints(connects(command), ["human", "json"]);
  example(
    command,
    "clxs diff --source demo_quick --dest demo_copy",
    "clxs diff --source demo_quick --dest demo_copy --include-schemas silver,gold",
    "clxs diff --source demo_quick --target name=target-1,dest=demo_copy",
  );
  return command.action(async (options: DiffOptions) => {
    const { diff } = await import("./run.ts");
    finish(await diff(options, surroundings));
  });
};
