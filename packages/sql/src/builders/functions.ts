import type { Routine, SchemaName, Statement } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import { clauses, id, join, type SqlFragment, sql, statement, unsafeText } from "../tag/index.ts";
import { commentClause, create, type Existence } from "./clauses.ts";

export interface CreateFunctionRequest extends Existence {
  readonly routine: Routine;
  /** What unqualified names in the body resolve against. */
  readonly namespace?: SchemaName;
}

/**
 * Re-creates a function from what the catalog says of it. Types, defaults and body are SQL already and go in as typed.
 * Throws INVALID_VALUE when a body in another language contains the `$$` that has to enclose it.
 */
export function createFunction({ routine, namespace, ...existence }: CreateFunctionRequest): Statement {
  const name = id(routine.catalog, routine.schema, routine.name);
  return statement(
    "create",
    clauses(
      sql`${create(sql`FUNCTION`, name, existence)}(${join(routine.parameters.map(parameter))})`,
      sql`RETURNS ${returned(routine)}`,
      sql`LANGUAGE ${unsafeText(word(routine.language))}`,
      routine.deterministic ? sql`DETERMINISTIC` : sql`NOT DETERMINISTIC`,
      commentClause(routine.comment),
      body(routine),
    ),
    namespace,
  );
}

function parameter({ name, typeText, default: value, comment }: Routine["parameters"][number]): SqlFragment {
  return clauses(
    id(name),
    unsafeText(typeText),
    value !== undefined && sql`DEFAULT ${ended(value)}`,
    commentClause(comment),
  );
}

function returned(routine: Routine): SqlFragment {
  if (routine.returns.toUpperCase() !== "TABLE") return ended(routine.returns);
  const columns = (routine.returnColumns ?? []).map(({ name, typeText, comment }) =>
    clauses(id(name), unsafeText(typeText), commentClause(comment)),
  );
  return sql`TABLE (${join(columns)})`;
}

function body({ language, definition }: Routine): SqlFragment {
  if (language.toUpperCase() === "SQL") return sql`RETURN ${unsafeText(definition)}`;
  if (definition.includes("$$"))
    throw new SqlError("INVALID_VALUE", `A ${language} function whose body contains $$ cannot be written.`);
  return sql`AS $$${unsafeText(definition)}$$`;
}

/** Text that something follows: a line comment in it must end before that. */
function ended(text: string): SqlFragment {
  return unsafeText(text.includes("--") ? `${text}\n` : text);
}

function word(language: string): string {
  if (!/^[A-Za-z]+$/u.test(language))
    throw new SqlError("INVALID_VALUE", `'${language}' is no name of a language.`);
  return language.toUpperCase();
}
