import { describe, expect, test } from "vitest";
import { chaosOf } from "./chaos.ts";
import { parseRule } from "./parse-rule.ts";
import { type ChaosRule, type Point, strikes } from "./rule.ts";

const list: Point = {
  stage: "call",
  method: "GET",
  path: "/api/2.1/unity-catalog/tables",
  principal: "ada",
};
const clone = { text: "CREATE OR REPLACE TABLE a.b.c\nDEEP CLONE x.y.z", kind: "clone" } as const;
const submit: Point = {
  stage: "call",
  method: "POST",
  path: "/api/2.0/sql/statements",
  principal: "ada",
  statement: clone,
};
const run: Point = { stage: "run", principal: "ada", statement: clone };

const rule = (on: ChaosRule["on"], fault: ChaosRule["fault"] = { kind: "lost" }): ChaosRule => ({
  on,
  fault,
  when: "before",
  skip: 0,
  probability: 1,
});

describe("a rule strikes", () => {
  test.for([
    [{ call: "GET /api/2.1/unity-catalog/tables" }, list, true],
    [{ call: "GET /api/2.1/unity-catalog/*" }, list, true],
    [{ call: "* /api/2.1/unity-catalog/tab*" }, list, true],
    [{ call: "POST *" }, list, false],
    [{ call: "GET /api/2.1/unity.catalog/tables" }, list, false],
    [{ principal: "ada" }, list, true],
    [{ principal: "bob" }, list, false],
    [{ kind: "clone" }, list, false],
    [{ kind: "clone" }, submit, true],
    [{ kind: "drop" }, submit, false],
    [{ statement: "deep clone" }, submit, true],
    [{ statement: "table a.b.c.*clone" }, submit, true],
    [{ statement: "^deep" }, submit, false],
    [{ statement: "deep clone", kind: "clone", call: "POST *", principal: "ada" }, submit, true],
    [{ statement: "deep clone" }, run, false],
  ] as const)("%j at %j: %s", ([on, point, expected]) => {
    expect(strikes(rule(on), point)).toBe(expected);
  });

  test("a statement that runs when it is about its end or its length, and else the call that submits it", () => {
    const end = { kind: "end", state: "FAILED", errorCode: "ABORTED", message: "" } as const;
    expect([run, submit].map((point) => strikes(rule({ kind: "clone" }, end), point))).toEqual([true, false]);
    const delay = { kind: "delay", ms: 5 } as const;
    expect([run, submit].map((point) => strikes(rule({ kind: "clone" }, delay), point))).toEqual([
      true,
      false,
    ]);
    expect([run, submit].map((point) => strikes(rule({ call: "POST *" }, delay), point))).toEqual([
      false,
      true,
    ]);
  });
});

describe("how often", () => {
  test("is counted: some pass, some are struck, then no more", () => {
    const chaos = chaosOf({ random: () => 0 });
    chaos.add({ on: { call: "GET *" }, fault: { kind: "lost" }, skip: 1, times: 2 });
    const hits = Array.from({ length: 5 }, () => chaos.at(list).before.length);
    expect(hits).toEqual([0, 1, 1, 0, 0]);
    expect(chaos.rules()).toMatchObject([{ matched: 5, struck: 2 }]);
  });

  test("follows the chance that was given, and the same randomness strikes the same requests", () => {
    const numbers = [0.4, 0.6, 0.49, 0.5];
    const chaos = chaosOf({ random: () => numbers.shift() ?? 0 });
    chaos.add({ on: { call: "GET *" }, fault: { kind: "lost" }, probability: 0.5, when: "after" });
    expect(Array.from({ length: 4 }, () => chaos.at(list).after.length)).toEqual([1, 0, 1, 0]);
  });

  test("ends with the rule", () => {
    const chaos = chaosOf({ random: () => 0 });
    const id = chaos.add({ on: { call: "GET *" }, fault: { kind: "lost" } });
    expect(chaos.remove(id)).toBe(true);
    expect(chaos.remove(id)).toBe(false);
    expect(chaos.at(list)).toEqual({ before: [], after: [] });
    expect(chaos.quiet).toBe(true);
  });
});

describe("a rule in JSON", () => {
  test("is read with what it leaves out", () => {
    expect(parseRule({ on: { call: "GET *" }, fault: { kind: "rateLimit" } })).toEqual({
      on: { call: "GET *" },
      fault: { kind: "rateLimit", retryAfterSeconds: 1 },
      when: "before",
      skip: 0,
      probability: 1,
    });
    expect(
      parseRule({
        on: { kind: "clone" },
        fault: { kind: "end", state: "CLOSED" },
        when: "after",
        times: 3,
      }),
    ).toMatchObject({
      fault: { kind: "end", state: "CLOSED", errorCode: "INTERNAL_ERROR" },
      when: "after",
      times: 3,
    });
  });

  test.for([
    [{}, "on must be an object"],
    [{ on: {}, fault: { kind: "lost" } }, "on must name"],
    [{ on: { cal: "GET *" }, fault: { kind: "lost" } }, "cal is no member of a on"],
    [{ on: { statement: "(" }, fault: { kind: "lost" } }, "no regular expression"],
    [{ on: { kind: "clones" }, fault: { kind: "lost" } }, "on.kind must be one of"],
    [{ on: { call: "x" }, fault: { kind: "loss" } }, "fault.kind must be one of"],
    [{ on: { call: "x" }, fault: { kind: "lost", ms: 5 } }, "ms is no member of a fault of kind lost"],
    [{ on: { call: "x" }, fault: { kind: "delay" } }, "ms must be a whole number"],
    [{ on: { call: "x" }, fault: { kind: "error", status: 200 } }, "between 400 and 599"],
    [{ on: { call: "x" }, fault: { kind: "end", state: "GONE" } }, "must be FAILED, CANCELED or CLOSED"],
    [{ on: { call: "x" }, fault: { kind: "lost" }, probability: 2 }, "from 0 to 1"],
    [{ on: { call: "x" }, fault: { kind: "lost" }, when: "during" }, "before or after"],
  ] as const)("that says %j is refused: %s", ([body, message]) => {
    expect(() => parseRule(body)).toThrow(message);
  });
});
