import { quoteText } from "./quote.ts";

/**
 * A DuckDB expression that stops the statement with an error in Databricks' words. `parts` alternate between text and DuckDB
 * expressions of type VARCHAR (`{ sql }`).
 */
export function raise(
  errorClass: string,
  sqlState: string,
  parts: readonly (string | { readonly sql: string })[],
): string {
  const [first, ...rest] = [`[${errorClass}] `, ...parts, ` SQLSTATE: ${sqlState}`].map((part) =>
    typeof part === "string" ? quoteText(part) : `coalesce(${part.sql}, 'NULL')`,
  );
  return `error(${[first, ...rest].join(" || ")})`;
}

export const divideByZero = () =>
  raise("DIVIDE_BY_ZERO", "22012", [
    'Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. If necessary set "ansi_mode" to "false" to bypass this error.',
  ]);

export const remainderByZero = () =>
  raise("REMAINDER_BY_ZERO", "22012", [
    "Remainder by zero. Use `try_mod` to tolerate divisor being 0 and return NULL instead.",
  ]);

/** CAST_INVALID_INPUT for the value in `sql` (VARCHAR). */
export function invalidCast(sql: string, from: string, to: string): string {
  return raise("CAST_INVALID_INPUT", "22018", [
    "The value '",
    { sql },
    `' of the type "${from}" cannot be cast to "${to}" because it is malformed. Correct the value as per the syntax, or change its target type. Use \`try_cast\` to tolerate malformed input and return NULL instead.`,
  ]);
}

export function castOverflow(sql: string, from: string, to: string): string {
  return raise("CAST_OVERFLOW", "22003", [
    "The value ",
    { sql },
    ` of the type "${from}" cannot be cast to "${to}" due to an overflow. Use \`try_cast\` to tolerate overflow and return NULL instead.`,
  ]);
}
