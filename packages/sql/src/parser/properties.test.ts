import * as fc from "fast-check";
import { expect, test } from "vitest";
import { printExpression } from "../../test/print.ts";
import { HOSTILE, withoutSpans } from "../../test/trees.ts";
import type { BinaryOperator, Expression } from "../index.ts";
import { id, lit, parseExpression, parseStatement, SqlError } from "../index.ts";

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.constantFrom(...HOSTILE));

test("a literal is read as the text it was written from", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      expect(parseExpression(lit(value).text)).toMatchObject({ kind: "string", value });
    }),
    { numRuns: 500 },
  );
});

test("a name is read as the parts it was written from", () => {
  const part = anyText.filter((text) => text !== "");
  fc.assert(
    fc.property(part, fc.array(part, { maxLength: 3 }), (first, rest) => {
      const read = parseExpression(id(first, ...rest).text);
      expect(read).toMatchObject({ name: { parts: [first, ...rest].map((text) => ({ text })) } });
    }),
    { numRuns: 500 },
  );
});

test("an integer is read as the digits it was written from", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const read = parseExpression(lit(value).text);
      const digits = read.kind === "unary" && read.operand.kind === "number" ? `-${read.operand.text}` : "";
      expect(read.kind === "number" ? read.text : digits).toBe(value.toString());
    }),
  );
});

const SPAN = { start: 0, end: 0 };
const OPERATORS: readonly BinaryOperator[] = [
  ...(["+", "-", "*", "/", "%", "DIV", "||", "=", "<=>", "<>", "<", "<=", ">", ">="] as const),
  ...(["AND", "OR", "&", "|", "^", "<<", ">>", ">>>"] as const),
];

const identifier = fc.record({
  text: anyText.filter((text) => text !== ""),
  quoted: fc.constant(true),
  start: fc.constant(0),
  end: fc.constant(0),
});
const name = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => ({ parts, ...SPAN }));

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const e = tie("expression");
  const node = (kind: Expression["kind"], fields: Record<string, fc.Arbitrary<unknown>>) =>
    fc.record(fields).map((made) => ({ kind, ...made, ...SPAN }) as Expression);
  const not = fc.boolean();
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      node("null", {}),
      node("boolean", { value: fc.boolean() }),
      node("string", { value: anyText }),
      node("number", {
        text: fc.nat(127).map(String),
        type: fc.constantFrom("TINYINT", "INT", "BIGINT", "DOUBLE"),
      }),
      node("column", { name }),
      node("unary", { operator: fc.constantFrom("-", "+", "~", "NOT"), operand: e }),
      node("binary", { operator: fc.constantFrom(...OPERATORS), left: e, right: e }),
      node("is", { operand: e, what: fc.constantFrom("NULL", "TRUE", "FALSE", "UNKNOWN"), not }),
      node("isDistinct", { left: e, right: e, not }),
      node("between", { operand: e, low: e, high: e, not }),
      node("in", { operand: e, values: fc.array(e, { minLength: 1, maxLength: 3 }), not }),
      node("like", { operator: fc.constantFrom("LIKE", "ILIKE", "RLIKE"), operand: e, pattern: e, not }),
      // oxlint-disable-next-line unicorn/no-thenable -- the word of the language
      node("case", { branches: fc.array(fc.record({ when: e, then: e }), { minLength: 1, maxLength: 2 }) }),
      node("call", {
        name,
        arguments: fc.array(fc.record({ value: e }), { maxLength: 3 }),
        distinct: fc.constant(false),
      }),
      node("field", { operand: e, field: identifier }),
      node("index", { operand: e, index: e }),
      node("lambda", { parameters: fc.array(identifier, { minLength: 1, maxLength: 2 }), body: e }),
      node("row", { values: fc.array(e, { minLength: 2, maxLength: 3 }) }),
    ),
  };
});

/** A name with fields after it is one longer name: the tree has two spellings of the same text there. */
function isAmbiguous(text: string): boolean {
  return /\(`[^`]*`\)\./u.test(text);
}

test("a tree is read back from its text", () => {
  fc.assert(
    fc.property(expression, (tree) => {
      const text = printExpression(tree);
      fc.pre(!isAmbiguous(text));
      expect(withoutSpans(parseExpression(text))).toEqual(withoutSpans(tree));
    }),
    { numRuns: 500 },
  );
});

const WORDS =
  "SELECT FROM WHERE GROUP BY ORDER HAVING LIMIT OFFSET JOIN LEFT ON USING LATERAL VIEW AS WITH UNION ALL EXCEPT VALUES TABLE CREATE OR REPLACE ALTER DROP IF NOT EXISTS CLONE DEEP SHALLOW VERSION TIMESTAMP OF INSERT INTO DELETE UPDATE SET GRANT REVOKE TO COMMENT IS DESCRIBE HISTORY DETAIL SHOW USE CATALOG SCHEMA FUNCTION RETURNS RETURN TAGS TBLPROPERTIES OWNER COLUMN MASK ROW FILTER CASE WHEN THEN ELSE END CAST INTERVAL DAY BETWEEN AND IN LIKE NULL TRUE OVER PARTITION ROWS a b t f INT STRING ARRAY STRUCT IDENTIFIER ( ) ( ) , , . * + - < > >> = :: : -> => [ ] ; ' \" ` ? @ 1 2.5 'x' `q` r'y' X'1' $$ -- /* */ \n".split(
    " ",
  );

/** Everything but a SqlError passes through. */
function outcome(text: string): string {
  try {
    return parseStatement(text).kind;
  } catch (error) {
    if (error instanceof SqlError) return error.code;
    throw error;
  }
}

test("any heap of words is read or refused, never worse", () => {
  const heap = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.oneof(heap, anyText), (text) => {
      expect(outcome(text)).toMatch(/^\w+$/u);
    }),
    { numRuns: 2_000 },
  );
});
