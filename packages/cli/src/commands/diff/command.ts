import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { connects, example, prints } from "../options.ts";
import type { DiffOptions } from "./run.ts";

export const diffCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("diff")
    .description(
      "Compare two catalogs: objects, columns, properties, tags and grants. Exit code 1 when they differ",
    )
    .requiredOption("--source <catalog>", "catalog to compare with")
    .requiredOption("--dest <catalog>", "catalog to compare");
  prints(connects(command), ["human", "json"]);
  example(command, "clxs diff --source demo_quick --dest demo_copy");
  return command.action(async (options: DiffOptions) => {
    const { diff } = await import("./run.ts");
    finish(await diff(options, surroundings));
  });
};
