import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { connects, example, prints } from "../options.ts";
import type { RollbackCommandOptions } from "./run.ts";

export const rollbackCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("rollback").description(
    "Undo a run: what it made is dropped, what it replaced is restored, with tags, grants, owners, masks and constraints",
  );
  command
    .argument("<id>", "the run")
    .option("--dry-run", "tell what would be undone, and change nothing")
    .option("--force", "undo also what was written to the copies since the run");
  prints(connects(command), ["human", "json"]);
  example(command, "clxs rollback 7f3a9c21 --dry-run", "clxs rollback 7f3a9c21");
  return command.action(async (id: string, options: RollbackCommandOptions) => {
    const { rollback } = await import("./run.ts");
    finish(await rollback(id, options, surroundings));
  });
};
