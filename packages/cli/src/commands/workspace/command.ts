import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, keyValue, list, prints, wholeNumber } from "../options.ts";
import type { WorkspacePlaceOptions } from "./keep.ts";
import type { WorkspaceServeOptions } from "./serve.ts";

const PLACE = "where the workspace is kept (default: .clxs/workspace, or under CLXS_HOME)";

export const workspaceCommand: CommandMaker = (surroundings, finish) => {
  const serve = new Command("serve")
    .description("Serve the embedded workspace as a Databricks-compatible HTTP API until Ctrl-C")
    .option("--dir <directory>", PLACE)
    .option(
      "--port <port>",
      "port on 127.0.0.1; 0 takes a free one",
      wholeNumber({ from: 0, to: 65535 }),
      8090,
    )
    .option(
      "--workspaces <n>",
      "workspaces to serve, each in a metastore of its own: the others in <directory>-2, -3 … and on the next ports",
      wholeNumber({ from: 1, to: 16 }),
      1,
    )
    .option(
      "--metastores <n>",
      "fewer metastores than workspaces: the last workspaces share the last one",
      wholeNumber({ from: 1, to: 16 }),
    )
    .option("--allow-path <directory>", "directory that SQL may touch (repeatable)", list)
    .option(
      "--map <prefix=directory>",
      "directory that stands for a URL prefix, e.g. s3://bucket=DIR (repeatable)",
      keyValue,
    )
    .addOption(
      new Option("--latency <model>", "how long statements and calls take, beside their work")
        .choices(["none", "brisk", "realistic"])
        .default("none"),
    )
    .option("--chaos", "serve /api/clxs/chaos, where the owner asks for faults");
  prints(serve, ["human", "json"]);
  example(
    serve,
    "clxs workspace serve --port 8090",
    "clxs workspace serve --output json --port 0",
    "clxs workspace serve --workspaces 3",
    "clxs workspace serve --latency realistic --chaos",
  );
  serve.action(async (options: WorkspaceServeOptions) => {
    const { serveWorkspace } = await import("./serve.ts");
    finish(await serveWorkspace(options, surroundings));
  });
  const workspace = new Command("workspace").description("The embedded workspace").addCommand(serve);
  for (const command of keepingCommands(surroundings, finish)) workspace.addCommand(command);
  return workspace;
};

function keepingCommands(...[surroundings, finish]: Parameters<CommandMaker>): readonly Command[] {
  const snapshot = placed(new Command("snapshot"))
    .description("Write the whole workspace into one file; nobody may have it open")
    .argument("<file>", "the file to write, replaced when it is there");
  example(snapshot, "clxs workspace snapshot before-the-release.tar.gz");
  snapshot.action(async (file: string, options: WorkspacePlaceOptions) => {
    const keep = await import("./keep.ts");
    finish(await keep.snapshot(file, options, surroundings));
  });

  const restore = placed(new Command("restore"))
    .description("Make the workspace what it was when a snapshot was taken")
    .argument("<file>", "what `snapshot` wrote")
    .option("--yes", "replace the workspace that is there");
  example(restore, "clxs workspace restore before-the-release.tar.gz --yes");
  restore.action(async (file: string, options: WorkspacePlaceOptions) => {
    const keep = await import("./keep.ts");
    finish(await keep.restore(file, options, surroundings));
  });

  const reset = placed(new Command("reset"))
    .description("Delete the workspace with everything in it")
    .option("--yes", "really");
  example(reset, "clxs workspace reset --yes");
  reset.action(async (options: WorkspacePlaceOptions) => {
    const keep = await import("./keep.ts");
    finish(await keep.reset(options, surroundings));
  });
  return [snapshot, restore, reset];
}

function placed(command: Command): Command {
  return command.option("--dir <directory>", PLACE);
}
