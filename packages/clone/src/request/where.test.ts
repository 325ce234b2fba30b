import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionsWire, readConditions } from "./where.ts";

describe("readConditions", () => {
  it("pitfall 7: keys come out as planning looks them up, whatever case and quotes they were typed in", () => {
    const { conditions, problems } = readConditions(
      { "Bronze.EVENTS": "id > 1", "prod.s.t": "a = 'x'", "s.`od``d-1`": "true" },
      "PROD",
    );
    expect(problems).toEqual([]);
    expect(conditions).toEqual({ "bronze.events": "id > 1", "s.t": "a = 'x'", "s.od`d-1": "true" });
  });

  it.each([
    ["events", "id > 1", "must name a table"],
    ["other.s.t", "id > 1", "must name a table"],
    ["s.t t", "id > 1", "must name a table"],
    ["s.t", "", "is not one SQL condition"],
    ["s.t", "id >", "is not one SQL condition"],
    ["s.t", "1 = 1; DROP TABLE x", "is not one SQL condition"],
    ["s.t", "true) UNION SELECT * FROM (secrets", "is not one SQL condition"],
    ["s.t", "true UNION ALL SELECT * FROM secrets", "is not one SQL condition"],
    ["s.t", "id IN (SELECT id FROM other)", "subquery"],
    ["s.t", "EXISTS (SELECT 1)", "subquery"],
    ["s.t", "coalesce((SELECT 1), id) > 0", "subquery"],
    ["s.t", "id = :id", "parameters"],
  ])("refuses %s: %s", (name, predicate, why) => {
    const { problems } = readConditions({ [name]: predicate }, "prod");
    expect(problems).toMatchObject([
      { path: `where_clauses.${name}`, message: expect.stringContaining(why) as string },
    ]);
  });

  it("refuses two keys for one table", () => {
    const { problems } = readConditions({ "s.t": "true", "S.T": "false" }, "prod");
    expect(problems).toMatchObject([{ path: "where_clauses.S.T" }]);
  });

  it("reads its own wire form", () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/[\s./\p{Cc}]/u.test(text));
    fc.assert(
      fc.property(name, name, (schema, table) => {
        const conditions = { [`${schema}.${table}`.toLowerCase()]: "id > 1" };
        expect(readConditions(conditionsWire(conditions), "prod")).toEqual({ conditions, problems: [] });
      }),
    );
  });
});
