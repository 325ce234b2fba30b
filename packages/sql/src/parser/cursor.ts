import { SqlError, type SqlErrorCode } from "../errors.ts";
import { type Token, tokenize } from "../lexer/index.ts";
import type { Span } from "../tree/index.ts";
import type { Grammar } from "./grammar.ts";

/** Values for parameter markers that the grammar itself needs: `IDENTIFIER(:name)`. */
export type Bindings = Readonly<Record<string, string>>;

export interface CursorOptions {
  readonly bindings?: Bindings;
  /**
   * Read also what the tree has no place for (PIVOT, samples, paths into JSON …), leaving it out: the tree then tells
   * which names a query uses, and not what it computes.
   */
  readonly namesOnly?: boolean;
}

/** Symbols in a row, at least one. */
export type Words = readonly [first: string, ...rest: string[]];

/** Nesting that neither our stack nor that of a tree's reader survives; Databricks has such a limit too. */
const MAX_DEPTH = 200;

/** Where the parser stands in a text. Rules are functions over it: they take tokens or throw. */
export class Cursor {
  readonly text: string;
  readonly grammar: Grammar;
  readonly bindings: Bindings;
  /** See {@link CursorOptions}. */
  readonly namesOnly: boolean;
  /** How many `?` have been read. */
  markers = 0;
  readonly #tokens: readonly Token[];
  readonly #last: Token;
  #current: Token;
  #at = 0;
  #depth = 0;

  constructor(text: string, grammar: Grammar, { bindings = {}, namesOnly = false }: CursorOptions = {}) {
    this.text = text;
    this.grammar = grammar;
    this.bindings = bindings;
    this.namesOnly = namesOnly;
    this.#tokens = tokenize(text);
    this.#last = lastOf(this.#tokens);
    this.#current = this.#tokens[0] ?? this.#last;
  }

  get token(): Token {
    return this.#current;
  }

  /** A token further on; past the end, the `end` token. */
  peek(distance: number): Token {
    return this.#tokens[this.#at + distance] ?? this.#last;
  }

  advance(): Token {
    const token = this.#current;
    this.#move(1);
    return token;
  }

  /** Whether these symbols come next, in this order. */
  at(first: string, ...rest: readonly string[]): boolean {
    if (this.#current.symbol !== first) return false;
    return rest.every((symbol, i) => this.peek(i + 1).symbol === symbol);
  }

  /** Whether the next token is one of these. */
  atOneOf(symbols: ReadonlySet<string>): boolean {
    return symbols.has(this.token.symbol);
  }

  /** Takes these symbols when they come next. */
  take(first: string, ...rest: readonly string[]): boolean {
    if (this.#current.symbol !== first || !this.at(first, ...rest)) return false;
    this.#move(1 + rest.length);
    return true;
  }

  /** Takes these symbols or throws. */
  expect(...symbols: readonly string[]): void {
    for (const symbol of symbols) if (!this.take(symbol)) this.fail();
  }

  /** The place from a start to the end of the last token taken. */
  span(start: number): Span {
    return { start, end: Math.max(start, this.#tokens[this.#at - 1]?.end ?? start) };
  }

  /** `item, item, …` */
  list<T>(item: (cursor: Cursor) => T): T[] {
    const items = [item(this)];
    while (this.take(",")) items.push(item(this));
    return items;
  }

  /** `(item, item, …)` */
  parenthesized<T>(item: (cursor: Cursor) => T): T[] {
    this.expect("(");
    const items = this.list(item);
    this.expect(")");
    return items;
  }

  /** Runs a rule one level deeper. Throws FAILED_TO_PARSE_TOO_COMPLEX beyond the limit. */
  nested<T>(rule: () => T): T {
    if (this.#depth >= MAX_DEPTH)
      this.error(
        "FAILED_TO_PARSE_TOO_COMPLEX",
        `The statement nests more than ${MAX_DEPTH} levels deep and was too complex to parse.`,
      );
    this.#depth += 1;
    const result = rule();
    this.#depth -= 1;
    return result;
  }

  /** The current token fits nowhere. */
  fail(token = this.token): never {
    const text = token.type === "unknown" ? token.text : this.text.slice(token.start, token.end);
    const near = token.type === "end" ? "end of input" : `'${text}'`;
    this.error("PARSE_SYNTAX_ERROR", `Syntax error at or near ${near}.`, token.start);
  }

  /** The construct at a place is Databricks SQL, but nothing here reads it. */
  unsupported(construct: string, offset = this.token.start): never {
    this.error("UNSUPPORTED_FEATURE", `The feature is not supported: ${construct}.`, offset);
  }

  #move(distance: number): void {
    this.#at = Math.min(this.#at + distance, this.#tokens.length - 1);
    this.#current = this.#tokens[this.#at] ?? this.#last;
  }

  /** Refuses a construct, unless only names are wanted. */
  onlyForNames(construct: string): void {
    if (!this.namesOnly) this.unsupported(construct);
  }

  error(code: SqlErrorCode, description: string, offset = this.token.start): never {
    throw new SqlError(code, description, { text: this.text, offset });
  }
}

/** The `end` token: there is always one. */
function lastOf(tokens: readonly Token[]): Token {
  const last = tokens.at(-1);
  if (!last) throw new RangeError("A list of tokens has an end.");
  return last;
}
