import { place, type Translator, wording } from "./environment.ts";
import { translateExpression } from "./expressions.ts";
import { binary } from "./operators.ts";
import { translateQuery } from "./queries.ts";
import { translateValues } from "./values.ts";

/** Databricks SQL to DuckDB SQL. Pure: whatever the text names has been loaded into the environment's catalog view. */
export const TRANSLATOR: Translator = {
  expression: translateExpression,
  query: translateQuery,
  values: translateValues,
  equal: (left, right, environment, span) =>
    binary("=", left, right, { wording: wording(environment, span), place: place(environment, span) }).sql,
};
