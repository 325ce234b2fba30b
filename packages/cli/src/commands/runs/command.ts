import { Command, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, prints, wholeNumber } from "../options.ts";
import type { ListOptions, ShowOptions } from "./run.ts";

const STATES = ["queued", "running", "cancelling", "completed", "failed", "cancelled"];

export const runsCommand: CommandMaker = (surroundings, finish) => {
  const list = new Command("list")
    .description("Runs of the command line and the API, newest first")
    .option("--limit <n>", "how many", wholeNumber({ from: 1, to: 1000 }), 20)
    .addOption(new Option("--status <state>", "only runs in this state").choices(STATES))
    .option("--source <catalog>", "only runs from this catalog")
    .option("--dest <catalog>", "only runs into this catalog");
  prints(list, ["human", "json"]);
  example(list, "clxs runs list", "clxs runs list --status failed --output json");
  list.action(async (options: ListOptions) => {
    const { listRuns } = await import("./run.ts");
    finish(listRuns(options, surroundings));
  });

  const show = new Command("show").description("The summary of a run").argument("<id>", "id of the run");
  prints(show, ["human", "json"]);
  example(show, "clxs runs show 1a2b3c4d --output json");
  show.action(async (id: string, options: ShowOptions) => {
    const { showRun } = await import("./run.ts");
    finish(showRun(id, options, surroundings));
  });

  const logs = new Command("logs").description("Every log line of a run").argument("<id>", "id of the run");
  prints(logs, ["human", "json"]);
  example(logs, "clxs runs logs 1a2b3c4d");
  logs.action(async (id: string, options: ShowOptions) => {
    const { runLogs } = await import("./run.ts");
    finish(runLogs(id, options, surroundings));
  });

  const cancel = new Command("cancel")
    .description(
      "Cancel a run, whichever process carries it out, and wait for its end: exit 0 when it is cancelled, 1 when it ended otherwise, 3 when it was over",
    )
    .argument("<id>", "id of the run");
  prints(cancel, ["human", "json"]);
  example(cancel, "clxs runs cancel 1a2b3c4d");
  cancel.action(async (id: string, options: ShowOptions) => {
    const { cancelRun } = await import("./cancel.ts");
    finish(await cancelRun(id, options, surroundings));
  });

  const runs = new Command("runs").description("Runs that were, and those under way");
  example(runs, "clxs runs", "clxs runs show 1a2b3c4d");
  return runs.addCommand(list, { isDefault: true }).addCommand(show).addCommand(logs).addCommand(cancel);
};
