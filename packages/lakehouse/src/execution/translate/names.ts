import type { Expression } from "@clone-xs/sql";
import { type Environment, wording } from "./environment.ts";

/** The name Spark gives a select item without an alias: `id`, `count(1)`, `(a + 1)`, `CAST(a AS INT)`. */
export function generatedName(node: Expression, environment: Environment): string {
  const name = (inner: Expression) => generatedName(inner, environment);
  switch (node.kind) {
    case "column":
      return node.name.parts.at(-1)?.text ?? "";
    case "field":
      return node.field.text;
    case "null":
      return "NULL";
    case "boolean":
      return String(node.value);
    case "number":
      return node.text;
    case "string":
      return node.value;
    case "typed":
      return `${node.type} '${node.value}'`;
    case "unary":
      if (node.operator === "NOT") return `(NOT ${name(node.operand)})`;
      return node.operand.kind === "number"
        ? `${node.operator}${node.operand.text}`
        : `(${node.operator} ${name(node.operand)})`;
    case "binary":
      if ("hex" in node) return `X'${node.hex}'`;
      return node.operator === "||"
        ? `concat(${name(node.left)}, ${name(node.right)})`
        : `(${name(node.left)} ${node.operator === "<>" ? "<>" : node.operator.toLowerCase() === "div" ? "div" : node.operator} ${name(node.right)})`;
    case "is":
      return `(${name(node.operand)} IS ${node.not ? "NOT " : ""}${node.what})`;
    case "cast":
      return `${node.lenient ? "TRY_CAST" : "CAST"}(${name(node.operand)} AS ${wording(environment, node.type).toUpperCase()})`;
    case "call":
      return callName(node, name);
    case "index":
      return `${name(node.operand)}[${name(node.index)}]`;
    case "between":
      return `(${name(node.operand)} ${node.not ? "NOT " : ""}BETWEEN ${name(node.low)} AND ${name(node.high)})`;
    case "case":
      return `CASE${node.operand === undefined ? "" : ` ${name(node.operand)}`}${node.branches.map((b) => ` WHEN ${name(b.when)} THEN ${name(b.then)}`).join("")}${node.otherwise === undefined ? "" : ` ELSE ${name(node.otherwise)}`} END`;
    case "subquery":
      return "scalarsubquery()";
    default:
      return wording(environment, node);
  }
}

function callName(node: Extract<Expression, { kind: "call" }>, name: (inner: Expression) => string): string {
  const args = node.arguments.map(({ value }) => (value.kind === "star" ? "1" : name(value)));
  const called = node.name.parts
    .map((part) => part.text)
    .join(".")
    .toLowerCase();
  return `${called}(${node.distinct ? "DISTINCT " : ""}${args.join(", ")})`;
}
