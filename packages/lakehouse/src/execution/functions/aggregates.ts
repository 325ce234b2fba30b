import { coerce } from "../translate/casts.ts";
import { exactQuotient } from "../translate/operators.ts";
import { once, type Typed, typed } from "../translate/typed.ts";
import { duckType } from "../types/duckdb.ts";
import { typeText } from "../types/text.ts";
import {
  array,
  BOOLEAN,
  DOUBLE,
  decimal,
  INT,
  isFractional,
  isIntegral,
  isNumeric,
  isString,
  isVoid,
  LONG,
  type Type,
} from "../types/types.ts";
import { aggregate, arg, type CallSite, type FunctionFamily, scalar } from "./entry.ts";

/** Aggregates; all of them also work OVER a window. */
export const AGGREGATES: FunctionFamily = {
  count: aggregate(1, Number.POSITIVE_INFINITY, count),
  count_if: aggregate(1, 1, (site) => {
    const condition = coerce(arg(site, 0), BOOLEAN).sql;
    return typed(site.aggregate("count", [`CASE WHEN ${condition} THEN 1 END`]), LONG);
  }),
  sum: aggregate(1, 1, sum),
  avg: aggregate(1, 1, average),
  mean: aggregate(1, 1, average),
  min: same("min"),
  max: same("max"),
  any_value: same("any_value"),
  first: position("first"),
  first_value: position("first"),
  last: position("last"),
  last_value: position("last"),
  min_by: by("arg_min"),
  max_by: by("arg_max"),
  collect_list: collected("list", false),
  array_agg: collected("list", false),
  collect_set: collected("list", true),
  bool_and: logical("bool_and"),
  every: logical("bool_and"),
  bool_or: logical("bool_or"),
  any: logical("bool_or"),
  some: logical("bool_or"),
  stddev: statistic("stddev_samp"),
  stddev_samp: statistic("stddev_samp"),
  stddev_pop: statistic("stddev_pop"),
  std: statistic("stddev_samp"),
  variance: statistic("var_samp"),
  var_samp: statistic("var_samp"),
  var_pop: statistic("var_pop"),
  median: statistic("median"),
  bit_and: whole("bit_and"),
  bit_or: whole("bit_or"),
  bit_xor: whole("bit_xor"),
  approx_count_distinct: aggregate(1, 1, (site) =>
    typed(site.aggregate("count", [`DISTINCT ${arg(site, 0).sql}`]), LONG),
  ),
  percentile: aggregate(2, 2, (site) => {
    if (arg(site, 1).type.kind === "array") throw site.unsupported("several percentages");
    return typed(
      site.aggregate("quantile_cont", [coerce(arg(site, 0), DOUBLE).sql, coerce(arg(site, 1), DOUBLE).sql]),
      DOUBLE,
    );
  }),
  listagg: joined(),
  string_agg: joined(),
  grouping: scalar(1, 1, (site) =>
    typed(`CAST(grouping(${arg(site, 0).sql}) AS TINYINT)`, { kind: "primitive", name: "byte" }),
  ),
  grouping_id: scalar(1, 32, (site) =>
    typed(`CAST(grouping_id(${site.args.map((a) => a.sql).join(", ")}) AS BIGINT)`, LONG),
  ),
};

/** count(*) and count(1) count rows; count(a, b) counts rows where none is NULL. */
function count(site: CallSite): Typed {
  const star = site.call.arguments[0]?.value.kind === "star";
  if (star) {
    if (site.call.distinct) throw site.unsupported("count(DISTINCT *)");
    return typed(site.aggregate("count", ["*"]), LONG);
  }
  const [first, ...more] = site.args;
  if (more.length === 0)
    return typed(
      site.aggregate("count", [isVoid(first?.type ?? INT) ? "NULL::INTEGER" : (first?.sql ?? "")]),
      LONG,
    );
  const present = site.args.map((a) => `${a.sql} IS NOT NULL`).join(" AND ");
  const row = site.call.distinct
    ? `struct_pack(${site.args.map((a, i) => `f${i} := ${a.sql}`).join(", ")})`
    : "1";
  return typed(site.aggregate("count", [`CASE WHEN ${present} THEN ${row} END`]), LONG);
}

/** BIGINT of integers (overflow raises), DECIMAL with ten digits more, DOUBLE otherwise. */
function sum(site: CallSite): Typed {
  const value = number(site);
  if (isIntegral(value.type)) return typed(`CAST(${site.aggregate("sum", [value.sql])} AS BIGINT)`, LONG);
  if (value.type.kind === "decimal") return decimalSum(site, value.sql, value.type);
  return typed(site.aggregate("sum", [coerce(value, DOUBLE).sql]), DOUBLE);
}

/** DuckDB's own sum of decimals goes a little beyond 38 digits; the way through text does not. */
function decimalSum(site: CallSite, value: string, of: ReturnType<typeof sumType>): Typed {
  const type = sumType(of);
  const total = site.aggregate("sum", [value]);
  return typed(
    `CAST(${of.precision + 10 > 38 ? `CAST(${total} AS VARCHAR)` : total} AS ${duckType(type)})`,
    type,
  );
}

function sumType({ precision, scale }: { readonly precision: number; readonly scale: number }) {
  return { kind: "decimal" as const, precision: Math.min(38, precision + 10), scale };
}

function number(site: CallSite): Typed {
  const value = arg(site, 0);
  if (isString(value.type) || isVoid(value.type)) return coerce(value, DOUBLE);
  if (!isNumeric(value.type))
    throw site.mismatch(
      `The first parameter requires the "NUMERIC" or "ANSI INTERVAL" type, however it has the type "${typeText(value.type)}".`,
    );
  return value;
}

/** DOUBLE of integers and doubles; of DECIMAL(p,s) exactly DECIMAL(p+4,s+4). */
function average(site: CallSite): Typed {
  const value = number(site);
  if (value.type.kind !== "decimal")
    return typed(
      site.aggregate("avg", [coerce(value, isFractional(value.type) ? DOUBLE : value.type).sql]),
      DOUBLE,
    );
  const { precision, scale } = value.type;
  const type = decimal(precision + 4, scale + 4);
  const total = decimalSum(site, value.sql, value.type);
  const rows = typed(site.aggregate("count", [value.sql]), LONG);
  const sql = once(
    [total, rows],
    (x, y) =>
      `CASE WHEN ${x} IS NULL THEN NULL ELSE ${exactQuotient({ x, xScale: scale, y, yScale: 0, scale: type.scale, precision: type.precision })} END`,
  );
  return typed(sql, type);
}

function same(name: string) {
  return aggregate(1, 1, (site) => {
    const value = arg(site, 0);
    if (value.type.kind === "map")
      throw site.mismatch(`The \`${name}\` does not support ordering on type "${typeText(value.type)}".`);
    return typed(site.aggregate(name, [value.sql]), value.type);
  });
}

/** first and last: the second argument true, or IGNORE NULLS, skips NULLs. */
function position(name: "first" | "last") {
  return aggregate(1, 2, (site) => {
    const value = arg(site, 0);
    const ignore = site.args[1]?.sql === "true" || site.call.nulls === "IGNORE";
    if (site.call.over !== undefined) {
      if (site.args[1]?.sql === "true")
        throw site.unsupported("the second argument OVER a window; write IGNORE NULLS");
      return typed(site.aggregate(`${name}_value`, [value.sql]), value.type);
    }
    if (site.call.nulls === "IGNORE") throw site.unsupported("IGNORE NULLS; give true as second argument");
    if (ignore && site.call.filter !== undefined)
      throw site.unsupported("FILTER together with ignored NULLs");
    const filter = ignore ? ` FILTER (WHERE ${value.sql} IS NOT NULL)` : "";
    return typed(`${site.aggregate(name, [value.sql])}${filter}`, value.type);
  });
}

function by(name: string) {
  return aggregate(2, 2, (site) =>
    typed(site.aggregate(`${name}_null`, [arg(site, 0).sql, arg(site, 1).sql]), arg(site, 0).type),
  );
}

/** NULLs are left out; no row gives an empty array. */
function collected(name: string, distinct: boolean) {
  return aggregate(1, 1, (site) => {
    const value = arg(site, 0);
    if (distinct && value.type.kind === "map")
      throw site.mismatch(`Set-like aggregation does not support the type "${typeText(value.type)}".`);
    // -0.0 and 0.0 are one value of a set.
    const item = distinct && isFractional(value.type) ? `(${value.sql} + 0)` : value.sql;
    const all = site.aggregate(name, [`${distinct && !site.call.distinct ? "DISTINCT " : ""}${item}`]);
    const type = array(value.type);
    return typed(
      `coalesce(list_filter(${all}, lambda e: e IS NOT NULL), CAST([] AS ${duckType(type)}))`,
      type,
    );
  });
}

function logical(name: string) {
  return aggregate(1, 1, (site) => typed(site.aggregate(name, [coerce(arg(site, 0), BOOLEAN).sql]), BOOLEAN));
}

function statistic(name: string) {
  return aggregate(1, 1, (site) => typed(site.aggregate(name, [coerce(number(site), DOUBLE).sql]), DOUBLE));
}

function whole(name: string) {
  return aggregate(1, 1, (site) => {
    const value = arg(site, 0);
    if (!isIntegral(value.type))
      throw site.mismatch(
        `The first parameter requires the "INTEGRAL" type, however it has the type "${typeText(value.type)}".`,
      );
    return typed(site.aggregate(name, [value.sql]), value.type);
  });
}

/** listagg(x[, separator]) [WITHIN GROUP (ORDER BY …)]. */
function joined() {
  return aggregate(1, 2, (site) => {
    const separator = site.args[1] === undefined ? "''" : coerce(site.args[1], STRING_TYPE).sql;
    if (site.call.withinGroup !== undefined) throw site.unsupported("WITHIN GROUP");
    return typed(
      site.aggregate("string_agg", [coerce(arg(site, 0), STRING_TYPE).sql, separator]),
      STRING_TYPE,
    );
  });
}

const STRING_TYPE: Type = { kind: "primitive", name: "string" };
