import type { Expression, FunctionCall, OrderItem, WindowSpecification } from "@clone-xs/sql";
import { failure, typeMismatch, unsupported } from "../errors.ts";
import type { CallSite, Entry } from "../functions/entry.ts";
import { FUNCTIONS } from "../functions/registry.ts";
import { BOOLEAN, type Type } from "../types/types.ts";
import { coerce } from "./casts.ts";
import { EMPTY_SCOPE, type Environment, place, type Scope, wording } from "./environment.ts";
import { builtinName, callRoutine } from "./routines.ts";
import { NULL, type Typed, typed } from "./typed.ts";

/** A call of a built-in or of a SQL function. Throws UNRESOLVED_ROUTINE, WRONG_NUM_ARGS, and UNSUPPORTED_FEATURE for what only Databricks has. */
export function translateCall(call: FunctionCall, scope: Scope, environment: Environment): Typed {
  const entry = builtin(call);
  if (entry === undefined) return callRoutine(call, scope, environment);
  checkArguments(call, entry, environment);
  const unit = takesUnit(call);
  const args = call.arguments.map(({ value }, i) =>
    unit && i === 0 ? NULL : argument(value, scope, environment),
  );
  return entry.translate(makeSite(call, entry, args, scope, environment));
}

/** The entry of a built-in function; a name of more than one part is one only under `system.builtin`. */
function builtin(call: Pick<FunctionCall, "name">): Entry | undefined {
  return FUNCTIONS.get(builtinName(call.name) ?? "");
}

function argument(value: Expression, scope: Scope, environment: Environment): Typed {
  if (value.kind === "lambda" || value.kind === "star") return NULL;
  return environment.translate.expression(value, scope, environment);
}

const UNIT_FIRST = new Set(["dateadd", "date_add", "datediff", "date_diff", "timestampadd", "timestampdiff"]);

/** `dateadd(DAY, 1, d)`: the first argument is a word, not a column. */
function takesUnit(call: FunctionCall): boolean {
  return call.arguments.length === 3 && UNIT_FIRST.has(call.name.parts.at(-1)?.text.toLowerCase() ?? "");
}

function checkArguments(call: FunctionCall, entry: Entry, environment: Environment): void {
  const name = call.name.parts.at(-1)?.text.toLowerCase() ?? "";
  const given = call.arguments.length;
  const star = call.arguments.some(({ value }) => value.kind === "star");
  if (star && name !== "count") throw unsupported(`${name}(*)`, place(environment, call));
  if (name !== "struct" && call.arguments.some((a) => a.name !== undefined))
    throw unsupported(`named arguments of ${name}`, place(environment, call));
  if (given < entry.min || given > entry.max) {
    const expected =
      entry.min === entry.max
        ? `${entry.min}`
        : entry.max === Number.POSITIVE_INFINITY
          ? `> ${entry.min - 1}`
          : `[${entry.min}, ${entry.max}]`;
    throw failure(
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      "42605",
      `The \`${name}\` requires ${expected} parameters but the actual number is ${given}.`,
      place(environment, call),
    );
  }
  if (entry.kind === "scalar" && (call.over !== undefined || call.filter !== undefined || call.distinct))
    throw unsupported(
      `OVER, FILTER or DISTINCT with ${name}, which is no aggregate`,
      place(environment, call),
    );
  if (entry.kind === "window" && call.over === undefined)
    throw failure(
      "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE",
      "42601",
      `Window function "${name}" requires an OVER clause.`,
      place(environment, call),
    );
}

function makeSite(
  call: FunctionCall,
  entry: Entry,
  args: readonly Typed[],
  scope: Scope,
  environment: Environment,
): CallSite {
  const words = wording(environment, call);
  return {
    args,
    call,
    environment,
    aggregate: (name, inner, orderBy) => {
      const distinct = call.distinct ? "DISTINCT " : "";
      const order = orderBy === undefined ? "" : ` ORDER BY ${orderBy}`;
      const nulls = call.nulls === "IGNORE" ? " IGNORE NULLS" : "";
      return `${name}(${distinct}${inner.join(", ")}${order}${nulls})${suffix(call, scope, environment)}`;
    },
    lambda: (index, types, shown = (name) => name) => lambda(call, index, types, shown, scope, environment),
    mismatch: (message) => typeMismatch(words, message, place(environment, call)),
    unsupported: (what) =>
      unsupported(`${what} (${entry.kind} function in ${words})`, place(environment, call)),
  };
}

function suffix(call: FunctionCall, scope: Scope, environment: Environment): string {
  const filter =
    call.filter === undefined
      ? ""
      : ` FILTER (WHERE ${coerce(environment.translate.expression(call.filter, scope, environment), BOOLEAN).sql})`;
  if (call.over === undefined) return filter;
  if (isNamed(call.over)) {
    const text = scope.windows.get(call.over.text.toLowerCase());
    if (text === undefined)
      throw failure(
        "MISSING_WINDOW_SPECIFICATION",
        "42P20",
        `Window specification is not defined in the WINDOW clause for \`${call.over.text}\`.`,
        place(environment, call.over),
      );
    return `${filter} OVER ${text}`;
  }
  return `${filter} OVER ${windowText(call.over, scope, environment)}`;
}

function isNamed(
  over: NonNullable<FunctionCall["over"]>,
): over is Extract<FunctionCall["over"], { text: string }> {
  return "text" in over;
}

/** `(PARTITION BY … ORDER BY … ROWS …)`. */
export function windowText(over: WindowSpecification, scope: Scope, environment: Environment): string {
  const partition = over.partitionBy.map((e) => environment.translate.expression(e, scope, environment).sql);
  const order = over.orderBy.map((item) =>
    orderText(item, environment.translate.expression(item.value, scope, environment).sql),
  );
  const bound = (edge: NonNullable<typeof over.frame>["start"]) => {
    if (edge.kind === "current") return "CURRENT ROW";
    if (edge.kind === "unbounded") return `UNBOUNDED ${edge.direction}`;
    return `${environment.translate.expression(edge.value, EMPTY_SCOPE, environment).sql} ${edge.direction}`;
  };
  const frame =
    over.frame === undefined
      ? []
      : [
          `${over.frame.unit} ${over.frame.end === undefined ? bound(over.frame.start) : `BETWEEN ${bound(over.frame.start)} AND ${bound(over.frame.end)}`}`,
        ];
  return `(${[
    ...(partition.length > 0 ? [`PARTITION BY ${partition.join(", ")}`] : []),
    ...(order.length > 0 ? [`ORDER BY ${order.join(", ")}`] : []),
    ...frame,
  ].join(" ")})`;
}

/** Spark puts NULL first when ascending and last when descending; DuckDB is always told. */
export function orderText(item: OrderItem, sql: string): string {
  const nulls = item.nulls ?? (item.descending ? "LAST" : "FIRST");
  return `${sql} ${item.descending ? "DESC" : "ASC"} NULLS ${nulls}`;
}

function lambda(
  call: FunctionCall,
  index: number,
  types: readonly Type[],
  shown: (name: string, place: number) => string,
  scope: Scope,
  environment: Environment,
) {
  const node = call.arguments[index]?.value;
  if (node?.kind !== "lambda")
    throw failure(
      "INVALID_LAMBDA_FUNCTION_CALL.UNEXPECTED",
      "42K0D",
      "A lambda function is expected here.",
      place(environment, call),
    );
  if (node.parameters.length > types.length)
    throw failure(
      "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
      "42K0D",
      `A higher order function expects ${types.length} arguments, but got ${node.parameters.length}.`,
      place(environment, node),
    );
  const names = node.parameters.map(
    (parameter) => `l${node.start}_${parameter.text.toLowerCase().replace(/\W/g, "_")}`,
  );
  const variables = new Map(scope.variables);
  node.parameters.forEach((parameter, i) => {
    variables.set(parameter.text.toLowerCase(), {
      ...typed(shown(names[i] ?? "", i), types[i] ?? NULL.type),
      simple: true,
    });
  });
  return { names, body: environment.translate.expression(node.body, { ...scope, variables }, environment) };
}
