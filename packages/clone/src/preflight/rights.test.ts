import { describe, expect, it } from "vitest";
import { cloneRequest, inventory, schemaOf, table } from "../../test/inventories.ts";
import type { DirectGrant, Inventory } from "../inspect/inventory.ts";
import { planClone } from "../plan/plan-clone.ts";
import { type Asker, checkRights } from "./rights.ts";

const asker: Asker = { userName: "runner", groups: new Set(["engineers"]), isAdmin: false };
const on = (
  level: DirectGrant["level"],
  privilege: string,
  principal = "runner",
  schema?: string,
  name?: string,
): DirectGrant => ({
  level,
  ...(schema ? { schema } : {}),
  ...(name ? { name } : {}),
  principal,
  privilege,
});

/** A catalog that belongs to somebody else, with two tables, and these grants. */
function theirs(grants: readonly DirectGrant[], name = "prod"): Inventory {
  const tables = ["t", "u"].map((each) => table("a", each, { catalog: name, owner: "boss" }));
  const found = inventory([schemaOf("a", { tables })], {
    catalog: { name, owner: "boss", catalogType: "MANAGED_CATALOG", properties: {} },
    grants: { ok: true, rows: grants },
  });
  const [schema] = found.schemas;
  return {
    ...found,
    schemas: schema ? [{ ...schema, schema: { ...schema.schema, catalog: name, owner: "boss" } }] : [],
  };
}

function missing(source: Inventory, target: Inventory | undefined, who = asker) {
  const plan = planClone(cloneRequest({ replace_foreign: true }), source, target);
  const checks = checkRights({ source, target }, plan, { source: who, target: who });
  return checks.filter(({ state }) => state === "block").map(({ grant }) => grant);
}

describe("checkRights at the source", () => {
  it.each([
    [
      "nothing",
      [],
      ["USE CATALOG ON CATALOG `prod`", "USE SCHEMA ON SCHEMA `prod`.`a`", "SELECT ON SCHEMA `prod`.`a`"],
    ],
    ["all privileges on the catalog", [on("catalog", "ALL_PRIVILEGES")], []],
    [
      "its parts, through a group and for everybody",
      [
        on("catalog", "USE_CATALOG", "account users"),
        on("schema", "USE_SCHEMA", "engineers", "a"),
        on("schema", "SELECT", "engineers", "A"),
      ],
      [],
    ],
    [
      "another group's",
      [on("catalog", "ALL_PRIVILEGES", "analysts")],
      ["USE CATALOG ON CATALOG `prod`", "USE SCHEMA ON SCHEMA `prod`.`a`", "SELECT ON SCHEMA `prod`.`a`"],
    ],
    [
      "one of two tables",
      [on("catalog", "USE_CATALOG"), on("catalog", "USE_SCHEMA"), on("table", "SELECT", "runner", "a", "t")],
      ["SELECT ON TABLE `prod`.`a`.`u`"],
    ],
  ])("with %s", (_, grants, needed) => {
    expect(missing(theirs(grants), undefined)).toEqual(needed.map((each) => `GRANT ${each} TO \`runner\``));
  });

  it("is not told when grants cannot be read", () => {
    const failure = { code: "X", message: "no" };
    const source = { ...theirs([]), grants: { ok: false as const, failure } };
    const plan = planClone(cloneRequest(), source, undefined);
    const states = checkRights({ source, target: undefined }, plan, { source: asker, target: asker }).map(
      ({ state }) => state,
    );
    expect(states).toContain("unknown");
    expect(states).not.toContain("block");
  });
});

describe("checkRights at the target", () => {
  const readable = theirs([on("catalog", "ALL_PRIVILEGES")]);

  it("needs what makes and replaces the copies", () => {
    expect(missing(readable, theirs([], "dev"))).toEqual([
      "GRANT USE CATALOG ON CATALOG `dev` TO `runner`",
      "GRANT USE SCHEMA ON SCHEMA `dev`.`a` TO `runner`",
      "GRANT CREATE TABLE ON SCHEMA `dev`.`a` TO `runner`",
      "GRANT MANAGE ON TABLE `dev`.`a`.`t` TO `runner`",
      "GRANT MANAGE ON TABLE `dev`.`a`.`u` TO `runner`",
    ]);
  });

  it("does not take ALL PRIVILEGES for MANAGE, and an admin manages", () => {
    const target = theirs([on("catalog", "ALL_PRIVILEGES")], "dev");
    expect(missing(readable, target)).toHaveLength(2);
    expect(missing(readable, target, { ...asker, isAdmin: true })).toEqual([]);
  });

  it("cannot tell whether a catalog may be made", () => {
    const plan = planClone(cloneRequest(), readable, undefined);
    const checks = checkRights({ source: readable, target: undefined }, plan, {
      source: asker,
      target: asker,
    });
    expect(checks.find(({ object }) => object === "dev")).toMatchObject({
      state: "unknown",
      grant: "GRANT CREATE CATALOG ON METASTORE TO `runner`",
    });
  });
});
