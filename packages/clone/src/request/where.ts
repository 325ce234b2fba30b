import { parseExpression, parseName, quoteIdentifier, SqlError } from "@clone-xs/sql";
import { localKey } from "../inspect/inventory.ts";
import type { RequestProblem } from "./problems.ts";

/** `schema.table` in lower case → SQL of a condition. */
export type Conditions = Readonly<Record<string, string>>;

/**
 * The conditions of a request by the key under which planning looks for them, and everything wrong with them: a key that is no table's
 * name, one table named twice, and whatever is not one plain expression over the table's own columns.
 */
export function readConditions(
  wire: Readonly<Record<string, string>>,
  sourceCatalog: string,
): { readonly conditions: Conditions; readonly problems: readonly RequestProblem[] } {
  const conditions: Record<string, string> = {};
  const problems: RequestProblem[] = [];
  for (const [name, predicate] of Object.entries(wire)) {
    const path = `where_clauses.${name}`;
    const key = conditionKey(name, sourceCatalog);
    const wrong = key === undefined ? NO_NAME : key in conditions ? TWICE : predicateProblem(predicate);
    if (wrong !== undefined) problems.push({ path, message: `${path}: ${wrong}` });
    if (key !== undefined) conditions[key] = predicate;
  }
  return { conditions, problems };
}

/** The wire form of conditions: names are quoted where they have to be. */
export function conditionsWire(conditions: Conditions): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(conditions).map(([key, predicate]) => [key.split(".").map(quoted).join("."), predicate]),
  );
}

const NO_NAME =
  "the key must name a table as schema.table; put backticks around a part with special characters.";
const TWICE = "another key names the same table.";

/** `schema.table`, maybe with the source catalog before it, as `localKey` writes it. */
function conditionKey(name: string, sourceCatalog: string): string | undefined {
  try {
    const parts = parseName(name);
    const own = parts.length === 3 && parts[0]?.toLowerCase() === sourceCatalog.toLowerCase();
    const [schema, table, ...more] = own ? parts.slice(1) : parts;
    if (schema === undefined || table === undefined || more.length > 0) return undefined;
    return localKey({ schema, name: table });
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  }
}

function predicateProblem(predicate: string): string | undefined {
  try {
    return beyondTheTable(parseExpression(predicate));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return `"${predicate}" is not one SQL condition: ${error.message}`;
  }
}

/** What an expression has that does not depend on the table's row alone. Walks with a stack of its own: conditions may be deep. */
function beyondTheTable(expression: object): string | undefined {
  const pending: object[] = [expression];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if ("body" in node && "with" in node)
      return "a subquery would read other tables, which are outside the consistent cut; use columns of the table alone.";
    if ("kind" in node && node.kind === "parameter") return "parameters have no value here; write the value.";
    for (const child of Object.values(node))
      if (typeof child === "object" && child !== null) pending.push(child);
  }
  return undefined;
}

function quoted(part: string): string {
  return /^[a-z_][a-z0-9_]*$/u.test(part) ? quotedIfKeyword(part) : quoteIdentifier(part);
}

/** A word that the parser reserves comes back as a name only in backticks. */
function quotedIfKeyword(part: string): string {
  try {
    return parseName(part).length === 1 ? part : quoteIdentifier(part);
  } catch {
    return quoteIdentifier(part);
  }
}
