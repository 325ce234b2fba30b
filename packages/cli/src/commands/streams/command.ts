import { Command, InvalidArgumentError, Option } from "commander";
import type { CommandMaker } from "../../program.ts";
import { configured, connects, example, list, prints, wholeNumber } from "../options.ts";
import type { StreamFlags } from "./flags.ts";
import type { StreamListOptions, StreamOptions } from "./run.ts";

export const streamsCommand: CommandMaker = (surroundings, finish) => {
  const plan = asked(new Command("plan")).description(
    "Say what a stream would do and cost, and what stands in its way",
  );
  example(plan, "clxs streams plan --source demo_quick --dest demo_live --schema bronze");
  plan.action(async (options: StreamFlags & StreamOptions) => {
    const run = await import("./run.ts");
    finish(await run.plan(options, surroundings));
  });

  const start = asked(new Command("start")).description(
    "Make first copies of tables and keep them in sync; a stream that runs already is found",
  );
  example(
    start,
    "clxs streams start --source demo_quick --dest demo_live --tables bronze.events",
    'clxs streams start --source demo_quick --dest demo_live --tables bronze.log --key "bronze.log:id,at"',
  );
  start.action(async (options: StreamFlags & StreamOptions) => {
    const run = await import("./run.ts");
    finish(await run.start(options, surroundings));
  });

  const listed = working(new Command("list"))
    .description("Streams of the workspace, found by its job runs")
    .option("--refresh", "also look how far each copy is");
  example(listed, "clxs streams list --refresh");
  listed.action(async (options: StreamListOptions) => {
    const run = await import("./run.ts");
    finish(await run.listStreams(options, surroundings));
  });

  const streams = new Command("streams").description("Tables that are kept in sync continuously");
  example(streams, "clxs streams", "clxs streams show sync-0a1b2c3d4e");
  streams.addCommand(listed, { isDefault: true }).addCommand(plan).addCommand(start);
  for (const [verb, description] of VERBS) {
    const command = working(new Command(verb)).description(description).argument("<id>", "id of the stream");
    example(command, `clxs streams ${verb} sync-0a1b2c3d4e`);
    command.action(async (id: string, options: StreamOptions) => {
      const run = await import("./run.ts");
      finish(await run[verb](id, options, surroundings));
    });
    streams.addCommand(command);
  }
  return streams;
};

const VERBS = [
  ["show", "How a stream is, and how far each copy"],
  ["stop", "End a stream and wait until it has ended; its copies stay"],
  ["restart", "End a stream's run and begin another"],
] as const;

/** What a stream is to do. */
function asked(command: Command): Command {
  return working(
    command
      .requiredOption("--source <catalog>", "catalog to read")
      .requiredOption("--dest <catalog>", "catalog of the copies; made when it is missing")
      .option("--tables <names>", "tables to keep in sync, as schema.table, separated by commas", list)
      .option("--schema <name>", "all tables of a schema, in place of --tables")
      .option(
        "--trigger-ms <n>",
        "milliseconds between two looks at the source",
        wholeNumber({ from: 100, to: 86_400_000 }),
      )
      .option(
        "--key <table:columns>",
        'what tells rows apart where there is no primary key, as "schema.table:a,b" (repeatable)',
        keyColumns,
      )
      .addOption(
        new Option("--without-change-feed <how>", "tables with a key whose changes are not recorded").choices(
          ["refuse", "clone"],
        ),
      )
      .addOption(
        new Option("--cluster <id>", "run on this cluster instead of serverless").conflicts(
          "environmentVersion",
        ),
      )
      .option("--environment-version <version>", "of serverless compute")
      .option("--max-retries <n>", "how often the run begins anew after it failed; -1: without end", retries),
  );
}

function working(command: Command): Command {
  return prints(configured(connects(command)), ["human", "json"]);
}

function keyColumns(
  text: string,
  previous: Readonly<Record<string, readonly string[]>> = {},
): Readonly<Record<string, readonly string[]>> {
  const at = text.indexOf(":");
  const columns = list(text.slice(at + 1));
  if (at < 1 || columns.length === 0)
    throw new InvalidArgumentError('Write it as "schema.table:column,column".');
  return { ...previous, [text.slice(0, at).trim()]: columns };
}

function retries(text: string): number {
  return text === "-1" ? -1 : wholeNumber({ from: 0, to: 1_000_000 })(text);
}
