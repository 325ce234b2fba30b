import type { Snapshot } from "@clone-xs/delta";
import { failure, quotedParts, unresolvedColumn } from "../execution/errors.ts";
import type { Brought } from "./evolve.ts";
import { refuseGiven } from "../execution/statements/identity.ts";
import type { StatementOf } from "../execution/statements/statement.ts";
import type { TranslatedQuery } from "../execution/translate/environment.ts";

/** Which column of the query goes where: by name, by the column list, or by place. */
export function assign(
  { columns, byName }: StatementOf<"insert">,
  query: TranslatedQuery,
  { metadata }: Snapshot,
  parts: readonly string[],
): ReadonlyMap<string, string> {
  const own = metadata.schema.fields.map((f) => f.name);
  const named = byName
    ? query.columns.map((c) => c.name)
    : columns.length > 0
      ? columns.map((c) => c.text)
      : own;
  for (const name of named)
    if (!own.some((o) => o.toLowerCase() === name.toLowerCase()))
      throw unresolvedColumn(
        quotedParts([name]),
        own.map((o) => quotedParts([o])),
      );
  if (named.length !== query.columns.length) throw arity(parts, named, query);
  if (new Set(named.map((n) => n.toLowerCase())).size !== named.length)
    throw failure(
      "DUPLICATE_ASSIGNMENTS",
      "42701",
      `The columns or variables ${named.join(", ")} appear more than once as assignment targets.`,
    );
  for (const name of named) {
    const field = metadata.schema.fields.find((f) => f.name.toLowerCase() === name.toLowerCase());
    if (field !== undefined) refuseGiven(field);
  }
  return new Map(named.map((name, i) => [name.toLowerCase(), query.columns[i]?.id ?? ""]));
}

/** The columns that rows to insert come with: by name, by the column list, or, past the table's own, by place under the query's names. */
export function insertedColumns(
  { columns, byName }: StatementOf<"insert">,
  query: TranslatedQuery,
  { metadata }: Snapshot,
): readonly Brought[] {
  const own = metadata.schema.fields;
  return query.columns.map(({ name, type }, i) => ({
    name: (byName ? undefined : columns.length > 0 ? columns[i]?.text : own[i]?.name) ?? name,
    type,
  }));
}

function arity(parts: readonly string[], named: readonly string[], query: TranslatedQuery): Error {
  const [kind, words] =
    query.columns.length > named.length
      ? ["TOO_MANY_DATA_COLUMNS", "too many"]
      : ["NOT_ENOUGH_DATA_COLUMNS", "not enough"];
  return failure(
    `INSERT_COLUMN_ARITY_MISMATCH.${kind}`,
    "21S01",
    `Cannot write to ${quotedParts(parts)}, the reason is ${words} data columns:\nTable columns: ${named.map((n) => quotedParts([n])).join(", ")}.\nData columns: ${query.columns.map((c) => quotedParts([c.name])).join(", ")}.`,
  );
}
