import type { Statement } from "@clone-xs/unity";

/** What comes of undoing one step: statements, nothing because it is as before, or a reason why it stays. */
export type Undo =
  | {
      readonly kind: "undo";
      /** What is done, for people: `restore`, `drop`, `unset tags`. */
      readonly what: string;
      readonly statements: readonly [Statement, ...Statement[]];
    }
  | { readonly kind: "as_before" }
  | { readonly kind: "stays"; readonly reason: string };

export const AS_BEFORE: Undo = { kind: "as_before" };

export function undo(what: string, ...statements: readonly [Statement, ...Statement[]]): Undo {
  return { kind: "undo", what, statements };
}

export function stays(reason: string): Undo {
  return { kind: "stays", reason };
}
