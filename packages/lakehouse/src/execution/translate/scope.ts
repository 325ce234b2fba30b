import type { Identifier, QualifiedName } from "@clone-xs/sql";
import { failure, quotedParts, unresolvedColumn } from "../errors.ts";
import type { StructType } from "../types/types.ts";
import { type Environment, place, type Scope, type ScopeColumn } from "./environment.ts";
import { quoteText } from "./quote.ts";
import { type Typed, typed } from "./typed.ts";

/** Columns of `*`, in order. */
export function starColumns(scope: Scope): readonly ScopeColumn[] {
  const merged = new Set(scope.merged.map((column) => column.name.toLowerCase()));
  const rest = scope.relations.flatMap((relation) => relation.columns);
  return [...scope.merged, ...rest.filter((column) => !merged.has(column.name.toLowerCase()))];
}

/** Columns of `q.*`. Throws CANNOT_RESOLVE_STAR_EXPAND. */
export function qualifiedStar(
  scope: Scope,
  qualifier: QualifiedName,
  environment: Environment,
): readonly ScopeColumn[] {
  const parts = qualifier.parts.map((part) => part.text);
  const relation = scope.relations.find((candidate) => endsWith(candidate.parts, parts));
  if (relation !== undefined) return relation.columns;
  const value = find(scope, qualifier.parts, environment, qualifier);
  const type = value?.type;
  if (value !== undefined && type?.kind === "struct")
    return type.fields.map((f) => ({ name: f.name, value: extract(value, f.name, type) }));
  throw failure(
    "CANNOT_RESOLVE_STAR_EXPAND",
    "42704",
    `Cannot resolve ${quotedParts(parts)}.* given input columns ${starColumns(scope)
      .map((column) => `\`${column.name}\``)
      .join(
        ", ",
      )}. Please check that the specified table or struct exists and is accessible in the input columns.`,
    place(environment, qualifier),
  );
}

/** What a possibly qualified name means; parts after the column are struct fields. Throws UNRESOLVED_COLUMN or AMBIGUOUS_REFERENCE. */
export function resolve(scope: Scope, name: QualifiedName, environment: Environment): Typed {
  const found = find(scope, name.parts, environment, name);
  if (found !== undefined) return found;
  const parts = name.parts.map((part) => part.text);
  const candidates = nearest(starColumns(scope), parts.at(-1) ?? "");
  throw unresolvedColumn(quotedParts(parts), candidates, place(environment, name));
}

function find(
  scope: Scope,
  parts: readonly Identifier[],
  environment: Environment,
  span: QualifiedName,
): Typed | undefined {
  const names = parts.map((part) => part.text);
  const [first = ""] = names;
  const variable = scope.variables.get(first.toLowerCase());
  if (variable !== undefined) return path(variable, names.slice(1));
  for (let qualifiers = names.length - 1; qualifiers >= 0; qualifiers--) {
    const found = lookup(scope, names.slice(0, qualifiers), names[qualifiers] ?? "", environment, span);
    if (found !== undefined) return path(found, names.slice(qualifiers + 1));
  }
  const alias = scope.aliases.get(first.toLowerCase());
  if (alias !== undefined) return path(alias, names.slice(1));
  return scope.parent === undefined ? undefined : find(scope.parent, parts, environment, span);
}

function lookup(
  scope: Scope,
  qualifier: readonly string[],
  name: string,
  environment: Environment,
  span: QualifiedName,
): Typed | undefined {
  if (qualifier.length === 0) {
    const merged = scope.merged.find((column) => sameText(column.name, name));
    if (merged !== undefined) return merged.value;
  }
  const relations = scope.relations.filter(
    (relation) => qualifier.length === 0 || endsWith(relation.parts, qualifier),
  );
  const among = (columnsOf: (relation: Scope["relations"][number]) => readonly ScopeColumn[]) =>
    relations.flatMap((relation) =>
      columnsOf(relation)
        .filter((c) => sameText(c.name, name))
        .map((column) => ({ relation, column })),
    );
  const columns = among((relation) => relation.columns);
  const found = columns.length > 0 ? columns : among((relation) => relation.hidden ?? []);
  if (found.length > 1)
    throw failure(
      "AMBIGUOUS_REFERENCE",
      "42704",
      `Reference ${quotedParts([...qualifier, name])} is ambiguous, could be: [${found
        .map(({ relation, column }) => quotedParts([...relation.parts, column.name]))
        .join(", ")}].`,
      place(environment, span),
    );
  return found[0]?.column.value;
}

function path(value: Typed, fields: readonly string[]): Typed | undefined {
  return fields.reduce<Typed | undefined>((at, field) => at && fieldOf(at, field), value);
}

/** `value.name` of a struct, or of every struct in an array (Spark's shorthand); `undefined` when there is no such field. */
export function fieldOf(value: Typed, name: string): Typed | undefined {
  const { type } = value;
  if (type.kind === "struct") {
    const found = type.fields.find((f) => sameText(f.name, name));
    return found && extract(value, found.name, type);
  }
  if (type.kind === "array" && type.element.kind === "struct") {
    const item = fieldOf(typed("x", type.element), name);
    return (
      item &&
      typed(`list_transform(${value.sql}, lambda x: ${item.sql})`, {
        kind: "array",
        element: item.type,
        containsNull: true,
      })
    );
  }
  return undefined;
}

function extract(value: Typed, field: string, type: StructType): Typed {
  const found = type.fields.find((f) => f.name === field);
  const sql = `struct_extract(${value.sql}, ${quoteText(field)})`;
  return {
    sql,
    type: found?.type ?? { kind: "primitive", name: "void" },
    ...(value.simple === true && { simple: true }),
  };
}

function endsWith(parts: readonly string[], suffix: readonly string[]): boolean {
  return (
    suffix.length <= parts.length &&
    suffix.every((part, i) => sameText(part, parts[parts.length - suffix.length + i] ?? ""))
  );
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The (at most five) columns whose names are closest, quoted. */
function nearest(columns: readonly ScopeColumn[], name: string): readonly string[] {
  const ranked = columns.map((column) => ({ column, distance: editDistance(column.name, name) }));
  ranked.sort((a, b) => a.distance - b.distance);
  return ranked.slice(0, 5).map(({ column }) => quotedParts([column.name]));
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, character] of Array.from(a.toLowerCase()).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b.toLowerCase()).entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (character === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
