import type { Span } from "../tree/index.ts";

/**
 * One token. `word`: an unquoted identifier or keyword; `quoted`: in backticks; `unknown`: a character or an unclosed
 * literal that no rule takes, left to the parser so that the first error in the text is the one reported.
 */
export interface Token extends Span {
  readonly type: "word" | "quoted" | "string" | "number" | "operator" | "unknown" | "end";
  /** A word as typed; a string or quoted name without quotes and escapes; a number as typed. */
  readonly text: string;
  /** What a grammar rule compares with: a word in upper case, an operator as it is, else empty. */
  readonly symbol: string;
}
