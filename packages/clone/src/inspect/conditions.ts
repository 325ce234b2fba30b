import { namesIn, parseExpression, type QualifiedName } from "@clone-xs/sql";
import { fullName, type Table } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import { schemaInScope } from "../decide/scope.ts";
import { CloneError } from "../errors.ts";
import { nearest } from "../request/nearest.ts";
import type { CloneRequest } from "../request/request.ts";
import { type Inventory, localKey } from "./inventory.ts";

/**
 * Compares the conditions of a request with what the source has. A condition that would not be applied must not pass for one that is:
 * throws INVALID_REQUEST for each key that names no table in scope, and each column that its table does not have, with the nearest.
 */
export function requireConditions(request: CloneRequest, source: Inventory): void {
  const details = Object.entries(request.where).flatMap(([key, predicate]) =>
    conditionProblems(key, predicate, request, source),
  );
  if (details.length === 0) return;
  const message = `where_clauses does not fit ${source.catalog.name}:`;
  throw new CloneError("INVALID_REQUEST", message, { object: source.catalog.name, details });
}

function conditionProblems(
  key: string,
  predicate: string,
  request: CloneRequest,
  source: Inventory,
): readonly string[] {
  const [schemaName = ""] = key.split(".");
  if (!schemaInScope(schemaName, request.scope)) return [];
  const schema = source.schemas.find((one) => one.schema.schema.toLowerCase() === schemaName);
  if (schema?.failure) return [];
  const tables = source.schemas.flatMap((one) => one.tables);
  const table = tables.find((one) => localKey(one) === key);
  if (table === undefined) {
    const near = nearest(
      key,
      tables.filter((one) => !isView(one)).map((one) => `${one.schema}.${one.name}`),
    );
    return [`${key}: there is no such table.${meant(near)}`];
  }
  if (isView(table)) return [`${key}: it is a view, which has no rows of its own.`];
  return namesIn(parseExpression(predicate)).flatMap((use) =>
    use.kind === "column" && !isOf(table, use.name) ? [unknownColumn(key, table, use.name)] : [],
  );
}

function unknownColumn(key: string, table: Table, name: QualifiedName): string {
  const text = name.parts.map((part) => part.text).join(".");
  const near = nearest(
    text,
    table.columns.map((column) => column.name),
  );
  return `${key}: ${fullName(table)} has no column ${text}.${meant(near)}`;
}

/** Words that stand without parentheses for a function. Source: "current_user", "current_date" and the like in the SQL reference. */
const BARE_FUNCTIONS = new Set([
  "user",
  "current_user",
  "session_user",
  "current_date",
  "current_time",
  "current_timestamp",
  "localtimestamp",
]);

/** `column`, `column.field`, `table.column`, `schema.table.column`. */
function isOf({ catalog, schema, name, columns }: Table, { parts }: QualifiedName): boolean {
  const words = parts.map((part) => part.text.toLowerCase());
  const has = (word: string | undefined) => columns.some((column) => column.name.toLowerCase() === word);
  if (has(words[0]) || (words.length === 1 && BARE_FUNCTIONS.has(words[0] ?? ""))) return true;
  const qualifiers = [[name], [schema, name], [catalog, schema, name]];
  return qualifiers.some(
    (qualifier) =>
      qualifier.every((part, i) => part.toLowerCase() === words[i]) && has(words[qualifier.length]),
  );
}

function meant([near]: readonly string[]): string {
  return near === undefined ? "" : ` Did you mean ${near}?`;
}
