/**
 * What went wrong while writing or reading SQL text. The upper group are Databricks' error classes, said as Databricks
 * says them; INVALID_VALUE is ours: a value that no SQL text can carry.
 */
export type SqlErrorCode =
  | "PARSE_SYNTAX_ERROR"
  | "PARSE_EMPTY_STATEMENT"
  | "UNCLOSED_BRACKETED_COMMENT"
  | "INVALID_IDENTIFIER"
  | "INVALID_NUMERIC_LITERAL_RANGE"
  | "INVALID_TYPED_LITERAL"
  | "UNSUPPORTED_TYPED_LITERAL"
  | "UNSUPPORTED_DATATYPE"
  | "UNSUPPORTED_FEATURE"
  | "UNBOUND_SQL_PARAMETER"
  | "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION"
  | "NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION"
  | "NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION"
  | "FAILED_TO_PARSE_TOO_COMPLEX"
  | "INVALID_VALUE";

const SQL_STATE: Record<SqlErrorCode, string> = {
  PARSE_SYNTAX_ERROR: "42601",
  PARSE_EMPTY_STATEMENT: "42617",
  UNCLOSED_BRACKETED_COMMENT: "42601",
  INVALID_IDENTIFIER: "42602",
  INVALID_NUMERIC_LITERAL_RANGE: "22003",
  INVALID_TYPED_LITERAL: "42604",
  UNSUPPORTED_TYPED_LITERAL: "0A000",
  UNSUPPORTED_DATATYPE: "0A000",
  UNSUPPORTED_FEATURE: "0A000",
  UNBOUND_SQL_PARAMETER: "42P02",
  NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION: "42613",
  NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION: "42613",
  NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION: "42613",
  FAILED_TO_PARSE_TOO_COMPLEX: "54001",
  INVALID_VALUE: "22023",
};

/** Where in a text: UTF-16 offset, line from 1, column from 0 (Databricks' `line` and `pos`). */
export interface TextPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The only error this package throws on purpose. */
export class SqlError extends Error {
  override readonly name = "SqlError";
  readonly code: SqlErrorCode;
  readonly sqlState: string;
  /** Absent when the error is about a value and not about a place in a text. */
  readonly position?: TextPosition;
  /** Sending the same text again never helps. */
  readonly retryable = false;

  constructor(
    code: SqlErrorCode,
    description: string,
    place?: { readonly text: string; readonly offset: number },
  ) {
    const position = place && positionOf(place.text, place.offset);
    super(
      position
        ? describeAt(code, description, { text: place.text, position })
        : `[${code}] ${description} SQLSTATE: ${SQL_STATE[code]}`,
    );
    this.code = code;
    this.sqlState = SQL_STATE[code];
    if (position) this.position = position;
  }
}

/** Line and column of an offset; lines end at `\n` and an emoji is one character, as Databricks counts them. */
export function positionOf(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { offset, line, column: Array.from(text.slice(lineStart, offset)).length };
}

/**
 * The form of Databricks: `[CLASS] words SQLSTATE: … (line 1, pos 0)`, the statement under `== SQL ==`, and a marker
 * line of dashes and `^^^` beneath the line of the error. On the wire Databricks puts a newline before and one after it.
 */
function describeAt(
  code: SqlErrorCode,
  description: string,
  { text, position }: { text: string; position: TextPosition },
): string {
  const lines = text.split("\n");
  const marker = `${"-".repeat(position.column)}^^^`;
  const quoted = [...lines.slice(0, position.line), marker, ...lines.slice(position.line)].join("\n");
  return `[${code}] ${description} SQLSTATE: ${SQL_STATE[code]} (line ${position.line}, pos ${position.column})\n\n== SQL ==\n${quoted}`;
}
