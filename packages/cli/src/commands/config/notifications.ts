import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, list, prints } from "../options.ts";
import type { AddChannelOptions, ChannelOptions } from "./notifications-run.ts";

/** `clxs config notifications`: where news of runs and streams goes. */
export const notificationsCommand: CommandMaker = (surroundings, finish) => {
  const listed = new Command("list").description("Notification channels, without their addresses");
  prints(listed, ["human", "json"]);
  example(listed, "clxs config notifications list --output json");
  listed.action(async (options: ChannelOptions) => {
    const { listChannels } = await import("./notifications-run.ts");
    finish(await listChannels(options, surroundings));
  });

  const add = new Command("add")
    .description(
      "Save a notification channel. Its address is read from standard input, or from the environment variable that --url-env names",
    )
    .argument("<name>", "how schedules call it")
    .addOption(
      new Option("--kind <kind>", "a webhook gets JSON, Slack a message")
        .choices(["webhook", "slack"])
        .default("webhook"),
    )
    .option("--url-env <variable>", "environment variable that holds its address")
    .option("--secret-env <variable>", "environment variable that holds what signs the messages of a webhook")
    .option(
      "--events <names>",
      "of what it is told: run_failed, run_completed, run_cancelled, drift_found, stream_failed, schedule_missed",
      list,
    );
  example(
    add,
    "clxs config notifications add ops --kind slack < address.txt",
    "clxs config notifications add pager --url-env PAGER_URL --secret-env PAGER_SECRET --events run_failed,stream_failed",
  );
  add.action(async (name: string, options: AddChannelOptions) => {
    const { addChannel } = await import("./notifications-run.ts");
    finish(await addChannel(name, options, surroundings));
  });

  const remove = new Command("remove")
    .description("Delete a notification channel with what is on its way to it")
    .argument("<name>", "which");
  example(remove, "clxs config notifications remove ops");
  remove.action(async (name: string) => {
    const { removeChannel } = await import("./notifications-run.ts");
    finish(await removeChannel(name, surroundings));
  });

  const test = new Command("test")
    .description("Send a test, once. Exit code 4 when it does not arrive")
    .argument("<name>", "which");
  prints(test, ["human", "json"]);
  example(test, "clxs config notifications test ops");
  test.action(async (name: string, options: ChannelOptions) => {
    const { testChannel } = await import("./notifications-run.ts");
    finish(await testChannel(name, options, surroundings));
  });

  return new Command("notifications")
    .description("Webhooks and Slack channels that are told of runs and streams, their addresses sealed")
    .addCommand(listed, { isDefault: true })
    .addCommand(add)
    .addCommand(remove)
    .addCommand(test);
};
