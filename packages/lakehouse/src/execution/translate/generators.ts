import type { QualifiedName, Span } from "@clone-xs/sql";
import { failure, typeMismatch, unsupported } from "../errors.ts";
import { typeText } from "../types/text.ts";
import { INT, isVoid, LONG, type Type, VOID } from "../types/types.ts";
import { coerce } from "./casts.ts";
import { type Environment, type OutputColumn, place, type TranslatedQuery, wording } from "./environment.ts";
import { raise } from "./raise.ts";
import { bigint, type Typed } from "./typed.ts";

const GENERATORS = new Set([
  "explode",
  "explode_outer",
  "posexplode",
  "posexplode_outer",
  "inline",
  "inline_outer",
]);

/** The generator a name means, in lower case. */
export function generatorName(name: QualifiedName): string | undefined {
  const text = name.parts.length === 1 ? name.parts[0]?.text.toLowerCase() : undefined;
  return text !== undefined && GENERATORS.has(text) ? text : undefined;
}

/** The rows a generator makes of one input row, as a query that may stand in LATERAL. NULL and empty give no row; `_outer` is the caller's LEFT JOIN. */
export function generator(
  name: string,
  args: readonly Typed[],
  span: Span,
  environment: Environment,
): TranslatedQuery {
  const [value] = args;
  if (value === undefined || args.length !== 1)
    throw failure(
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      "42605",
      `The \`${name}\` requires 1 parameters but the actual number is ${args.length}.`,
      place(environment, span),
    );
  const column = (columnName: string, type: Type): OutputColumn => ({
    name: columnName,
    type,
    id: environment.ids.column(),
  });
  const { type } = value;
  if (name.startsWith("inline") && type.kind === "array" && type.element.kind === "struct")
    return fields(
      value,
      type.element.fields.map((f) => column(f.name, f.type)),
      type.element.fields.map((f) => f.name),
    );
  const position = name.startsWith("pos") ? [column("pos", INT)] : [];
  if (type.kind === "map")
    return fields(
      { ...value, sql: `map_entries(${value.sql})` },
      [...position, column("key", type.key), column("value", type.value)],
      [...position.map(() => undefined), "key", "value"],
    );
  if (type.kind === "array" && !name.startsWith("inline")) {
    const item = column("col", type.element);
    const places = position
      .map((p) => `unnest(CAST(range(len(${value.sql})) AS INTEGER[])) AS ${p.id}, `)
      .join("");
    return { sql: `SELECT ${places}unnest(${value.sql}) AS ${item.id}`, columns: [...position, item] };
  }
  if (isVoid(type))
    return { sql: `SELECT NULL AS c0 WHERE false`, columns: [{ name: "col", type: VOID, id: "c0" }] };
  throw typeMismatch(
    wording(environment, span),
    `The first parameter requires the "ARRAY" or "MAP" type, however it has the type "${typeText(type)}".`,
    place(environment, span),
  );
}

/** Structs of an array as columns; an `undefined` name is the position. */
function fields(
  value: Typed,
  columns: readonly OutputColumn[],
  names: readonly (string | undefined)[],
): TranslatedQuery {
  const items = columns.map((c, i) =>
    names[i] === undefined
      ? `p AS ${c.id}`
      : `struct_extract(u, '${names[i]?.replaceAll("'", "''")}') AS ${c.id}`,
  );
  return {
    sql: `SELECT ${items.join(", ")} FROM (SELECT unnest(${value.sql}) AS u, unnest(CAST(range(len(${value.sql})) AS INTEGER[])) AS p)`,
    columns,
  };
}

/** `range(end)`, `range(start, end[, step[, partitions]])`: one column `id`. */
export function rangeRows(args: readonly Typed[], span: Span, environment: Environment): TranslatedQuery {
  if (args.length === 0 || args.length > 4)
    throw unsupported(`range with ${args.length} arguments`, place(environment, span));
  const numbers = args.slice(0, 3).map((arg) => coerce(arg, LONG).sql);
  const [start = "0", end = "0", step = bigint(1).sql] =
    numbers.length === 1 ? [bigint(0).sql, ...numbers] : numbers;
  const id = environment.ids.column();
  const checked = `CASE WHEN ${step} = 0 THEN ${raise("INVALID_PARAMETER_VALUE", "22023", ["step cannot be 0."])} ELSE ${step} END`;
  return {
    sql: `SELECT range AS ${id} FROM range(${start}, ${end}, ${checked})`,
    columns: [{ name: "id", type: LONG, id }],
  };
}
