import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { connects, example, prints } from "../options.ts";
import { cloneFlags } from "./flags.ts";
import type { CloneOptions } from "./run.ts";

export const cloneCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("clone").description(
    "Clone a catalog: its schemas, tables, views, functions and volumes",
  );
  cloneFlags(command)
    .option("--dry-run", "plan, and change nothing")
    .option("--report <file>", "write the summary into a file: JSON, or by its extension .md or .html");
  prints(connects(command), ["human", "json", "ndjson"]);
  example(
    command,
    "clxs clone --source demo_quick --dest demo_copy",
    "clxs clone --source demo_quick --dest demo_copy --load-type SELECTIVE --output json",
    "clxs clone --config nightly.yaml --dry-run",
    'clxs clone --source demo_quick --dest demo_some --where "bronze.events:id <= 100"',
    "clxs clone --source demo_quick --dest demo_then --as-of-timestamp 2026-01-31T12:00:00Z",
    "clxs clone --source demo_quick --dest demo_bare --schema-only",
    "clxs clone --source demo_quick --dest demo_copy --report clone.html",
    "clxs clone --source demo_quick --dest demo_copy --target name=target-1 --target name=target-2,dest=demo_eu",
  );
  return command.action(async (options: CloneOptions) => {
    const { clone } = await import("./run.ts");
    finish(await clone(options, surroundings));
  });
};
