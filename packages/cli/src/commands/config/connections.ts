import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints } from "../options.ts";
import type { AddOptions, ListOptions } from "./connections-run.ts";

/** `clxs config connections`: workspaces to clone to, kept with their credentials for command line, API and page. */
export const connectionsCommand: CommandMaker = (surroundings, finish) => {
  const list = new Command("list").description("Saved connections, without their credentials");
  prints(list, ["human", "json"]);
  example(list, "clxs config connections list --output json");
  list.action(async (options: ListOptions) => {
    const { listConnections } = await import("./connections-run.ts");
    finish(await listConnections(options, surroundings));
  });

  const add = new Command("add")
    .description(
      "Save a connection to a workspace. Its secret is read from standard input, or from the environment variable that --secret-env names",
    )
    .argument("<name>", "how targets call it")
    .option("--host <address>", "https://my-workspace.cloud.databricks.com; of a profile it may be left out")
    .option("--warehouse-id <id>", "SQL warehouse there (default: the first usable one)")
    .option("--dest <catalog>", "where clones to it go, when they do not say")
    .addOption(
      new Option(
        "--client-id <id>",
        "sign in as this service principal; the secret is that of the client",
      ).conflicts("fromProfile"),
    )
    .option(
      "--from-profile <name>",
      "sign in as this profile of ~/.databrickscfg says; nothing secret is kept",
    )
    .option("--secret-env <variable>", "environment variable that holds the token or the client's secret")
    .option("--replace", "put it in the place of the connection of that name");
  example(
    add,
    "clxs config connections add prod-eu --host https://eu.cloud.databricks.com --dest copies < token.txt",
    "clxs config connections add prod-us --host https://us.cloud.databricks.com --client-id 0a1b --secret-env US_SECRET",
    "clxs config connections add staging --from-profile STAGING",
  );
  add.action(async (name: string, options: AddOptions) => {
    const { addConnection } = await import("./connections-run.ts");
    finish(await addConnection(name, options, surroundings));
  });

  const remove = new Command("remove")
    .description("Delete a saved connection with its credentials")
    .argument("<name>", "which");
  example(remove, "clxs config connections remove prod-eu");
  remove.action(async (name: string) => {
    const { removeConnection } = await import("./connections-run.ts");
    finish(await removeConnection(name, surroundings));
  });

  const test = new Command("test")
    .description("Try a saved connection: sign in, metastore, warehouse. Exit code 4 when it does not work")
    .argument("<name>", "which");
  prints(test, ["human", "json"]);
  example(test, "clxs config connections test prod-eu");
  test.action(async (name: string, options: ListOptions) => {
    const { testConnection } = await import("./connections-run.ts");
    finish(await testConnection(name, options, surroundings));
  });

  return new Command("connections")
    .description("Workspaces to clone to, saved under names with their credentials sealed")
    .addCommand(list, { isDefault: true })
    .addCommand(add)
    .addCommand(remove)
    .addCommand(test);
};
