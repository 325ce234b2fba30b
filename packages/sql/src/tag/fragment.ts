const FRAGMENT: unique symbol = Symbol("SQL text with every value quoted");

/** A piece of SQL text in which every name and value has been quoted. Only this folder makes them. */
export interface SqlFragment {
  readonly text: string;
  readonly [FRAGMENT]: true;
}

/**
 * SQL text with holes that take fragments only, so that a value cannot enter unquoted:
 * sql`DROP TABLE ${id(table)}` → ``DROP TABLE `c`.`s`.`t` ``.
 */
export function sql(strings: TemplateStringsArray, ...fragments: readonly SqlFragment[]): SqlFragment {
  return unsafeText(strings.reduce((text, piece, i) => text + (fragments[i - 1]?.text ?? "") + piece));
}

/** Takes text as it is. For the text of a view or a function body, which is SQL already; never for a name or a value. */
export function unsafeText(text: string): SqlFragment {
  return { text, [FRAGMENT]: true };
}

/** Fragments with a separator between them. */
export function join(fragments: readonly SqlFragment[], separator = ", "): SqlFragment {
  return unsafeText(fragments.map((fragment) => fragment.text).join(separator));
}

/** The clauses that are there, with a space between them. */
export function clauses(...parts: readonly (SqlFragment | false | undefined)[]): SqlFragment {
  return join(
    parts.filter((part) => part !== false && part !== undefined),
    " ",
  );
}
