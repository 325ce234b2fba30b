import type { Expression, OrderItem, Query, QueryBody, Select, SelectItem } from "@clone-xs/sql";
import { failure, unsupported } from "../errors.ts";
import { commonType } from "../types/coercion.ts";
import { typeText } from "../types/text.ts";
import { BOOLEAN, LONG, VOID } from "../types/types.ts";
import { orderText, windowText } from "./calls.ts";
import { coerce } from "./casts.ts";
import {
  EMPTY_SCOPE,
  type Environment,
  type OutputColumn,
  place,
  type Scope,
  type TranslatedQuery,
} from "./environment.ts";
import { generator, generatorName } from "./generators.ts";
import { generatedName } from "./names.ts";
import { type FromClause, relationList, tableSource } from "./relations.ts";
import { qualifiedStar, starColumns } from "./scope.ts";
import { type Typed, typed } from "./typed.ts";
import { translateValues } from "./values.ts";

/** Translates a query. `parent` is the scope of the query around it, whose columns it may use. */
export function translateQuery(query: Query, environment: Environment, parent?: Scope): TranslatedQuery {
  if (query.recursive) throw unsupported("WITH RECURSIVE", place(environment, query));
  const { entries, inside } = commonTables(query, environment, parent);
  const body = translateBody(query.body, inside, parent, query);
  const prefix = entries.length > 0 ? `WITH ${entries.join(", ")} ` : "";
  return { sql: `${prefix}${body.sql}`, columns: body.columns };
}

function commonTables(query: Query, environment: Environment, parent: Scope | undefined) {
  const entries: string[] = [];
  let inside = environment;
  for (const table of query.with) {
    const translated = translateQuery(table.query, inside, parent);
    const id = environment.ids.relation();
    const columns = renamed(
      translated.columns,
      table.columns.map((c) => c.text),
      () => place(environment, table.name),
    );
    entries.push(`${id} AS (${translated.sql})`);
    inside = { ...inside, commonTables: [...inside.commonTables, { name: table.name.text, id, columns }] };
  }
  return { entries, inside };
}

/** Columns under the names of an alias list. Throws when the numbers differ. */
function renamed<C extends { readonly name: string }>(
  columns: readonly C[],
  names: readonly string[],
  where: () => ReturnType<typeof place>,
): readonly C[] {
  if (names.length === 0) return columns;
  if (names.length !== columns.length)
    throw failure(
      "ASSIGNMENT_ARITY_MISMATCH",
      "42802",
      `The number of columns or variables assigned or aliased: ${names.length} does not match the number of source expressions: ${columns.length}.`,
      where(),
    );
  return columns.map((column, i) => ({ ...column, name: names[i] ?? column.name }));
}

type Tail = Pick<Query, "orderBy" | "limit" | "offset">;
const NO_TAIL: Tail = { orderBy: [] };

function translateBody(
  body: QueryBody,
  environment: Environment,
  parent: Scope | undefined,
  tail: Tail,
): TranslatedQuery {
  switch (body.kind) {
    case "select":
      return translateSelect(body, environment, parent, tail);
    case "nested": {
      const inner = translateQuery(body.query, environment, parent);
      return ordered({ ...inner, sql: `(${inner.sql})` }, tail, environment);
    }
    case "values":
      return ordered(translateValues(body.rows, environment, parent), tail, environment);
    case "table": {
      const source = tableSource(
        { ...body, kind: "table", table: { start: body.start, end: body.end, name: body.name } },
        environment,
      );
      return ordered(everything(source, environment), tail, environment);
    }
    case "set":
      return ordered(translateSet(body, environment, parent), tail, environment);
  }
}

function everything(from: FromClause, environment: Environment): TranslatedQuery {
  const columns = starColumns(from.scope).map((column) => ({
    name: column.name,
    value: column.value,
    id: environment.ids.column(),
  }));
  return {
    sql: `SELECT ${columns.map((c) => `${c.value.sql} AS ${c.id}`).join(", ")} FROM ${from.sql}`,
    columns: columns.map(({ name, value, id }) => ({ name, type: value.type, id })),
  };
}

function translateSet(
  body: Extract<QueryBody, { kind: "set" }>,
  environment: Environment,
  parent: Scope | undefined,
): TranslatedQuery {
  const left = translateBody(body.left, environment, parent, NO_TAIL);
  const right = translateBody(body.right, environment, parent, NO_TAIL);
  if (left.columns.length !== right.columns.length)
    throw failure(
      "NUM_COLUMNS_MISMATCH",
      "42826",
      `${body.operator} can only be performed on inputs with the same number of columns, but the first input has ${left.columns.length} columns and the second input has ${right.columns.length} columns.`,
      place(environment, body),
    );
  const types = left.columns.map((column, i) => {
    const other = right.columns[i];
    const type = other && commonType(column.type, other.type);
    if (type === undefined)
      throw failure(
        "INCOMPATIBLE_COLUMN_TYPE",
        "42825",
        `${body.operator} can only be performed on tables with compatible column types. The column ${i + 1} of the second table is "${typeText(other?.type ?? VOID)}" type which is not compatible with "${typeText(column.type)}" at the same column of the first table.`,
        place(environment, body),
      );
    return type;
  });
  const all = body.all ? " ALL" : "";
  const columns = left.columns.map((column, i) => ({
    name: column.name,
    type: types[i] ?? VOID,
    id: environment.ids.column(),
  }));
  const side = (query: TranslatedQuery) => converted(query, columns, environment);
  return { sql: `${side(left)} ${body.operator}${all} ${side(right)}`, columns };
}

/** The same rows with the wanted types under the wanted ids. */
function converted(
  query: TranslatedQuery,
  columns: readonly OutputColumn[],
  environment: Environment,
): string {
  const relation = environment.ids.relation();
  const items = query.columns.map((from, i) => {
    const to = columns[i] ?? from;
    return `${coerce(typed(`${relation}.${from.id}`, from.type), to.type).sql} AS ${to.id}`;
  });
  return `(SELECT ${items.join(", ")} FROM (${query.sql}) AS ${relation})`;
}

/** ORDER BY, LIMIT and OFFSET over a query whose inside cannot be seen: its output columns are the only names. */
function ordered(query: TranslatedQuery, tail: Tail, environment: Environment): TranslatedQuery {
  if (tail.orderBy.length === 0 && tail.limit === undefined && tail.offset === undefined) return query;
  const relation = environment.ids.relation();
  const scope = {
    ...EMPTY_SCOPE,
    relations: [
      {
        parts: [],
        columns: query.columns.map((c) => ({ name: c.name, value: typed(`${relation}.${c.id}`, c.type) })),
      },
    ],
  };
  const order = tail.orderBy.map((item) => {
    const ordinal = ordinalOf(item.value, query.columns.length, "ORDER BY", environment);
    const column = ordinal === undefined ? undefined : query.columns[ordinal];
    return orderText(
      item,
      column === undefined
        ? environment.translate.expression(item.value, scope, environment).sql
        : `${relation}.${column.id}`,
    );
  });
  const items = query.columns.map((column) => `${relation}.${column.id} AS ${column.id}`);
  return {
    sql: `SELECT ${items.join(", ")} FROM (${query.sql}) AS ${relation}${tailText(order, tail, environment)}`,
    columns: query.columns,
  };
}

function tailText(order: readonly string[], tail: Tail, environment: Environment): string {
  const number = (node: Expression) =>
    `(${coerce(environment.translate.expression(node, EMPTY_SCOPE, environment), LONG).sql})`;
  return [
    order.length > 0 ? ` ORDER BY ${order.join(", ")}` : "",
    tail.limit === undefined ? "" : ` LIMIT ${number(tail.limit)}`,
    tail.offset === undefined ? "" : ` OFFSET ${number(tail.offset)}`,
  ].join("");
}

/** The 0-based place that a bare number in GROUP BY or ORDER BY stands for. */
function ordinalOf(
  node: Expression,
  count: number,
  clause: "GROUP BY" | "ORDER BY",
  environment: Environment,
): number | undefined {
  if (node.kind !== "number" || node.type !== "INT") return undefined;
  const position = Number(node.text);
  if (position >= 1 && position <= count) return position - 1;
  const name = clause === "GROUP BY" ? "GROUP_BY_POS_OUT_OF_RANGE" : "ORDER_BY_POS_OUT_OF_RANGE";
  throw failure(
    name,
    "42805",
    `${clause} position ${position} is not in select list (valid range is [1, ${count}]).`,
    place(environment, node),
  );
}

interface Item {
  readonly name: string;
  readonly value: Typed;
  readonly id: string;
  readonly node?: Expression;
}

function translateSelect(
  select: Select,
  environment: Environment,
  parent: Scope | undefined,
  tail: Tail,
): TranslatedQuery {
  const from = relationList(select.from, environment, parent);
  const generated = withGenerators(select.items, from, environment);
  const base: Scope = { ...generated.from.scope, windows: new Map() };
  const windows = new Map(
    select.windows.map(
      (w) => [w.name.text.toLowerCase(), windowText(w.specification, base, environment)] as const,
    ),
  );
  const scope: Scope = { ...base, windows };
  const items = translateItems(generated.items, scope, environment);
  const aliases = new Map(items.map((item) => [item.name.toLowerCase(), item.value] as const));
  const late: Scope = { ...scope, aliases };
  const condition = (node: Expression, inside: Scope) =>
    coerce(environment.translate.expression(node, inside, environment), BOOLEAN).sql;
  const sql = [
    `SELECT ${select.distinct ? "DISTINCT " : ""}${items.map((item) => `${item.value.sql} AS ${item.id}`).join(", ")}`,
    generated.from.sql === "" ? "" : ` FROM ${generated.from.sql}`,
    select.where === undefined ? "" : ` WHERE ${condition(select.where, scope)}`,
    groupText(select, items, late, environment),
    select.having === undefined ? "" : ` HAVING ${condition(select.having, late)}`,
    select.qualify === undefined ? "" : ` QUALIFY ${condition(select.qualify, late)}`,
    tailText(orderOf(tail.orderBy, items, late, environment), tail, environment),
  ].join("");
  return { sql, columns: items.map(({ name, value, id }) => ({ name, type: value.type, id })) };
}

interface PendingItem {
  readonly item: SelectItem;
  /** Set when the item was a generator: its columns. */
  readonly columns?: readonly { readonly name: string; readonly value: Typed }[];
}

/** Turns `SELECT explode(a)` into a lateral relation. */
function withGenerators(
  items: readonly SelectItem[],
  from: FromClause,
  environment: Environment,
): { readonly items: readonly PendingItem[]; readonly from: FromClause } {
  let at = from;
  const pending = items.map((item): PendingItem => {
    const name = item.value.kind === "call" ? generatorName(item.value.name) : undefined;
    if (name === undefined || item.value.kind !== "call") return { item };
    const outer = name.endsWith("_outer");
    const args = item.value.arguments.map(({ value }) =>
      environment.translate.expression(value, from.scope, environment),
    );
    const made = generator(name, args, item.value, environment);
    const relation = environment.ids.relation();
    const join =
      at.sql === ""
        ? `(${made.sql})`
        : outer
          ? `${at.sql} LEFT JOIN LATERAL (${made.sql})`
          : `${at.sql} CROSS JOIN LATERAL (${made.sql})`;
    at = { ...at, sql: `${join} AS ${relation}${at.sql !== "" && outer ? " ON true" : ""}` };
    const columns = made.columns.map((column, i) => ({
      name:
        item.aliases?.[i]?.text ?? (made.columns.length === 1 ? item.alias?.text : undefined) ?? column.name,
      value: typed(`${relation}.${column.id}`, column.type),
    }));
    return { item, columns };
  });
  return { items: pending, from: at };
}

function translateItems(
  pending: readonly PendingItem[],
  scope: Scope,
  environment: Environment,
): readonly Item[] {
  const aliases = new Map<string, Typed>();
  const id = () => environment.ids.column();
  return pending.flatMap(({ item, columns }): readonly Item[] => {
    if (columns !== undefined) return columns.map((column) => ({ ...column, id: id() }));
    const node = item.value;
    if (node.kind === "star") {
      const found =
        node.qualifier === undefined ? starColumns(scope) : qualifiedStar(scope, node.qualifier, environment);
      const except = new Set(node.except.map((e) => e.text.toLowerCase()));
      if (found.length === 0 && scope.relations.length === 0)
        throw failure(
          "CANNOT_RESOLVE_STAR_EXPAND",
          "42704",
          "Cannot resolve * given input columns . Please check that the specified table or struct exists and is accessible in the input columns.",
          place(environment, node),
        );
      return found
        .filter((c) => !except.has(c.name.toLowerCase()))
        .map((column) => ({ ...column, id: id() }));
    }
    const value = environment.translate.expression(
      node,
      { ...scope, aliases: new Map(aliases) },
      environment,
    );
    if (item.alias !== undefined) aliases.set(item.alias.text.toLowerCase(), value);
    return [{ name: item.alias?.text ?? generatedName(node, environment), value, id: id(), node }];
  });
}

function groupText(select: Select, items: readonly Item[], scope: Scope, environment: Environment): string {
  const { groupBy } = select;
  if (groupBy.kind === "none") return "";
  if (groupBy.kind === "all") return " GROUP BY ALL";
  const expressions = groupBy.expressions.map((node) => {
    const ordinal = ordinalOf(node, items.length, "GROUP BY", environment);
    const item = ordinal === undefined ? undefined : items[ordinal];
    return item?.value.sql ?? environment.translate.expression(node, scope, environment).sql;
  });
  const list = expressions.join(", ");
  return groupBy.modifier === undefined ? ` GROUP BY ${list}` : ` GROUP BY ${groupBy.modifier} (${list})`;
}

function orderOf(
  order: readonly OrderItem[],
  items: readonly Item[],
  scope: Scope,
  environment: Environment,
): readonly string[] {
  return order.map((entry) => {
    const ordinal = ordinalOf(entry.value, items.length, "ORDER BY", environment);
    const named = ordinal === undefined ? byName(entry.value, items) : items[ordinal];
    if (named !== undefined) return orderText(entry, named.id);
    const { sql } = environment.translate.expression(entry.value, scope, environment);
    const same = items.find((item) => item.value.sql === sql);
    return orderText(entry, same?.id ?? sql);
  });
}

/** The select item that a bare name in ORDER BY means: output columns come before input columns. */
function byName(node: Expression, items: readonly Item[]): Item | undefined {
  if (node.kind !== "column" || node.name.parts.length !== 1) return undefined;
  const name = node.name.parts[0]?.text.toLowerCase();
  const found = items.filter((item) => item.name.toLowerCase() === name);
  return found.length === 1 ? found[0] : undefined;
}
