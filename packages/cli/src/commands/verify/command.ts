import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { connects, example, prints } from "../options.ts";
import { verifyFlags } from "./flags.ts";
import type { VerifyCommandOptions } from "./run.ts";

export const verifyCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("verify").description(
    "Prove that a copy is one: compare each clone with its source at the version that was cloned, by row count and an order-free hash of all rows, with columns, comments, properties, definitions and files. Reads every row of both. Exit code 1 when something differs",
  );
  verifyFlags(command).option("--content", "read the files of volumes too, and compare their bytes");
  prints(connects(command), ["human", "json"]);
  example(
    command,
    "clxs verify --source demo_quick --dest demo_copy",
    "clxs verify --source demo_quick --dest demo_copy --governance --content --output json",
    "clxs verify --source demo_quick --dest demo_copy --subset 1/7",
  );
  return command.action(async (options: VerifyCommandOptions) => {
    const { verify } = await import("./run.ts");
    finish(await verify({ ...options, rows: "hash" }, surroundings));
  });
};

export const validateCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("validate").description(
    "The quick form of verify: compares numbers of rows, and not their values. Exit code 1 when something differs",
  );
  prints(connects(verifyFlags(command)), ["human", "json"]);
  example(command, "clxs validate --source demo_quick --dest demo_copy");
  return command.action(async (options: VerifyCommandOptions) => {
    const { verify } = await import("./run.ts");
    finish(await verify({ ...options, rows: "count" }, surroundings));
  });
};
