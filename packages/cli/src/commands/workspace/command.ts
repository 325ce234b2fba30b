import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, keyValue, list, prints, wholeNumber } from "../options.ts";
import type { WorkspaceServeOptions } from "./serve.ts";

export const workspaceCommand: CommandMaker = (surroundings, finish) => {
  const serve = new Command("serve")
    .description("Serve the embedded workspace as a Databricks-compatible HTTP API until Ctrl-C")
    .option("--dir <directory>", "where the workspace is kept (default: .clxs/workspace, or under CLXS_HOME)")
    .option(
      "--port <port>",
      "port on 127.0.0.1; 0 takes a free one",
      wholeNumber({ from: 0, to: 65535 }),
      8090,
    )
    .option("--allow-path <directory>", "directory that SQL may touch (repeatable)", list)
    .option(
      "--map <prefix=directory>",
      "directory that stands for a URL prefix, e.g. s3://bucket=DIR (repeatable)",
      keyValue,
    )
    .addOption(
      new Option("--latency <model>", "how long statements and calls take, beside their work")
        .choices(["none", "realistic"])
        .default("none"),
    )
    .option("--chaos", "serve /api/clxs/chaos, where the owner asks for faults");
  prints(serve, ["human", "json"]);
  example(
    serve,
    "clxs workspace serve --port 8090",
    "clxs workspace serve --output json --port 0",
    "clxs workspace serve --latency realistic --chaos",
  );
  serve.action(async (options: WorkspaceServeOptions) => {
    const { serveWorkspace } = await import("./serve.ts");
    finish(await serveWorkspace(options, surroundings));
  });
  return new Command("workspace").description("The embedded workspace").addCommand(serve);
};
