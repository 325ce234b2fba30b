import type { FieldProblem } from "../contract/index.ts";
import { LOCAL, NOBODY } from "./caller.ts";
import { SERVER_TOKEN } from "./identify.ts";

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,99}$/u;
const TAKEN: readonly string[] = [LOCAL.name, NOBODY.name, SERVER_TOKEN];

/** What keeps a text from being a token's name: it stands in the record of who did what, where some names mean something already. */
export function tokenNameProblems(name: string): readonly FieldProblem[] {
  const path = "name";
  if (!NAME.test(name) || name.trim() !== name) {
    const message = `${path} must begin with a letter or digit and go on with letters, digits, blanks and any of . _ @ + -, at most 100 in all.`;
    return [{ path, message }];
  }
  if (!TAKEN.includes(name.toLowerCase())) return [];
  return [{ path, message: `${path} ${name} means something else in the record of who did what.` }];
}
