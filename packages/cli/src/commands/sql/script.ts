import { tokenize } from "@clone-xs/sql";

/**
 * The statements of a script, without the semicolons between them; comments stay with the statement they stand in.
 * Semicolons inside literals, quoted names and comments separate nothing.
 */
export function splitScript(script: string): readonly string[] {
  const tokens = tokenize(script).filter(({ type }) => type !== "end");
  const statements: { start: number; end: number }[] = [];
  let start: number | undefined;
  let end = 0;
  for (const token of tokens) {
    if (token.symbol === ";") {
      if (start !== undefined) statements.push({ start, end });
      start = undefined;
    } else {
      start ??= token.start;
      end = token.end;
    }
  }
  if (start !== undefined) statements.push({ start, end });
  return statements.map(({ start: from, end: to }) => script.slice(from, to));
}
