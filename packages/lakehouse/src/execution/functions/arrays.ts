import { coerce } from "../translate/casts.ts";
import { quoteName } from "../translate/quote.ts";
import { raise } from "../translate/raise.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { duckType } from "../types/duckdb.ts";
import { commonType } from "../types/coercion.ts";
import { typeText } from "../types/text.ts";
import {
  array,
  BOOLEAN,
  DATE,
  INT,
  isIntegral,
  isPrimitive,
  isVoid,
  LONG,
  STRING,
  struct,
  type Type,
  VOID,
} from "../types/types.ts";
import { alikeOrFail } from "./alike.ts";
import { arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Arrays and structs. */
export const ARRAYS: FunctionFamily = {
  array: scalar(0, Number.POSITIVE_INFINITY, (site) => {
    if (site.args.length === 0) return typed("CAST([] AS INTEGER[])", array(VOID));
    const values = alikeOrFail(site, site.args);
    const type = array(values[0]?.type ?? VOID);
    return typed(
      `CAST([${values.map((value) => value.sql).join(", ")}] AS ${duckType(type) ?? "INTEGER[]"})`,
      type,
    );
  }),
  struct: scalar(0, Number.POSITIVE_INFINITY, (site) => {
    const names = site.call.arguments.map(
      ({ name, value }, i) =>
        name?.text ?? (value.kind === "column" ? (value.name.parts.at(-1)?.text ?? "") : `col${i + 1}`),
    );
    return packed(names, site.args);
  }),
  named_struct: scalar(2, Number.POSITIVE_INFINITY, (site) => {
    if (site.args.length % 2 === 1) throw site.mismatch("The function requires an even number of arguments.");
    const names = site.args.filter((_, i) => i % 2 === 0).map((a) => a.literal);
    if (!names.every((name) => name !== undefined))
      throw site.unsupported("field names that are no literals");
    return packed(
      names,
      site.args.filter((_, i) => i % 2 === 1),
    );
  }),
  size: size(),
  array_size: size(),
  cardinality: size(),
  array_contains: scalar(2, 2, (site) => {
    const { list, item } = withItem(site);
    return typed(
      once(
        [list, item],
        (a, x) =>
          `CASE WHEN ${a} IS NULL OR ${x} IS NULL THEN NULL WHEN list_contains(${a}, ${x}) THEN true WHEN len(list_filter(${a}, lambda e: e IS NULL)) > 0 THEN NULL ELSE false END`,
      ),
      BOOLEAN,
    );
  }),
  array_position: scalar(2, 2, (site) => {
    const { list, item } = withItem(site);
    return typed(
      once(
        [list, item],
        (a, x) =>
          `CASE WHEN ${a} IS NULL OR ${x} IS NULL THEN NULL ELSE CAST(coalesce(list_position(${a}, ${x}), 0) AS BIGINT) END`,
      ),
      LONG,
    );
  }),
  array_remove: scalar(2, 2, (site) => {
    const { list, item } = withItem(site);
    return typed(
      once(
        [list, item],
        (a, x) => `CASE WHEN ${x} IS NOT NULL THEN list_filter(${a}, lambda e: e IS DISTINCT FROM ${x}) END`,
      ),
      list.type,
    );
  }),
  array_append: scalar(2, 2, (site) => {
    const { list, item } = withItem(site);
    return typed(
      once([list, item], (a, x) => `CASE WHEN ${a} IS NOT NULL THEN list_append(${a}, ${x}) END`),
      list.type,
    );
  }),
  array_prepend: scalar(2, 2, (site) => {
    const { list, item } = withItem(site);
    return typed(
      once([list, item], (a, x) => `CASE WHEN ${a} IS NOT NULL THEN list_prepend(${x}, ${a}) END`),
      list.type,
    );
  }),
  array_compact: scalar(1, 1, (site) =>
    typed(`list_filter(${list(site).sql}, lambda e: e IS NOT NULL)`, list(site).type),
  ),
  array_distinct: scalar(1, 1, (site) => {
    const value = list(site);
    return typed(
      once(
        [value],
        (a) =>
          `list_filter(${a}, lambda e, i: list_position(${a}, e) = i OR (e IS NULL AND len(list_filter(${a}[1:i - 1], lambda p: p IS NULL)) = 0))`,
      ),
      value.type,
    );
  }),
  sort_array: scalar(1, 2, (site) => {
    const ascending = site.args[1]?.sql ?? "true";
    if (ascending !== "true" && ascending !== "false") throw site.unsupported("an order that is no literal");
    return typed(
      `list_sort(${list(site).sql}, ${ascending === "true" ? "'ASC', 'NULLS FIRST'" : "'DESC', 'NULLS LAST'"})`,
      list(site).type,
    );
  }),
  array_sort: scalar(1, 1, (site) =>
    typed(`list_sort(${list(site).sql}, 'ASC', 'NULLS LAST')`, list(site).type),
  ),
  array_max: extreme("list_max"),
  array_min: extreme("list_min"),
  array_join: scalar(2, 3, (site) => {
    const separator = coerce(arg(site, 1), STRING).sql;
    const texts = coerce(list(site), array(STRING)).sql;
    const shown =
      site.args[2] === undefined
        ? `list_filter(${texts}, lambda e: e IS NOT NULL)`
        : `list_transform(${texts}, lambda e: coalesce(e, ${coerce(site.args[2], STRING).sql}))`;
    return typed(`array_to_string(${shown}, ${separator})`, STRING);
  }),
  array_repeat: scalar(2, 2, (site) => {
    const value = arg(site, 0);
    const items = once(
      [value, coerce(arg(site, 1), INT)],
      (x, n) => `list_transform(range(greatest(${n}, 0)), lambda i: ${x})`,
    );
    return typed(items, array(value.type));
  }),
  flatten: scalar(1, 1, (site) => {
    const value = list(site);
    if (value.type.element.kind !== "array")
      throw site.mismatch(
        `The first parameter requires the "ARRAY" of "ARRAY" type, however it has the type "${typeText(value.type)}".`,
      );
    return typed(
      once(
        [value],
        (a) => `CASE WHEN len(list_filter(${a}, lambda e: e IS NULL)) > 0 THEN NULL ELSE flatten(${a}) END`,
      ),
      value.type.element,
    );
  }),
  slice: scalar(3, 3, (site) => {
    const value = list(site);
    return typed(
      once([value, coerce(arg(site, 1), INT), coerce(arg(site, 2), INT)], (a, start, length) => {
        const from = `CASE WHEN ${start} > 0 THEN ${start} ELSE len(${a}) + ${start} + 1 END`;
        const error = raise("INVALID_PARAMETER_VALUE.START", "22023", [
          "The value of parameter(s) `start` in `slice` is invalid: Expects a positive or a negative value for `start`, but got 0.",
        ]);
        return `CASE WHEN ${start} = 0 THEN ${error} WHEN ${from} < 1 THEN CAST([] AS ${duckType(value.type)}) ELSE ${a}[${from}:${from} + ${length} - 1] END`;
      }),
      value.type,
    );
  }),
  sequence: scalar(2, 3, sequence),
  element_at: scalar(2, 2, (site) => elementAt(site, true)),
  try_element_at: scalar(2, 2, (site) => elementAt(site, false)),
  get: scalar(2, 2, (site) => {
    const value = list(site);
    return typed(
      once([value, coerce(arg(site, 1), INT)], (a, i) => `CASE WHEN ${i} >= 0 THEN ${a}[${i} + 1] END`),
      value.type.element,
    );
  }),
  transform: scalar(2, 2, (site) => {
    const value = list(site);
    // DuckDB's second parameter counts from 1.
    const { names, body } = site.lambda(1, [value.type.element, INT], (name, place) =>
      place === 1 ? `CAST(${name} - 1 AS INTEGER)` : name,
    );
    return typed(`list_transform(${value.sql}, lambda ${names.join(", ")}: ${body.sql})`, array(body.type));
  }),
  filter: scalar(2, 2, (site) => {
    const value = list(site);
    const { names, body } = site.lambda(1, [value.type.element]);
    return typed(
      `list_filter(${value.sql}, lambda ${names[0]}: coalesce(${coerce(body, BOOLEAN).sql}, false))`,
      value.type,
    );
  }),
  exists: scalar(2, 2, (site) => quantified(site, "true", "false")),
  forall: scalar(2, 2, (site) => quantified(site, "false", "true")),
};

function packed(names: readonly string[], values: readonly Typed[]): Typed {
  const fields = names.map((name, i) => ({ name, type: values[i]?.type ?? VOID }));
  return typed(
    `struct_pack(${names.map((name, i) => `${quoteName(name)} := ${values[i]?.sql}`).join(", ")})`,
    struct(fields),
  );
}

type ArrayValue = Typed & { readonly type: Extract<Type, { kind: "array" }> };

function list(site: CallSite, index = 0): ArrayValue {
  const value = arg(site, index);
  const { type } = value;
  if (type.kind !== "array")
    throw site.mismatch(
      `The ${index === 0 ? "first" : "second"} parameter requires the "ARRAY" type, however it has the type "${typeText(type)}".`,
    );
  return { ...value, type };
}

/** An array and a value of its element type, both widened to what holds both. */
function withItem(site: CallSite): { readonly list: Typed; readonly item: Typed } {
  const value = list(site);
  const type = commonType(value.type.element, arg(site, 1).type);
  if (type === undefined)
    throw site.mismatch(
      `The array holds "${typeText(value.type.element)}", which has no common type with "${typeText(arg(site, 1).type)}".`,
    );
  return { list: coerce(value, array(type)), item: coerce(arg(site, 1), type) };
}

/** NULL of NULL. */
function size() {
  return scalar(1, 1, (site) => {
    const value = arg(site, 0);
    if (value.type.kind !== "array" && value.type.kind !== "map" && !isVoid(value.type))
      throw site.mismatch(
        `The first parameter requires the ("ARRAY" or "MAP") type, however it has the type "${typeText(value.type)}".`,
      );
    return typed(
      value.type.kind === "map"
        ? `CAST(cardinality(${value.sql}) AS INTEGER)`
        : `CAST(len(${value.sql}) AS INTEGER)`,
      INT,
    );
  });
}

function extreme(name: string) {
  return scalar(1, 1, (site) => typed(`${name}(${list(site).sql})`, list(site).type.element));
}

/** Three-valued: an unknown element leaves the answer unknown unless another one settles it. */
function quantified(site: CallSite, settled: "true" | "false", otherwise: "true" | "false"): Typed {
  const value = list(site);
  const { names, body } = site.lambda(1, [value.type.element]);
  if (!isPrimitive(body.type, "boolean", "void"))
    throw site.mismatch(
      `The second parameter requires the "BOOLEAN" type, however it has the type "${typeText(body.type)}".`,
    );
  const results = typed(
    `list_transform(${value.sql}, lambda ${names[0]}: ${coerce(body, BOOLEAN).sql})`,
    array(BOOLEAN),
  );
  return typed(
    once(
      [results],
      (r) =>
        `CASE WHEN ${r} IS NULL THEN NULL WHEN list_contains(${r}, ${settled}) THEN ${settled} WHEN len(list_filter(${r}, lambda e: e IS NULL)) > 0 THEN NULL ELSE ${otherwise} END`,
    ),
    BOOLEAN,
  );
}

/** Both ends belong to it; backwards when start is the larger one. */
function sequence(site: CallSite): Typed {
  const [from] = alikeOrFail(site, [arg(site, 0), arg(site, 1)]);
  const type = from?.type ?? VOID;
  if (isIntegral(type)) {
    const step = site.args[2] === undefined ? undefined : coerce(site.args[2], type);
    const sql = once(
      [
        coerce(arg(site, 0), LONG),
        coerce(arg(site, 1), LONG),
        ...(step === undefined ? [] : [coerce(step, LONG)]),
      ],
      (a, b, s) => {
        if (s === undefined) return `generate_series(${a}, ${b}, CASE WHEN ${a} <= ${b} THEN 1 ELSE -1 END)`;
        const error = raise("INVALID_PARAMETER_VALUE.BOUNDARIES", "22023", ["Illegal sequence boundaries."]);
        return `CASE WHEN CAST(${b} AS HUGEINT) + ${s} NOT BETWEEN -9223372036854775808 AND 9223372036854775807 THEN ${error} WHEN (${s} > 0 AND ${a} <= ${b}) OR (${s} < 0 AND ${a} >= ${b}) THEN generate_series(${a}, ${b}, ${s}) WHEN ${s} = 0 AND ${a} = ${b} THEN [${a}] WHEN ${s} IS NULL THEN NULL ELSE ${error} END`;
      },
    );
    return typed(`CAST(${sql} AS ${duckType(type)}[])`, array(type));
  }
  if (isPrimitive(type, "date") && site.args[2] === undefined)
    return typed(
      once(
        [arg(site, 0), arg(site, 1)].map((a) => coerce(a, DATE)),
        (a, b) =>
          `CAST(generate_series(${a}, ${b}, CASE WHEN ${a} <= ${b} THEN to_days(1) ELSE to_days(-1) END) AS DATE[])`,
      ),
      array(DATE),
    );
  throw site.unsupported(`a sequence of "${typeText(type)}" with these arguments`);
}

/** From 1, negative from the end; of a map the value or NULL. */
function elementAt(site: CallSite, strict: boolean): Typed {
  const value = arg(site, 0);
  if (value.type.kind === "map")
    return typed(
      `map_extract_value(${value.sql}, ${coerce(arg(site, 1), value.type.key).sql})`,
      value.type.value,
    );
  const items = list(site);
  const sql = once([items, coerce(arg(site, 1), INT)], (a, i) => {
    const zero = raise("INVALID_INDEX_OF_ZERO", "22003", [
      "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1).",
    ]);
    const outside = raise("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "22003", [
      "The index ",
      { sql: `CAST(${i} AS VARCHAR)` },
      " is out of bounds. The array has ",
      { sql: `CAST(len(${a}) AS VARCHAR)` },
      " elements. Use `try_element_at` to tolerate accessing element at invalid index and return NULL instead.",
    ]);
    const guard = strict ? `WHEN abs(${i}) > len(${a}) THEN ${outside} ` : "";
    return `CASE WHEN ${a} IS NULL OR ${i} IS NULL THEN NULL WHEN ${i} = 0 THEN ${zero} ${guard}ELSE ${a}[${i}] END`;
  });
  return typed(sql, items.type.element);
}
