import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints } from "../options.ts";
import { connectionsCommand } from "./connections.ts";
import { notificationsCommand } from "./notifications.ts";
import { tokensCommand } from "./tokens.ts";
import type { ValidateOptions } from "./run.ts";

export const configCommand: CommandMaker = (surroundings, finish) => {
  const init = new Command("init")
    .description("Write a configuration file to begin with")
    .argument("[file]", "where", "clxs.yaml")
    .option("--force", "replace the file when it is there");
  example(init, "clxs config init");
  init.action(async (file: string, options: { readonly force?: boolean }) => {
    const { initConfig } = await import("./run.ts");
    finish(await initConfig(file, options, surroundings));
  });

  const validate = new Command("validate")
    .description("Check a configuration file; what is wrong is named with its line and column")
    .argument("[file]", "which", "clxs.yaml");
  prints(validate, ["human", "json"]);
  example(validate, "clxs config validate nightly.yaml");
  validate.action(async (file: string, options: ValidateOptions) => {
    const { validateConfig } = await import("./run.ts");
    finish(await validateConfig(file, options, surroundings));
  });

  const schema = new Command("schema").description(
    "Print the JSON schema of the configuration file, for editors",
  );
  example(schema, "clxs config schema > clxs.schema.json");
  schema.action(async () => {
    const { printSchema } = await import("./run.ts");
    finish(printSchema(surroundings));
  });

  return new Command("config")
    .description(
      "The configuration file (keys of clones, profiles of them, settings), saved connections to other workspaces, where news goes, and tokens of the server",
    )
    .addCommand(init)
    .addCommand(validate)
    .addCommand(schema)
    .addCommand(connectionsCommand(surroundings, finish))
    .addCommand(notificationsCommand(surroundings, finish))
    .addCommand(tokensCommand(surroundings, finish));
};
