import { type ParsedStatement, parseStatement, positionOf, SqlError, splitScript } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";

/** One statement of a script. */
export interface ScriptStatement {
  readonly text: string;
  /** Where it begins in the script: line from 1, column from 0. */
  readonly line: number;
  readonly column: number;
}

/** Catalog and schema of unqualified names. */
export interface Namespace {
  readonly catalog?: string | undefined;
  readonly schema?: string | undefined;
}

export function statementsOf(script: string): readonly ScriptStatement[] {
  return splitScript(script).map(({ text, start }) => {
    const { line, column } = positionOf(script, start);
    return { text, line, column };
  });
}

/** The namespace after a statement: USE moves it, as in one session of the service; a new catalog begins in its default schema. */
export function namespaceAfter(text: string, before: Namespace): Namespace {
  const statement = parsed(text);
  if (statement?.kind !== "use") return before;
  const [first, second] = statement.name.parts.map(({ text: part }) => part);
  if (statement.type === "CATALOG") return { catalog: first };
  return second === undefined ? { ...before, schema: first } : { catalog: first, schema: second };
}

/** The same error with the position that its message names counted in the whole script. */
export function placedInScript(error: unknown, { line, column }: ScriptStatement): unknown {
  if (!(error instanceof WorkspaceError)) return error;
  const { errorClass, sqlState, statementId, retryable } = error;
  const message = error.message.replace(
    /\bline (\d+)(,?) pos (\d+)/u,
    (_, at: string, comma: string, pos: string) =>
      `line ${Number(at) + line - 1}${comma} pos ${at === "1" ? Number(pos) + column : pos}`,
  );
  return new WorkspaceError(error.code, message, {
    retryable,
    cause: error,
    ...(errorClass === undefined ? {} : { errorClass }),
    ...(sqlState === undefined ? {} : { sqlState }),
    ...(statementId === undefined ? {} : { statementId }),
  });
}

function parsed(text: string): ParsedStatement | undefined {
  try {
    return parseStatement(text);
  } catch (error) {
    // The service knows more SQL than this parser; what it cannot read is no USE.
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}
