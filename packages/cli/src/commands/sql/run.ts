import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Statement, StatementResult, Workspace } from "@clone-xs/unity";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { errorDocument } from "../../error-document.ts";
import { explain } from "../../errors.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { csvText } from "../../views/csv.ts";
import { counted } from "../../views/human/words.ts";
import { tableText } from "../../views/human/table.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";
import {
  type Namespace,
  namespaceAfter,
  placedInScript,
  type ScriptStatement,
  statementsOf,
} from "./script.ts";

type Format = "table" | "json" | "csv";

export interface SqlOptions extends ConnectionOptions, OutputOptions<Format> {
  readonly file?: string;
  readonly catalog?: string;
  readonly schema?: string;
}

/** `clxs sql`: runs the statements in order, sharing a namespace that USE moves, and stops at the first that fails (exit 1). */
export async function sql(
  argument: string | undefined,
  options: SqlOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const statements = statementsOf(await scriptText(argument, options, surroundings));
  if (statements.length === 0) throw new UsageError("There is no statement to run.");
  const workspace = await connect(options, surroundings);
  try {
    if (options.output === "json") await runIntoDocument(statements, workspace, options, surroundings);
    else
      for await (const result of resultsOf(statements, workspace, options, surroundings))
        show(result, options.output, surroundings);
    return ExitCode.done;
  } finally {
    await workspace.close();
  }
}

/** Results as they come; throws the first error, with its place in the script. */
async function* resultsOf(
  statements: readonly ScriptStatement[],
  workspace: Workspace,
  { catalog, schema }: SqlOptions,
  surroundings: Surroundings,
): AsyncGenerator<StatementResult> {
  let namespace: Namespace = { catalog, schema };
  for (const statement of statements) {
    try {
      yield await execute(workspace, statement.text, namespace, surroundings);
    } catch (error) {
      throw placedInScript(error, statement);
    }
    namespace = namespaceAfter(statement.text, namespace);
  }
}

/** One document also when a later statement fails: what the earlier ones gave, and the error. */
async function runIntoDocument(
  statements: readonly ScriptStatement[],
  workspace: Workspace,
  options: SqlOptions,
  surroundings: Surroundings,
): Promise<void> {
  const results: StatementResult[] = [];
  try {
    for await (const result of resultsOf(statements, workspace, options, surroundings)) results.push(result);
  } catch (error) {
    if (statements.length > 1) {
      const explained = explain(error, { interrupted: surroundings.interrupted.aborted });
      const document = { results: results.map(documentOf), ...errorDocument(explained) };
      surroundings.out.write(`${JSON.stringify(document, null, 2)}\n`);
    }
    throw error;
  }
  surroundings.out.write(json(results));
}

async function scriptText(
  argument: string | undefined,
  { file }: SqlOptions,
  { cwd, readInput, inputIsTerminal }: Surroundings,
): Promise<string> {
  if (argument !== undefined && file !== undefined)
    throw new UsageError("Give a statement or --file, not both.");
  if (argument !== undefined && argument !== "-") return argument;
  if (file !== undefined && file !== "-") return readScript(resolve(cwd, file), file);
  if (inputIsTerminal && argument !== "-" && file !== "-")
    throw new UsageError(
      'Give a statement, `-f file.sql`, or the SQL on standard input: clxs sql "SELECT 1"',
    );
  return readInput();
}

async function readScript(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function execute(
  workspace: Workspace,
  text: string,
  { catalog, schema }: Namespace,
  { interrupted: signal }: Surroundings,
): Promise<StatementResult> {
  const statement: Statement = {
    text,
    // What was typed is not analysed here: nothing is known about its effect.
    kind: "other",
    effect: "write",
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
  };
  return workspace.statements.execute(statement, { signal });
}

function show(result: StatementResult, format: "table" | "csv", surroundings: Surroundings): void {
  const { columns, rows, truncated } = result;
  if (truncated) tell(surroundings, "The server cut the result: these are not all rows.");
  if (columns.length === 0) return format === "table" ? surroundings.out.write("OK\n") : undefined;
  const names = columns.map(({ name }) => name);
  surroundings.out.write(format === "csv" ? csvText(names, rows) : `${tableText(columns, rows)}\n`);
  if (format === "table") tell(surroundings, counted(rows.length, "row"));
}

/** One document: the result, or for several statements all of them under `results`. Every cell is text or null. */
function json(results: readonly StatementResult[]): string {
  const documents = results.map(documentOf);
  return `${JSON.stringify(documents.length === 1 ? documents[0] : { results: documents }, null, 2)}\n`;
}

function documentOf({ statementId, columns, rows, truncated }: StatementResult) {
  return {
    statement_id: statementId,
    columns: columns.map(({ name, typeText }) => ({ name, type: typeText })),
    rows,
    truncated,
  };
}
