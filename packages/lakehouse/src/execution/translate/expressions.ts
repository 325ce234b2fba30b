import type { Expression, Query } from "@clone-xs/sql";
import { failure, typeMismatch, unsupported } from "../errors.ts";
import { commonOf, commonType } from "../types/coercion.ts";
import { parseType, typeOf, typeText } from "../types/text.ts";
import { BOOLEAN, INT, isIntegral, STRING, type Type, VOID } from "../types/types.ts";
import { translateCall } from "./calls.ts";
import { cast, coerce } from "./casts.ts";
import { type Environment, place, type Scope, wording } from "./environment.ts";
import { binaryLiteral, interval, numberLiteral, typedLiteral } from "./literals.ts";
import { binary, unary } from "./operators.ts";
import { quoteName } from "./quote.ts";
import { raise } from "./raise.ts";
import { fieldOf, resolve } from "./scope.ts";
import { boolean, NULL, nullOf, once, text, type Typed, typed } from "./typed.ts";

/** Translates one expression. Throws what Databricks throws for names and types it cannot resolve. */
export function translateExpression(node: Expression, scope: Scope, environment: Environment): Typed {
  const translate = (inner: Expression) => translateExpression(inner, scope, environment);
  switch (node.kind) {
    case "null":
      return NULL;
    case "boolean":
      return boolean(node.value);
    case "number":
      return numberLiteral(node);
    case "string":
      return text(node.value);
    case "binary":
      return "hex" in node ? binaryLiteral(node.hex) : operation(node, translate, environment);
    case "typed":
      return typedLiteral(node);
    case "interval":
      return interval(node, translate, environment);
    case "parameter":
      return parameter(node.name, node, environment);
    case "column":
      return resolve(scope, node.name, environment);
    case "star":
      throw failure(
        "INVALID_USAGE_OF_STAR_OR_REGEX",
        "42000",
        "Invalid usage of '*' in expression.",
        place(environment, node),
      );
    case "unary":
      return node.operator === "-" && node.operand.kind === "number"
        ? numberLiteral(node.operand, true)
        : unary(node.operator, translate(node.operand));
    case "is":
      return test(translate(node.operand), node.what, node.not);
    case "isDistinct": {
      const [left, right] = alike([translate(node.left), translate(node.right)], node, environment);
      return typed(`(${left?.sql} IS ${node.not ? "NOT DISTINCT" : "DISTINCT"} FROM ${right?.sql})`, BOOLEAN);
    }
    case "between": {
      const [value, low, high] = alike([node.operand, node.low, node.high].map(translate), node, environment);
      return typed(`(${value?.sql} ${node.not ? "NOT " : ""}BETWEEN ${low?.sql} AND ${high?.sql})`, BOOLEAN);
    }
    case "in":
      return membership(node, scope, environment);
    case "like":
      return like(node, translate, environment);
    case "case":
      return choice(node, translate, environment);
    case "cast":
      return cast(translate(node.operand), typeOf(node.type), node.lenient ? "try" : "ansi");
    case "call":
      return translateCall(node, scope, environment);
    case "exists":
      return typed(`EXISTS (${environment.translate.query(node.query, environment, scope).sql})`, BOOLEAN);
    case "subquery":
      return scalarSubquery(node.query, scope, environment);
    case "field": {
      const operand = translate(node.operand);
      const found = fieldOf(operand, node.field.text);
      if (found === undefined) throw noSuchField(node.field.text, operand.type, node, environment);
      return found;
    }
    case "index":
      return element(translate(node.operand), translate(node.index), node, environment);
    case "lambda":
      throw failure(
        "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
        "42K0D",
        "A lambda function should only be used in a higher order function.",
        place(environment, node),
      );
    case "row": {
      const values = node.values.map(translate);
      const fields = values.map((value, i) => ({
        name: `col${i + 1}`,
        type: value.type,
        nullable: true,
        metadata: {},
      }));
      return typed(
        `struct_pack(${values.map((value, i) => `${quoteName(`col${i + 1}`)} := ${value.sql}`).join(", ")})`,
        { kind: "struct", fields },
      );
    }
  }
}

function operation(
  node: Extract<Expression, { operator: unknown; left: unknown }>,
  translate: (inner: Expression) => Typed,
  environment: Environment,
): Typed {
  return binary(node.operator, translate(node.left), translate(node.right), {
    wording: wording(environment, node),
    place: place(environment, node),
  });
}

/** `:name`: the text of the parameter, cast to its type. */
function parameter(name: string, node: Expression, environment: Environment): Typed {
  const found = environment.parameters.find((p) => p.name === name);
  if (found === undefined)
    throw failure(
      "UNBOUND_SQL_PARAMETER",
      "42P02",
      `Found the unbound parameter: ${name}. Please, fix \`args\` and provide a mapping of the parameter to either a SQL literal or collection constructor functions such as \`map()\`, \`array()\`, \`struct()\`.`,
      place(environment, node),
    );
  const type = parseType(found.type ?? "STRING");
  return found.value === null ? typed(nullOf(type), type) : cast(text(found.value), type);
}

function test(operand: Typed, what: "NULL" | "TRUE" | "FALSE" | "UNKNOWN", not: boolean): Typed {
  const value = what === "NULL" ? operand : coerce(operand, BOOLEAN);
  const word = what === "UNKNOWN" ? "NULL" : what;
  return typed(`(${value.sql} IS ${not ? "NOT " : ""}${word})`, BOOLEAN);
}

/** All values in their common type. Throws DATATYPE_MISMATCH.DATA_DIFF_TYPES. */
function alike(values: readonly Typed[], node: Expression, environment: Environment): readonly Typed[] {
  const type = commonOf(values.map((value) => value.type));
  if (type === undefined)
    throw failure(
      "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
      "42K09",
      `Cannot resolve "${wording(environment, node)}" due to data type mismatch: Input to the expression should all be the same type, but it's [${values.map((value) => `"${typeText(value.type)}"`).join(", ")}].`,
      place(environment, node),
    );
  return values.map((value) => coerce(value, type));
}

function membership(
  node: Extract<Expression, { kind: "in" }>,
  scope: Scope,
  environment: Environment,
): Typed {
  const operand = translateExpression(node.operand, scope, environment);
  const not = node.not ? "NOT " : "";
  if (isList(node.values)) {
    const values = node.values.map((value) => translateExpression(value, scope, environment));
    const [first, ...rest] = alike([operand, ...values], node, environment);
    return typed(`(${first?.sql} ${not}IN (${rest.map((value) => value.sql).join(", ")}))`, BOOLEAN);
  }
  const query = environment.translate.query(node.values, environment, scope);
  const [column] = query.columns;
  if (query.columns.length !== 1 || column === undefined)
    throw unsupported("IN (query) of several columns", place(environment, node));
  const type = commonType(operand.type, column.type);
  if (type === undefined)
    throw typeMismatch(
      wording(environment, node),
      `The query gives "${typeText(column.type)}", which cannot be compared with "${typeText(operand.type)}".`,
      place(environment, node),
    );
  const right = coerce(typed(`q.${column.id}`, column.type), type).sql;
  return typed(`(${coerce(operand, type).sql} ${not}IN (SELECT ${right} FROM (${query.sql}) AS q))`, BOOLEAN);
}

function isList(values: readonly Expression[] | Query): values is readonly Expression[] {
  return Array.isArray(values);
}

function like(
  node: Extract<Expression, { kind: "like" }>,
  translate: (inner: Expression) => Typed,
  environment: Environment,
): Typed {
  const operand = coerce(translate(node.operand), STRING).sql;
  const pattern = coerce(translate(node.pattern), STRING).sql;
  const not = node.not ? "NOT " : "";
  if (node.operator === "RLIKE") return typed(`(${not}regexp_matches(${operand}, ${pattern}))`, BOOLEAN);
  const escape = node.escape === undefined ? text("\\") : translate(node.escape);
  if (escape.literal === undefined || Array.from(escape.literal).length !== 1)
    throw failure(
      "INVALID_ESCAPE_CHAR",
      "42K08",
      `The ESCAPE character must be a single character.`,
      place(environment, node),
    );
  return typed(`(${operand} ${not}${node.operator} ${pattern} ESCAPE ${escape.sql})`, BOOLEAN);
}

function choice(
  node: Extract<Expression, { kind: "case" }>,
  translate: (inner: Expression) => Typed,
  environment: Environment,
): Typed {
  const results = [
    ...node.branches.map((branch) => branch.then),
    ...(node.otherwise === undefined ? [] : [node.otherwise]),
  ].map(translate);
  const values = alike(results, node, environment);
  const operand = node.operand && translate(node.operand);
  const branches = node.branches.map((branch, i) => {
    const when = translate(branch.when);
    const condition =
      operand === undefined
        ? coerce(when, BOOLEAN)
        : binary("=", operand, when, {
            wording: wording(environment, branch.when),
            place: place(environment, branch.when),
          });
    return `WHEN ${condition.sql} THEN ${values[i]?.sql}`;
  });
  const otherwise = node.otherwise === undefined ? "" : ` ELSE ${values.at(-1)?.sql}`;
  return typed(`(CASE ${branches.join(" ")}${otherwise} END)`, values[0]?.type ?? VOID);
}

/** `(SELECT …)`: more than one row raises, in DuckDB as in Spark. */
function scalarSubquery(query: Query, scope: Scope, environment: Environment): Typed {
  const translated = environment.translate.query(query, environment, scope);
  const [column] = translated.columns;
  if (translated.columns.length !== 1 || column === undefined)
    throw failure(
      "INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
      "42823",
      `Scalar subquery must return only one column, but got ${translated.columns.length}.`,
      place(environment, query),
    );
  return typed(`(${translated.sql})`, column.type);
}

/** `a[i]`: from 0, out of bounds raises; `m[k]`: NULL when the key is missing. */
function element(value: Typed, index: Typed, node: Expression, environment: Environment): Typed {
  const { type } = value;
  if (type.kind === "map")
    return typed(`map_extract_value(${value.sql}, ${coerce(index, type.key).sql})`, type.value);
  if (type.kind !== "array" || !(isIntegral(index.type) || index.type === VOID))
    throw failure(
      "INVALID_EXTRACT_BASE_FIELD_TYPE",
      "42000",
      `Can't extract a value from "${wording(environment, node)}". Need a complex type [STRUCT, ARRAY, MAP] but got "${typeText(type)}".`,
      place(environment, node),
    );
  const sql = once([value, coerce(index, INT)], (a, i) => {
    const error = raise("INVALID_ARRAY_INDEX", "22003", [
      "The index ",
      { sql: `CAST(${i} AS VARCHAR)` },
      " is out of bounds. The array has ",
      { sql: `CAST(len(${a}) AS VARCHAR)` },
      " elements. Use the SQL function `get()` to tolerate accessing element at invalid index and return NULL instead.",
    ]);
    return `CASE WHEN ${a} IS NULL OR ${i} IS NULL THEN NULL WHEN ${i} < 0 OR ${i} >= len(${a}) THEN ${error} ELSE ${a}[${i} + 1] END`;
  });
  return typed(sql, type.element);
}

function noSuchField(name: string, type: Type, node: Expression, environment: Environment): Error {
  if (type.kind !== "struct")
    return failure(
      "INVALID_EXTRACT_BASE_FIELD_TYPE",
      "42000",
      `Can't extract a value from "${wording(environment, node)}". Need a complex type [STRUCT, ARRAY, MAP] but got "${typeText(type)}".`,
      place(environment, node),
    );
  return failure(
    "FIELD_NOT_FOUND",
    "42704",
    `No such struct field \`${name}\` in ${type.fields.map((f) => `\`${f.name}\``).join(", ")}.`,
    place(environment, node),
  );
}
