import { Command, CommanderError } from "commander";
import { cloneCommand } from "./commands/clone/command.ts";
import { demoCommand } from "./commands/demo/command.ts";
import { diffCommand } from "./commands/diff/command.ts";
import { planCommand } from "./commands/plan/command.ts";
import { releaseCheckCommand } from "./commands/release-check/command.ts";
import { serveCommand } from "./commands/serve/command.ts";
import { sqlCommand } from "./commands/sql/command.ts";
import { workspaceCommand } from "./commands/workspace/command.ts";
import { ExitCode } from "./exit-codes.ts";
import { type Surroundings, tell } from "./surroundings.ts";

/** Makes one verb. Definitions are light; what carries a command out is imported when it runs. */
export type CommandMaker = (surroundings: Surroundings, finish: (code: ExitCode) => void) => Command;

const commands: readonly CommandMaker[] = [
  cloneCommand,
  planCommand,
  diffCommand,
  sqlCommand,
  workspaceCommand,
  serveCommand,
  demoCommand,
  releaseCheckCommand,
];

const VERSION = "0.1.0";

/** Runs one command line and gives its exit code. Errors become one clear message on standard error; never throws. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = ExitCode.done;
  const program = buildProgram(surroundings, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    const { explain } = await import("./errors.ts");
    const explained = explain(error, { interrupted: surroundings.interrupted.aborted });
    tell(surroundings, explained.message);
    if (argv.includes("--verbose") && error instanceof Error) tell(surroundings, error.stack ?? "");
    return explained.exitCode;
  }
}

function buildProgram(surroundings: Surroundings, finish: (code: ExitCode) => void): Command {
  const program = new Command("clxs")
    .description(
      "Clone, compare and query Unity Catalog catalogs, on Databricks or on the embedded workspace.",
    )
    .version(VERSION, "-V, --version")
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      "\nStart with:\n  clxs demo\n  clxs clone --source demo_quick --dest demo_copy\n\nclxs <command> --help shows its options with an example.",
    );
  for (const make of commands) program.addCommand(make(surroundings, finish));
  for (const command of everyCommand(program)) prepare(command, surroundings);
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function prepare(command: Command, { out, err }: Surroundings): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => out.write(text),
    writeErr: (text) => err.write(text),
    getOutHelpWidth: () => Math.min(out.columns, 100),
    getErrHelpWidth: () => Math.min(err.columns, 100),
  });
}
