import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import type { RunOptions } from "../../runs/shown-run.ts";
import { connects, example, prints } from "../options.ts";

export const resumeCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("resume").description(
    "Go on with a run whose process ended before the run did, under the same id",
  );
  command.argument("[id]", "the run; without it, the only one that can be gone on with");
  prints(connects(command), ["human", "json", "ndjson"]);
  example(command, "clxs resume", "clxs resume 7f3a9c21 --output json");
  return command.action(async (id: string | undefined, options: RunOptions) => {
    const { resume } = await import("./run.ts");
    finish(await resume(id, options, surroundings));
  });
};
