import { Command } from "commander";
import type { CommandMaker } from "../../program.ts";
import { connects, example, prints } from "../options.ts";
import type { SqlOptions } from "./run.ts";

export const sqlCommand: CommandMaker = (surroundings, finish) => {
  const command = new Command("sql")
    .description("Run SQL on the connected workspace: from the argument, a file, or standard input")
    .argument("[statement]", "what to run; several are separated by semicolons")
    .option("-f, --file <file>", "read the statements from a file")
    .option("--catalog <name>", "catalog of unqualified names")
    .option("--schema <name>", "schema of unqualified names");
  prints(connects(command), ["table", "json", "csv"]);
  example(
    command,
    'clxs sql "SELECT count(*) FROM demo_copy.bronze.events"',
    "clxs sql -f setup.sql --output json",
  );
  return command.action(async (statement: string | undefined, options: SqlOptions) => {
    const { sql } = await import("./run.ts");
    finish(await sql(statement, options, surroundings));
  });
};
