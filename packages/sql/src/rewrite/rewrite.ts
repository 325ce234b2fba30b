import type { SchemaName } from "@clone-xs/unity";
import { NOT_A_TABLE_ALIAS, NOT_AN_EXPRESSION } from "../parser/keywords.ts";
import { id, quoteIdentifier, quoteString } from "../tag/index.ts";
import type { Identifier, QualifiedName, Span, TableReference } from "../tree/index.ts";
import { nameInText, parseText, type TextKind } from "./references.ts";
import { namesIn, type NameUse } from "./visit.ts";

export interface RewriteOptions {
  /** What the text is; a view's query when not said. */
  readonly kind?: TextKind;
  /** What stands for a catalog in the new text; `undefined` leaves it. */
  readonly catalog: (name: string) => string | undefined;
  /** What unqualified names resolve against: with it `c.s.t.col` is understood also where the query says FROM t. */
  readonly namespace?: SchemaName;
}

/**
 * Gives catalogs another name in a view's query or a function's body: where one is the first of three parts of a table
 * or function, or qualifies a column together with its table. Everything else stays as it is to the byte: aliases, common
 * tables, strings, comments, spacing. Throws a SqlError when the text is no SQL.
 */
export function rewriteNames(text: string, options: RewriteOptions): string {
  const uses = namesIn(parseText(text, options.kind ?? "query"));
  const edits = uses.flatMap((use) => editsFor(use, options));
  return applyEdits(text, edits);
}

interface Edit extends Span {
  readonly replacement: string;
}

function editsFor(use: NameUse, options: RewriteOptions): readonly Edit[] {
  switch (use.kind) {
    case "table":
      return use.table.path ? [] : nameEdits(use.table.name, options);
    case "function":
      return [...nameEdits(use.name, options), ...textEdits(use, options)];
    case "column":
      return columnEdits(use, options);
    default:
      return [];
  }
}

/** The first of exactly three parts. A name from IDENTIFIER('…') is replaced whole, by what it says. */
function nameEdits(name: QualifiedName, { catalog }: RewriteOptions): readonly Edit[] {
  const [first, second, third] = name.parts;
  if (name.parts.length !== 3 || !first || !second || !third) return [];
  const renamed = catalog(first.text);
  if (renamed === undefined || renamed === first.text) return [];
  if (first.end === third.end) return [edit(name, id(renamed, second.text, third.text).text)];
  return [edit(first, spelled(first, renamed))];
}

/** table_changes('c.s.t', …) */
function textEdits(
  use: Extract<NameUse, { kind: "function" }>,
  { catalog }: RewriteOptions,
): readonly Edit[] {
  const named = nameInText(use.name, use.arguments);
  const [first, second, third] = named?.parts ?? [];
  if (!named || named.parts.length !== 3 || !first || !second || !third) return [];
  const renamed = catalog(first);
  if (renamed === undefined || renamed === first) return [];
  return [edit(named.literal, quoteString([renamed, second, third].map(bareOrQuoted).join(".")))];
}

function columnEdits(
  { name, tables }: Extract<NameUse, { kind: "column" }>,
  { catalog, namespace }: RewriteOptions,
): readonly Edit[] {
  const [first] = name.parts;
  if (!first || name.parts.length < 3) return [];
  const renamed = catalog(first.text);
  if (renamed === undefined || renamed === first.text) return [];
  const qualifies = tables.some((table) => isQualifiedBy(name, fullParts(table, namespace)));
  return qualifies ? [edit(first, spelled(first, renamed))] : [];
}

function isQualifiedBy({ parts }: QualifiedName, table: readonly string[]): boolean {
  return table.length === 3 && table.every((part, i) => parts[i]?.text.toLowerCase() === part.toLowerCase());
}

function fullParts({ name }: TableReference, namespace: SchemaName | undefined): readonly string[] {
  const parts = name.parts.map((part) => part.text);
  const outer = namespace ? [namespace.catalog, namespace.schema] : [];
  return parts.length < 3 ? [...outer.slice(0, 3 - parts.length), ...parts] : parts;
}

function edit({ start, end }: Span, replacement: string): Edit {
  return { start, end, replacement };
}

/** Quoted when the old name was, or when the new one needs it. */
function spelled(old: Identifier, renamed: string): string {
  return old.quoted ? quoteIdentifier(renamed) : bareOrQuoted(renamed);
}

function bareOrQuoted(name: string): string {
  const upper = name.toUpperCase();
  const bare = /^[A-Za-z_]\w*$/u.test(name) && !NOT_AN_EXPRESSION.has(upper) && !NOT_A_TABLE_ALIAS.has(upper);
  return bare ? name : quoteIdentifier(name);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, replacement } of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}
