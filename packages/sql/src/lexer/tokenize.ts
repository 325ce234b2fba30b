import { SqlError } from "../errors.ts";
import { isDigit, isForeignLetter, isSpace, isWordCharacter } from "./characters.ts";
import { unescapeString } from "./strings.ts";
import type { Token } from "./token.ts";

/**
 * The tokens of a text, comments and spaces left out, ending with one `end` token.
 * Throws UNCLOSED_BRACKETED_COMMENT; everything else that is wrong becomes an `unknown` token.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = skipBlank(text, token.end);
  }
  tokens.push({ type: "end", start: text.length, end: text.length, text: "", symbol: "" });
  return tokens;
}

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKTICK = 96;
const DOT = 46;

function readToken(text: string, start: number): Token {
  const code = text.charCodeAt(start);
  if (code === QUOTE || code === DOUBLE_QUOTE) return readString(text, start, start);
  if (code === BACKTICK) return readQuoted(text, start);
  if (isDigit(code)) return readNumber(text, start) ?? readWord(text, start);
  if (code === DOT) return readNumber(text, start) ?? readOperator(text, start);
  if (isWordCharacter(code) || isForeignLetter(code)) return readWord(text, start);
  return readOperator(text, start);
}

function readWord(text: string, start: number): Token {
  let end = start + 1;
  for (let code = text.charCodeAt(end); isWordCharacter(code) || isForeignLetter(code); ) {
    end += 1;
    code = text.charCodeAt(end);
  }
  const next = text.charCodeAt(end);
  const word = text.slice(start, end);
  const raw = end === start + 1 && (word === "r" || word === "R");
  if (raw && (next === QUOTE || next === DOUBLE_QUOTE)) return readRawString(text, start, end);
  return { type: "word", start, end, text: word, symbol: word.toUpperCase() };
}

function readString(text: string, start: number, open: number): Token {
  const quote = text.charAt(open);
  const quoteCode = text.charCodeAt(open);
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === quoteCode) {
      if (text.charCodeAt(at + 1) === quoteCode) at += 1;
      else return stringToken(start, at + 1, unescapeString(text.slice(open + 1, at), quote));
    }
  }
  return unclosed(text, start, quote);
}

/** r'…': no escapes at all, so it ends at the next quote. */
function readRawString(text: string, start: number, open: number): Token {
  const close = text.indexOf(text.charAt(open), open + 1);
  if (close === -1) return unclosed(text, start, text.slice(start, open + 1));
  return stringToken(start, close + 1, text.slice(open + 1, close));
}

function stringToken(start: number, end: number, value: string): Token {
  return { type: "string", start, end, text: value, symbol: "" };
}

/** A literal without its end takes the rest of the text. */
function unclosed(text: string, start: number, opening: string): Token {
  return { type: "unknown", start, end: text.length, text: opening, symbol: "" };
}

function readQuoted(text: string, start: number): Token {
  let at = text.indexOf("`", start + 1);
  while (at !== -1 && text.charCodeAt(at + 1) === BACKTICK) at = text.indexOf("`", at + 2);
  if (at === -1) return unclosed(text, start, "`");
  const name = text.slice(start + 1, at).replaceAll("``", "`");
  return { type: "quoted", start, end: at + 1, text: name, symbol: "" };
}

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const INTEGER = /\d+/y;
const SUFFIX = /BD|[LSYDF]/iy;

/**
 * A number, when no identifier begins here: `1a` is a word, `1.a` is `1`, `.`, `a`.
 * A point belongs to the number only when no letter follows it.
 */
function readNumber(text: string, start: number): Token | undefined {
  return readNumberAs(NUMBER, text, start) ?? readNumberAs(INTEGER, text, start);
}

function readNumberAs(pattern: RegExp, text: string, start: number): Token | undefined {
  pattern.lastIndex = start;
  if (!pattern.test(text)) return undefined;
  let end = pattern.lastIndex;
  SUFFIX.lastIndex = end;
  if (SUFFIX.test(text) && !continuesWord(text, SUFFIX.lastIndex)) end = SUFFIX.lastIndex;
  if (continuesWord(text, end)) return undefined;
  return { type: "number", start, end, text: text.slice(start, end), symbol: "" };
}

function continuesWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isWordCharacter(code) || isForeignLetter(code);
}

/** Longest first. `>>` is left to the parser: it also closes two types, as in `ARRAY<ARRAY<INT>>`. */
const OPERATORS: readonly string[] =
  "<=> <= >= <> != == !< !> << || -> => :: |> + - * / % ~ & | ^ = < > ! ( ) [ ] , . ; : ? @".split(" ");

const BY_FIRST_CHARACTER = new Map(
  OPERATORS.map((operator) => {
    const first = operator.charAt(0);
    return [first, OPERATORS.filter((other) => other.startsWith(first))];
  }),
);

function readOperator(text: string, start: number): Token {
  if (text.startsWith("$$", start)) return readDollarString(text, start);
  const candidates = BY_FIRST_CHARACTER.get(text.charAt(start)) ?? [];
  const operator = candidates.find((candidate) => text.startsWith(candidate, start));
  if (operator === undefined) return unknownCharacter(text, start);
  return { type: "operator", start, end: start + operator.length, text: operator, symbol: operator };
}

function unknownCharacter(text: string, start: number): Token {
  return { type: "unknown", start, end: start + 1, text: text.charAt(start), symbol: "" };
}

/** $$ … $$: the body of a function in another language. */
function readDollarString(text: string, start: number): Token {
  const close = text.indexOf("$$", start + 2);
  if (close === -1) return unclosed(text, start, "$$");
  return stringToken(start, close + 2, text.slice(start + 2, close));
}

/** The first offset at or after `from` that is neither space nor comment. */
function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) at += 1;
    else if (code === 45 && text.charCodeAt(at + 1) === 45) at = endOfLine(text, at);
    else if (code === 47 && text.charCodeAt(at + 1) === 42) at = endOfComment(text, at);
    else return at;
  }
}

/** A backslash right before the newline carries the comment on. */
const LINE_COMMENT = /--(?:\\\n|[^\r\n])*/y;

function endOfLine(text: string, from: number): number {
  LINE_COMMENT.lastIndex = from;
  LINE_COMMENT.test(text);
  return LINE_COMMENT.lastIndex;
}

const COMMENT_EDGE = /\/\*|\*\//g;

/** Bracketed comments nest. */
function endOfComment(text: string, start: number): number {
  let depth = 1;
  COMMENT_EDGE.lastIndex = start + 2;
  while (depth > 0) {
    const edge = COMMENT_EDGE.exec(text);
    if (!edge)
      throw new SqlError(
        "UNCLOSED_BRACKETED_COMMENT",
        "Found an unclosed bracketed comment. Please, append */ at the end of the comment.",
        { text, offset: start },
      );
    depth += edge[0] === "/*" ? 1 : -1;
  }
  return COMMENT_EDGE.lastIndex;
}
