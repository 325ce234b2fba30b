import type { Expression, FunctionCall, Query } from "@clone-xs/sql";
import { failure, quotedParts, unsupported } from "../errors.ts";
import { ABSENT } from "../functions/absent.ts";
import type { Type } from "../types/types.ts";
import { coerce } from "./casts.ts";
import { EMPTY_SCOPE, type Environment, place, type RoutineSource, type Scope } from "./environment.ts";
import { NULL, type Typed, typed } from "./typed.ts";

/** A call of a SQL function: its body with the arguments in place of the parameters, resolved where the function was made and with its owner's rights. */
export function callRoutine(call: FunctionCall, scope: Scope, environment: Environment): Typed {
  const routine = environment.catalog.routine(
    call.name.parts.map((part) => part.text),
    environment,
  );
  if (routine === undefined) throw absentBuiltin(call, environment) ?? unresolvedRoutine(call, environment);
  if (isTable(routine.returns))
    throw failure(
      "NOT_A_SCALAR_FUNCTION",
      "42887",
      `${routine.fullName} appears as a scalar expression here, but the function was defined as a table function. Please update the query to move the function call into the FROM clause, or redefine ${routine.fullName} as a scalar function instead.`,
      place(environment, call),
    );
  return evaluate(routine, routine.returns, bindArguments(call, routine, scope, environment), environment);
}

/** A scalar SQL function by its name, with values for its parameters in order: how masks and row filters are called. */
export function callBound(parts: readonly string[], args: readonly Typed[], environment: Environment): Typed {
  const routine = environment.catalog.routine(parts, environment);
  if (routine === undefined || isTable(routine.returns))
    throw failure(
      "ROUTINE_NOT_FOUND",
      "42883",
      `The routine ${quotedParts(parts)} cannot be found. Verify the spelling and correctness of the schema and catalog.`,
    );
  const variables = new Map(
    routine.parameters.map((p, i) => [p.name.toLowerCase(), coerce(args[i] ?? NULL, p.type)] as const),
  );
  return evaluate(routine, routine.returns, variables, environment);
}

function evaluate(
  routine: RoutineSource,
  returns: Type,
  variables: ReadonlyMap<string, Typed>,
  environment: Environment,
): Typed {
  const scope = { ...EMPTY_SCOPE, variables };
  const inside = routineEnvironment(routine, environment);
  const body = isQuery(routine.body)
    ? scalarBody(routine.body, inside, scope)
    : environment.translate.expression(routine.body, scope, inside);
  return coerce(body, returns);
}

/** The refusal of a function that Databricks has built in and the embedded workspace has not; none for other names. */
export function absentBuiltin(call: NamedCall, environment: Environment): Error | undefined {
  const name = builtinName(call.name);
  if (name === undefined || !ABSENT.has(name)) return undefined;
  return unsupported(
    `\`${name}\` is a Databricks function that it does not have yet`,
    place(environment, call),
  );
}

/** What a name would be called among the built-in functions, in lower case: one part, or three under `system.builtin`. */
export function builtinName({ parts }: FunctionCall["name"]): string | undefined {
  const names = parts.map((part) => part.text.toLowerCase());
  const plain = names.length === 1 || (names.length === 3 && names[0] === "system" && names[1] === "builtin");
  return plain ? names.at(-1) : undefined;
}

type NamedCall = Pick<FunctionCall, "name" | "start" | "end">;

/** Spark's name of a routine that is nowhere. */
function unresolvedRoutine(call: FunctionCall, environment: Environment): Error {
  const { catalog, schema } = environment.namespace;
  const path = [
    "system.builtin",
    "system.session",
    ...(schema === undefined ? [] : [`${catalog ?? "main"}.${schema}`]),
  ];
  return failure(
    "UNRESOLVED_ROUTINE",
    "42883",
    `Cannot resolve routine ${quotedParts(call.name.parts.map((part) => part.text))} on search path [${path.map((p) => quotedParts(p.split("."))).join(", ")}].`,
    place(environment, call),
  );
}

function scalarBody(query: Query, environment: Environment, scope: Scope): Typed {
  const translated = environment.translate.query(query, environment, scope);
  return typed(`(${translated.sql})`, translated.columns[0]?.type ?? { kind: "primitive", name: "void" });
}

export function isQuery(body: Expression | Query): body is Query {
  return !("kind" in body);
}

export function isTable(
  returns: RoutineSource["returns"],
): returns is readonly { readonly name: string; readonly type: Type }[] {
  return Array.isArray(returns);
}

/** Parameters by name, arguments by place or name, missing ones from their DEFAULT. */
export function bindArguments(
  call: Pick<FunctionCall, "arguments" | "start" | "end">,
  routine: RoutineSource,
  scope: Scope,
  environment: Environment,
): ReadonlyMap<string, Typed> {
  if (call.arguments.length > routine.parameters.length)
    throw failure(
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      "42605",
      `The \`${routine.fullName}\` requires ${routine.parameters.length} parameters but the actual number is ${call.arguments.length}.`,
      place(environment, call),
    );
  const inside = routineEnvironment(routine, environment);
  return new Map(
    routine.parameters.map((parameter, i) => {
      const given =
        call.arguments.find((a) => a.name?.text.toLowerCase() === parameter.name.toLowerCase()) ??
        (call.arguments[i]?.name === undefined ? call.arguments[i] : undefined);
      const value =
        given !== undefined
          ? environment.translate.expression(given.value, scope, environment)
          : parameter.default !== undefined
            ? environment.translate.expression(parameter.default, EMPTY_SCOPE, inside)
            : undefined;
      if (value === undefined)
        throw failure(
          "REQUIRED_PARAMETER_NOT_FOUND",
          "4274K",
          `Cannot invoke routine \`${routine.fullName}\` because the parameter named \`${parameter.name}\` is required, but the routine call did not supply a value.`,
          place(environment, call),
        );
      return [parameter.name.toLowerCase(), coerce(value, parameter.type)];
    }),
  );
}

/** Where a routine's body is resolved. Throws when the routine is inside its own expansion. */
export function routineEnvironment(routine: RoutineSource, environment: Environment): Environment {
  if (environment.expanding.includes(`${routine.fullName}()`))
    throw unsupported(`recursive function ${routine.fullName}`);
  return {
    ...environment,
    text: routine.text,
    namespace: routine.namespace,
    reader: routine.owner,
    parameters: [],
    commonTables: [],
    expanding: [...environment.expanding, `${routine.fullName}()`],
  };
}
