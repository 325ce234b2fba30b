import type { Token } from "../lexer/index.ts";
import type { Expression, Identifier, QualifiedName, TableReference, TimeTravel } from "../tree/index.ts";
import { Cursor } from "./cursor.ts";

/** Any word or backticked name. Throws INVALID_IDENTIFIER for a bare word with other than ASCII letters. */
export function identifier(cursor: Cursor): Identifier {
  const token = cursor.token;
  if (token.type === "quoted" && token.text !== "") {
    cursor.advance();
    return { text: token.text, quoted: true, start: token.start, end: token.end };
  }
  if (token.type !== "word") cursor.fail();
  if (!ASCII.test(token.text)) invalidIdentifier(cursor, token.text, token);
  cursor.advance();
  return { text: token.text, quoted: false, start: token.start, end: token.end };
}

const ASCII = /^[A-Za-z0-9_]+$/u;

/** Whether the next token can be a name. */
export function atIdentifier(cursor: Cursor, distance = 0): boolean {
  const { type } = cursor.peek(distance);
  return type === "word" || type === "quoted";
}

/** `a.b.c`, or `IDENTIFIER('a.b.c')` and `IDENTIFIER(:p)` with the parameter bound. */
export function objectName(cursor: Cursor): QualifiedName {
  if (cursor.at("IDENTIFIER", "(")) return identifierClause(cursor);
  const first = objectPart(cursor);
  const parts = [first];
  while (cursor.take(".")) parts.push(objectPart(cursor));
  return { parts, ...cursor.span(first.start) };
}

/** A bare word followed at once by `-word` was meant as one name: `my-catalog`. */
function objectPart(cursor: Cursor): Identifier {
  const part = identifier(cursor);
  if (!part.quoted && cursor.at("-") && cursor.token.start === part.end) {
    const next = cursor.peek(1);
    if ((next.type === "word" || next.type === "number") && next.start === part.end + 1)
      invalidIdentifier(cursor, cursor.text.slice(part.start, next.end), part);
  }
  return part;
}

function invalidIdentifier(cursor: Cursor, name: string, { start }: { start: number }): never {
  cursor.error(
    "INVALID_IDENTIFIER",
    `The unquoted identifier ${name} is invalid and must be back quoted as: \`${name}\`.`,
    start,
  );
}

/** Source: "IDENTIFIER clause", Databricks SQL reference. Constant text only: literals joined by `||`, and parameters. */
function identifierClause(cursor: Cursor): QualifiedName {
  const { start } = cursor.advance();
  cursor.expect("(");
  const argument = cursor.grammar.expression(cursor);
  cursor.expect(")");
  const inner = new Cursor(constantText(cursor, argument), cursor.grammar);
  const name = objectName(inner);
  if (inner.token.type !== "end") inner.fail();
  const span = cursor.span(start);
  return { parts: name.parts.map((part) => ({ ...part, ...span })), ...span };
}

function constantText(cursor: Cursor, expression: Expression): string {
  if (expression.kind === "string") return expression.value;
  if (expression.kind === "binary" && "operator" in expression && expression.operator === "||")
    return constantText(cursor, expression.left) + constantText(cursor, expression.right);
  if (expression.kind !== "parameter")
    cursor.unsupported("IDENTIFIER with other than constant text", expression.start);
  const bound = cursor.bindings[expression.name];
  if (bound === undefined)
    cursor.error(
      "UNBOUND_SQL_PARAMETER",
      `Found the unbound parameter: ${expression.name}. Please, fix \`args\` and provide a mapping of the parameter to a SQL literal.`,
      expression.start,
    );
  return bound;
}

/** A table by name or path, with `@v1`, VERSION AS OF or TIMESTAMP AS OF. */
export function tableReference(cursor: Cursor): TableReference {
  const name = objectName(cursor);
  return { name, ...pathOf(name), ...timeTravelOf(cursor), ...cursor.span(name.start) };
}

const PATH_FORMATS = ["delta", "parquet", "iceberg"] as const;

function pathOf({ parts }: QualifiedName): Pick<TableReference, "path"> {
  const [first, second] = parts;
  if (parts.length !== 2 || !first || !second || first.quoted || !second.quoted) return {};
  const format = PATH_FORMATS.find((word) => word === first.text.toLowerCase());
  return format ? { path: { format, path: second.text } } : {};
}

/** `[FOR] VERSION AS OF x`, or nothing. */
export function timeTravelOf(cursor: Cursor): Pick<TableReference, "timeTravel"> {
  const suffix = suffixTravel(cursor);
  if (suffix) return { timeTravel: suffix };
  const ahead = cursor.at("FOR") ? 1 : 0;
  const word = cursor.peek(ahead).symbol;
  const kind = TRAVEL_WORDS[word];
  if (!kind || cursor.peek(ahead + 1).symbol !== "AS" || cursor.peek(ahead + 2).symbol !== "OF") return {};
  cursor.take("FOR");
  cursor.expect(word, "AS", "OF");
  return { timeTravel: { kind, value: cursor.grammar.value(cursor) } };
}

const TRAVEL_WORDS: Readonly<Record<string, TimeTravel["kind"]>> = {
  VERSION: "version",
  SYSTEM_VERSION: "version",
  TIMESTAMP: "timestamp",
  SYSTEM_TIME: "timestamp",
};

/** `t@v12`, `t@20260131120000000` (yyyyMMddHHmmssSSS). */
function suffixTravel(cursor: Cursor): TimeTravel | undefined {
  if (!cursor.at("@")) return undefined;
  const token = cursor.peek(1);
  const span = { start: token.start, end: token.end };
  const version = /^v(\d+)$/iu.exec(token.text)?.[1];
  const moment = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/u.exec(token.text);
  if (version === undefined && !moment) cursor.fail(cursor.token);
  cursor.advance();
  cursor.advance();
  if (version !== undefined)
    return { kind: "version", value: { kind: "number", text: version, type: "BIGINT", ...span } };
  const [, year, month, day, hour, minute, second, millis] = moment ?? [];
  const value = `${year}-${month}-${day} ${hour}:${minute}:${second}.${millis}`;
  return { kind: "timestamp", value: { kind: "string", value, ...span } };
}

/** A string literal, neighbours joined: `'a' 'b'` is one. */
export function stringLiteral(cursor: Cursor): string {
  if (cursor.token.type !== "string") cursor.fail();
  let text = "";
  while (cursor.token.type === "string") text += cursor.advance().text;
  return text;
}

/** Digits only. */
export function integerLiteral(cursor: Cursor): Token {
  const token = cursor.token;
  if (token.type !== "number" || !/^\d+$/u.test(token.text)) cursor.fail();
  return cursor.advance();
}
