import { describe, expect, it } from "vitest";
import { applied, cloneRequest, inventory, schemaOf, table } from "../../test/inventories.ts";
import { planClone } from "../plan/plan-clone.ts";
import { checkQuotas } from "./quotas.ts";

const limits = { tables: 20, functions: 20, volumes: 20, schemas: 20 };
const source = (count: number) =>
  inventory([schemaOf("big", { tables: Array.from({ length: count }, (_, i) => table("big", `t${i}`)) })]);

describe("checkQuotas", () => {
  it.each([
    [18, []],
    [19, [["warn", "dev.big"]]],
    [21, [["block", "dev.big"]]],
  ])("%d tables in a schema that may have 20", (count, expected) => {
    const ends = { source: source(count), target: undefined };
    const plan = planClone(cloneRequest(), ends.source, ends.target);
    const checks = checkQuotas(ends, plan, limits).filter(({ state }) => state !== "pass");
    expect(checks.map(({ state, object }) => [state, object])).toEqual(expected);
  });

  it("counts schemas, and a table that is replaced once", () => {
    const first = source(15);
    const target = applied(planClone(cloneRequest(), first, undefined), first, undefined);
    const plan = planClone(cloneRequest(), first, target);
    expect(plan.steps.filter(({ kind }) => kind === "table")).toHaveLength(15);
    expect(checkQuotas({ source: first, target }, plan, limits).map(({ state }) => state)).toEqual(["pass"]);
    const many = inventory(Array.from({ length: 21 }, (_, i) => schemaOf(`s${i}`)));
    const checks = checkQuotas(
      { source: many, target: undefined },
      planClone(cloneRequest(), many, undefined),
      limits,
    );
    expect(checks).toMatchObject([{ state: "block", object: "dev" }]);
  });
});
