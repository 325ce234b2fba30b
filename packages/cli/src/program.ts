import { Command, CommanderError } from "commander";
import { applyCommand } from "./commands/apply/command.ts";
import { cloneCommand } from "./commands/clone/command.ts";
import { configCommand } from "./commands/config/command.ts";
import { demoCommand } from "./commands/demo/command.ts";
import { diffCommand } from "./commands/diff/command.ts";
import { estimateCommand } from "./commands/estimate/command.ts";
import { planCommand } from "./commands/plan/command.ts";
import { preflightCommand } from "./commands/preflight/command.ts";
import { rollbackCommand } from "./commands/rollback/command.ts";
import { releaseCheckCommand } from "./commands/release-check/command.ts";
import { runsCommand } from "./commands/runs/command.ts";
import { resumeCommand } from "./commands/resume/command.ts";
import { schedulesCommand } from "./commands/schedules/command.ts";
import { serveCommand } from "./commands/serve/command.ts";
import { sqlCommand } from "./commands/sql/command.ts";
import { streamsCommand } from "./commands/streams/command.ts";
import { unlockCommand } from "./commands/unlock/command.ts";
import { validateCommand, verifyCommand } from "./commands/verify/command.ts";
import { workspaceCommand } from "./commands/workspace/command.ts";
import { readable, wantsJson } from "./command-line.ts";
import { type Explained, errorDocument } from "./error-document.ts";
import { ExitCode } from "./exit-codes.ts";
import { notAvailable } from "./not-available.ts";
import { type Sink, type Surroundings, tell } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";
import { VERSION } from "./version.ts";

/** Makes one verb. Definitions are light; what carries a command out is imported when it runs. */
export type CommandMaker = (surroundings: Surroundings, finish: (code: ExitCode) => void) => Command;

const commands: readonly CommandMaker[] = [
  cloneCommand,
  planCommand,
  applyCommand,
  resumeCommand,
  estimateCommand,
  preflightCommand,
  diffCommand,
  verifyCommand,
  validateCommand,
  runsCommand,
  streamsCommand,
  schedulesCommand,
  unlockCommand,
  sqlCommand,
  workspaceCommand,
  serveCommand,
  configCommand,
  demoCommand,
  rollbackCommand,
  releaseCheckCommand,
];

/**
 * Runs one command line and gives its exit code. Errors become one clear message on standard error, and with `--output json`
 * also one document on standard output, unless there is one already; never throws.
 */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const printed = noticing(surroundings.out);
  const noticed = { ...surroundings, out: printed.sink };
  let code: ExitCode = ExitCode.done;
  const program = buildProgram(noticed, (ended) => {
    code = ended;
  });
  try {
    const missing = notAvailable(argv);
    if (missing !== undefined) throw new UsageError(missing);
    await program.parseAsync([...readable(argv)], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.done;
    const explained = await explanation(error, surroundings);
    if (!(error instanceof CommanderError)) tell(surroundings, explained.message);
    if (argv.includes("--verbose") && error instanceof Error) tell(surroundings, error.stack ?? "");
    if (wantsJson(argv) && !printed.any())
      surroundings.out.write(`${JSON.stringify(errorDocument(explained), null, 2)}\n`);
    return explained.exitCode;
  }
}

/** The parser has told the user already what it does not understand. */
async function explanation(error: unknown, { interrupted }: Surroundings): Promise<Explained> {
  if (error instanceof CommanderError)
    return { exitCode: ExitCode.usage, code: "USAGE", message: error.message.replace(/^error: /u, "") };
  const { explain } = await import("./errors.ts");
  return explain(error, { interrupted: interrupted.aborted });
}

/** The same sink, and whether anything was written to it. */
function noticing(sink: Sink): { readonly sink: Sink; readonly any: () => boolean } {
  let written = false;
  const write = (text: string) => {
    written = true;
    sink.write(text);
  };
  return { sink: { ...sink, write }, any: () => written };
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
