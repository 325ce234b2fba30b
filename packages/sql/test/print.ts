import { quoteIdentifier, quoteString } from "../src/index.ts";
import type {
  DataType,
  Expression,
  FrameBound,
  FunctionCall,
  Identifier,
  OrderItem,
  QualifiedName,
  Query,
  QueryBody,
  Relation,
  Select,
  SelectItem,
  TableAlias,
  TableReference,
  WindowSpecification,
} from "../src/index.ts";

/**
 * Trees back to text, with parentheses around everything that could bind otherwise: shows how a text was understood,
 * and parses back to the same tree.
 */
export function printExpression(e: Expression): string {
  switch (e.kind) {
    case "null":
      return "NULL";
    case "boolean":
      return e.value ? "TRUE" : "FALSE";
    case "number":
      return e.text + NUMBER_SUFFIX[e.type];
    case "string":
      return quoteString(e.value);
    case "typed":
      return `${e.type} ${quoteString(e.value)}`;
    case "interval":
      return `INTERVAL ${e.parts.map((p) => `${intervalValue(p.value)} ${p.unit}`).join(" ")}${e.toUnit ? ` TO ${e.toUnit}` : ""}`;
    case "parameter":
      return `:${e.name}`;
    case "column":
      return printName(e.name);
    case "star":
      return `${e.qualifier ? `${printName(e.qualifier)}.` : ""}*${e.except.length > 0 ? ` EXCEPT (${list(e.except, printIdentifier)})` : ""}`;
    case "unary":
      return `(${e.operator} ${printExpression(e.operand)})`;
    case "binary":
      return "hex" in e
        ? `X'${e.hex}'`
        : `(${printExpression(e.left)} ${e.operator} ${printExpression(e.right)})`;
    case "is":
      return `(${printExpression(e.operand)} IS${not(e)} ${e.what})`;
    case "isDistinct":
      return `(${printExpression(e.left)} IS${not(e)} DISTINCT FROM ${printExpression(e.right)})`;
    case "between":
      return `(${printExpression(e.operand)}${not(e)} BETWEEN ${printExpression(e.low)} AND ${printExpression(e.high)})`;
    case "in":
      return `(${printExpression(e.operand)}${not(e)} IN (${"body" in e.values ? printQuery(e.values) : list(e.values, printExpression)}))`;
    case "like":
      return `(${printExpression(e.operand)}${not(e)} ${e.operator} ${printExpression(e.pattern)}${e.escape ? ` ESCAPE ${printExpression(e.escape)}` : ""})`;
    case "case":
      return printCase(e);
    case "cast":
      return `${e.lenient ? "TRY_CAST" : "CAST"}(${printExpression(e.operand)} AS ${printType(e.type)})`;
    case "call":
      return printCall(e);
    case "exists":
      return `EXISTS(${printQuery(e.query)})`;
    case "subquery":
      return `(${printQuery(e.query)})`;
    case "field":
      return `(${printExpression(e.operand)}).${printIdentifier(e.field)}`;
    case "index":
      return `(${printExpression(e.operand)})[${printExpression(e.index)}]`;
    case "lambda":
      return `((${list(e.parameters, printIdentifier)}) -> ${printExpression(e.body)})`;
    case "row":
      return `(${list(e.values, printExpression)})`;
    default:
      return e satisfies never;
  }
}

const NUMBER_SUFFIX = {
  TINYINT: "Y",
  SMALLINT: "S",
  INT: "",
  BIGINT: "L",
  DECIMAL: "BD",
  FLOAT: "F",
  DOUBLE: "D",
} as const;

const not = (e: { readonly not: boolean }) => (e.not ? " NOT" : "");

const list = <T>(items: readonly T[], print: (item: T) => string) => items.map(print).join(", ");

/** A sign stands bare before the value of an interval. */
function intervalValue(e: Expression): string {
  return e.kind === "unary" ? `-${printExpression(e.operand)}` : printExpression(e).replace(/BD$/u, "");
}

function printIdentifier({ text, quoted }: Identifier): string {
  return quoted ? quoteIdentifier(text) : text;
}

function printName(name: QualifiedName): string {
  return name.parts.map(printIdentifier).join(".");
}

function printCase(e: Extract<Expression, { kind: "case" }>): string {
  const branches = e.branches.map((b) => `WHEN ${printExpression(b.when)} THEN ${printExpression(b.then)}`);
  const operand = e.operand ? `${printExpression(e.operand)} ` : "";
  const otherwise = e.otherwise ? ` ELSE ${printExpression(e.otherwise)}` : "";
  return `CASE ${operand}${branches.join(" ")}${otherwise} END`;
}

function printCall(e: FunctionCall): string {
  const values = `${e.distinct ? "DISTINCT " : ""}${printArguments(e)}`;
  const within = e.withinGroup ? ` WITHIN GROUP (ORDER BY ${list(e.withinGroup, printOrder)})` : "";
  const filter = e.filter ? ` FILTER (WHERE ${printExpression(e.filter)})` : "";
  const nulls = e.nulls ? ` ${e.nulls} NULLS` : "";
  const over = e.over ? ` OVER ${"text" in e.over ? printIdentifier(e.over) : printWindow(e.over)}` : "";
  return `${printName(e.name)}(${values})${within}${filter}${nulls}${over}`;
}

function printArguments({ name, arguments: values }: Pick<FunctionCall, "name" | "arguments">): string {
  const struct = name.parts.length === 1 && name.parts[0]?.text.toUpperCase() === "STRUCT";
  return list(values, (argument) => {
    const value = printExpression(argument.value);
    if (!argument.name) return value;
    const label = printIdentifier(argument.name);
    return struct ? `${value} AS ${label}` : `${label} => ${value}`;
  });
}

function printOrder(item: OrderItem): string {
  const nulls = item.nulls ? ` NULLS ${item.nulls}` : "";
  return `${printExpression(item.value)}${item.descending ? " DESC" : ""}${nulls}`;
}

function printWindow(window: WindowSpecification): string {
  const parts = [
    window.partitionBy.length > 0 && `PARTITION BY ${list(window.partitionBy, printExpression)}`,
    window.orderBy.length > 0 && `ORDER BY ${list(window.orderBy, printOrder)}`,
    window.frame && printFrame(window.frame),
  ];
  return `(${parts.filter(Boolean).join(" ")})`;
}

function printFrame({ unit, start, end }: NonNullable<WindowSpecification["frame"]>): string {
  return end ? `${unit} BETWEEN ${printBound(start)} AND ${printBound(end)}` : `${unit} ${printBound(start)}`;
}

function printBound(bound: FrameBound): string {
  switch (bound.kind) {
    case "current":
      return "CURRENT ROW";
    case "unbounded":
      return `UNBOUNDED ${bound.direction}`;
    case "offset":
      return `${printExpression(bound.value)} ${bound.direction}`;
    default:
      return bound satisfies never;
  }
}

export function printType(type: DataType): string {
  if (type.name === "STRUCT") {
    const fields = list(type.fields, (f) => {
      const comment = f.comment === undefined ? "" : ` COMMENT ${quoteString(f.comment)}`;
      return `${printIdentifier(f.name)}: ${printType(f.type)}${f.nullable ? "" : " NOT NULL"}${comment}`;
    });
    return `STRUCT<${fields}>`;
  }
  if (type.elements.length > 0) return `${type.name}<${list(type.elements, printType)}>`;
  return type.parameters.length > 0 ? `${type.name}(${type.parameters.join(", ")})` : type.name;
}

export function printQuery(query: Query): string {
  const tables = list(query.with, (t) => {
    const columns = t.columns.length > 0 ? ` (${list(t.columns, printIdentifier)})` : "";
    return `${printIdentifier(t.name)}${columns} AS (${printQuery(t.query)})`;
  });
  return [
    tables && `WITH ${query.recursive ? "RECURSIVE " : ""}${tables}`,
    printBody(query.body),
    query.orderBy.length > 0 && `ORDER BY ${list(query.orderBy, printOrder)}`,
    query.limit && `LIMIT ${printExpression(query.limit)}`,
    query.offset && `OFFSET ${printExpression(query.offset)}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function printBody(body: QueryBody): string {
  switch (body.kind) {
    case "select":
      return printSelect(body);
    case "set":
      return `${printBody(body.left)} ${body.operator}${body.all ? " ALL" : ""} ${printBody(body.right)}`;
    case "values":
      return `VALUES ${list(body.rows, printRow)}`;
    case "table":
      return `TABLE ${printName(body.name)}`;
    case "nested":
      return `(${printQuery(body.query)})`;
    default:
      return body satisfies never;
  }
}

function printRow(row: readonly Expression[]): string {
  return `(${list(row, printExpression)})`;
}

function printSelect(select: Select): string {
  return [
    select.distinct ? "SELECT DISTINCT" : "SELECT",
    list(select.items, printItem),
    select.from.length > 0 && `FROM ${list(select.from, printRelation)}`,
    select.where && `WHERE ${printExpression(select.where)}`,
    printGroupBy(select),
    select.having && `HAVING ${printExpression(select.having)}`,
    select.qualify && `QUALIFY ${printExpression(select.qualify)}`,
    select.windows.length > 0 &&
      `WINDOW ${list(select.windows, (w) => `${printIdentifier(w.name)} AS ${printWindow(w.specification)}`)}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function printItem({ value, alias, aliases }: SelectItem): string {
  const names = aliases ? `(${list(aliases, printIdentifier)})` : alias && printIdentifier(alias);
  return names ? `${printExpression(value)} AS ${names}` : printExpression(value);
}

function printGroupBy({ groupBy }: Select): string {
  if (groupBy.kind === "none") return "";
  if (groupBy.kind === "all") return "GROUP BY ALL";
  const modifier = groupBy.modifier ? ` WITH ${groupBy.modifier}` : "";
  return `GROUP BY ${list(groupBy.expressions, printExpression)}${modifier}`;
}

function printRelation(relation: Relation): string {
  switch (relation.kind) {
    case "table":
      return printTable(relation.table) + printAlias(relation.alias);
    case "subquery":
      return `${relation.lateral ? "LATERAL " : ""}(${printQuery(relation.query)})${printAlias(relation.alias)}`;
    case "values":
      return `VALUES ${list(relation.rows, printRow)}${printAlias(relation.alias)}`;
    case "function":
      return `${relation.lateral ? "LATERAL " : ""}${printName(relation.name)}(${printArguments(relation)})${printAlias(relation.alias)}`;
    case "join":
      return printJoin(relation);
    case "lateralView":
      return printLateralView(relation);
    case "history":
      return `(DESCRIBE HISTORY ${printTable(relation.target)}${relation.limit === undefined ? "" : ` LIMIT ${relation.limit}`})${printAlias(relation.alias)}`;
    case "detail":
      return `(DESCRIBE DETAIL ${printTable(relation.target)})${printAlias(relation.alias)}`;
    default:
      return relation satisfies never;
  }
}

function printJoin(join: Extract<Relation, { kind: "join" }>): string {
  const right = join.right.kind === "join" ? `(${printRelation(join.right)})` : printRelation(join.right);
  const on = join.on ? ` ON ${printExpression(join.on)}` : "";
  const using = join.using.length > 0 ? ` USING (${list(join.using, printIdentifier)})` : "";
  return `${printRelation(join.left)} ${join.natural ? "NATURAL " : ""}${join.type} JOIN ${right}${on}${using}`;
}

function printLateralView(view: Extract<Relation, { kind: "lateralView" }>): string {
  const table = view.table ? ` ${printIdentifier(view.table)}` : "";
  const columns = view.columns.length > 0 ? ` AS ${list(view.columns, printIdentifier)}` : "";
  return `${printRelation(view.input)} LATERAL VIEW ${view.outer ? "OUTER " : ""}${printName(view.name)}(${list(view.arguments, printExpression)})${table}${columns}`;
}

function printTable({ name, timeTravel }: TableReference): string {
  if (!timeTravel) return printName(name);
  return `${printName(name)} ${timeTravel.kind.toUpperCase()} AS OF ${printExpression(timeTravel.value)}`;
}

function printAlias(alias: TableAlias | undefined): string {
  if (!alias) return "";
  const columns = alias.columns.length > 0 ? `(${list(alias.columns, printIdentifier)})` : "";
  return ` AS ${printIdentifier(alias.name)}${columns}`;
}
