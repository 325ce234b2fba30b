import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { configured, connects, example, prints, wholeNumber } from "../options.ts";
import type { ServeOptions } from "./run.ts";

export const serveCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("serve")
    .description("Serve the product's API and page until Ctrl-C")
    .option(
      "--port <port>",
      "port to listen on; 0 takes a free one",
      wholeNumber({ from: 0, to: 65535 }),
      8080,
    )
    .option(
      "--host <address>",
      "address to listen on; on another than this machine's own callers need a token",
      "127.0.0.1",
    )
    .addOption(
      new Option("--auth <kind>", "whether callers need a token; on loopback none is needed").choices([
        "token",
        "none",
      ]),
    )
    .option(
      "--allow-host <names...>",
      "names that callers may know the server by (default: any, when a token is needed)",
    )
    .option("--trust-proxy", "believe the one proxy before the server about callers' addresses and https")
    .option(
      "--max-parallel-runs <n>",
      "runs carried out at the same time; the rest waits in order",
      wholeNumber({ from: 1, to: 100 }),
      2,
    )
    .option(
      "--retry-runs <n>",
      "how often a run is begun again when nobody answered, after 30 seconds and then twice as long each time",
      wholeNumber({ from: 0, to: 5 }),
      0,
    )
    .option(
      "--keep-runs <days>",
      "how long runs that are over are kept, at most 10,000 of them; those that can be gone on with stay",
      wholeNumber({ from: 1, to: 36_500 }),
      90,
    )
    .option(
      "--require-review",
      "carry out only plans that somebody else than their maker approved; clones without a plan are not meant",
    )
    .addOption(
      new Option("--log-format <format>", "lines on standard error: for people, or one JSON object each")
        .choices(["text", "json"])
        .default("text"),
    )
    .addOption(
      new Option("--log-level <level>", "from which level on; debug has a line for each request")
        .choices(["debug", "info", "warn", "error"])
        .default("info"),
    )
    .option(
      "--public-url <address>",
      "where people open the page, for links in notifications: https://clone.example.com",
    )
    .option("--with-demo-data", "fill the embedded workspace with the demo catalogs when it is empty");
  prints(configured(connects(command)), ["human", "json"]);
  example(
    command,
    "clxs serve",
    "clxs serve --embedded --with-demo-data --port 8081",
    "clxs serve --max-parallel-runs 4 --log-format json 2>> clxs.log",
    "CLXS_TOKEN=… clxs serve --host 0.0.0.0 --allow-host clones.example.com",
    "clxs serve --auth token --trust-proxy --allow-host clones.example.com",
  );
  return command.action(async (options: ServeOptions) => {
    const { serve } = await import("./run.ts");
    finish(await serve(options, surroundings));
  });
};
