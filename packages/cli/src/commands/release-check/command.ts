import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { example, list, prints, wholeNumber } from "../options.ts";
import type { ReleaseCheckOptions } from "./run.ts";

export const releaseCheckCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("release-check")
    .description("Judge every criterion of the release runbook: pass, fail or not verified")
    .option("--only <sections>", "only these sections of the runbook, separated by commas", list)
    .option(
      "--allow-unverified <criteria>",
      "criteria or sections that need not be verified, separated by commas",
      list,
    )
    .option(
      "--trigger-ms <milliseconds>",
      "how often a stream looks at its source; the runbook's own is 30000",
      wholeNumber({ from: 100, to: 600_000 }),
      1000,
    )
    .option(
      "--soak <duration>",
      "run a stream for that long as well, such as 24h: on a clock that is not waited for",
    )
    .option("--real-clock", "run it in real time; real workspaces always do")
    .option("--profile <name>", "run it on a real workspace: profile of ~/.databrickscfg with the source")
    .option("--target-profile <names>", "profiles of the targets, separated by commas (repeatable)", list)
    .option("--writer-profile <name>", "the source as somebody who may write to it and does not own it")
    .option("--external-location <url>", "an empty place where a table of Parquet files can be registered")
    .option("--report <file>", "write a report: .html, .md or .json by its extension (repeatable)", list);
  prints(command, ["human", "json"]);
  example(
    command,
    "clxs release-check --allow-unverified 1,5",
    "clxs release-check --only 2.1,2.2,2.3,2.4,3",
  );
  return command.action(async (options: ReleaseCheckOptions) => {
    const { releaseCheck } = await import("./run.ts");
    finish(await releaseCheck(options, surroundings));
  });
};
