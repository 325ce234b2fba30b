import type { Table } from "@clone-xs/unity";
import { describe, expect, test } from "vitest";
import type { DirectGrant } from "../../inspect/inventory.ts";
import { heldDuring, type OwnedPlace, type QuiesceFacts } from "../quiesce/plan-quiesce.ts";
import { planRestore } from "../quiesce/plan-restore.ts";
import { covered, coversOf, planPutBack } from "./covers.ts";
import { planReads, unstoppable } from "./plan-masks.ts";

const CATALOG = { level: "catalog" } as const;
const SCHEMA = { level: "schema", schema: "s" } as const;
const PEOPLE = { level: "table", schema: "s", name: "people" } as const;
const exposed = [{ schema: "s", name: "people" }];

const owners: readonly OwnedPlace[] = [CATALOG, SCHEMA, PEOPLE].map((place) => ({ ...place, owner: "root" }));

function facts(grants: readonly DirectGrant[], more: Partial<QuiesceFacts> = {}): QuiesceFacts {
  const scope = { catalog: "prod", contains: () => true, wholeCatalog: true };
  return { grants, owners, scope, runner: "root", ...more };
}

function grantsOf(on: Omit<DirectGrant, "principal" | "privilege">, ...privileges: readonly string[]) {
  return privileges.map((privilege): DirectGrant => ({ ...on, principal: "analysts", privilege }));
}

describe("pitfall 31: reads are taken at every level that reaches a table whose masks are lifted", () => {
  test.each([
    ["on the catalog", CATALOG, ["USE_CATALOG", "SELECT"], ["SELECT"]],
    ["on its schema", SCHEMA, ["SELECT", "MODIFY"], ["SELECT"]],
    ["on the table", PEOPLE, ["SELECT"], ["SELECT"]],
    ["inside ALL PRIVILEGES on the catalog", CATALOG, ["ALL_PRIVILEGES"], ["ALL_PRIVILEGES"]],
    [
      "beside ALL PRIVILEGES on the table",
      PEOPLE,
      ["ALL_PRIVILEGES", "SELECT"],
      ["ALL_PRIVILEGES", "SELECT"],
    ],
  ])("%s", (_, on, privileges, revoked) => {
    const [taken, ...more] = planReads(facts(grantsOf(on, ...privileges)), exposed);
    expect(more).toEqual([]);
    expect(taken?.revoked).toEqual(revoked);
    const during = taken ? heldDuring(taken) : [];
    expect(during).not.toContain("SELECT");
    expect(taken && planRestore({ ...taken, during }, during).grant).toEqual(expect.arrayContaining(revoked));
  });

  test("and nowhere else: not on other tables and schemas, not from the runner, nothing but reads", () => {
    const elsewhere = [
      ...grantsOf({ level: "table", schema: "s", name: "open" }, "SELECT"),
      ...grantsOf({ level: "schema", schema: "t" }, "SELECT", "ALL_PRIVILEGES"),
      ...grantsOf(SCHEMA, "MODIFY", "USE_SCHEMA"),
      ...grantsOf(PEOPLE, "SELECT").map((grant) => ({ ...grant, principal: "root" })),
    ];
    expect(planReads(facts(elsewhere), exposed)).toEqual([]);
  });

  test("what an administrator took meanwhile out of what is lent stays taken, and the read comes back", () => {
    const [taken] = planReads(facts(grantsOf(PEOPLE, "ALL_PRIVILEGES")), exposed);
    const during = taken ? heldDuring(taken) : [];
    const now = during.filter((privilege) => privilege !== "MODIFY");
    expect(taken && planRestore({ ...taken, during }, now)).toMatchObject({ grant: ["SELECT"], revoke: [] });
  });
});

describe("nothing is lifted while somebody could read whom no grant decides", () => {
  test.each([
    [
      "the catalog's owner",
      { owners: [{ ...CATALOG, owner: "boss" }, ...owners.slice(1)] },
      "boss, who owns catalog prod",
    ],
    [
      "the table's owner",
      { owners: [...owners.slice(0, 2), { ...PEOPLE, owner: "boss" }] },
      "boss, who owns table prod.s.people",
    ],
    ["an owner who is not known", { owners: owners.slice(0, 2) }, "whoever owns table prod.s.people"],
    [
      "who holds MANAGE",
      { grants: grantsOf(SCHEMA, "MANAGE") },
      "analysts, who holds MANAGE on schema prod.s",
    ],
  ])("%s", (_, more, expected) => {
    expect(unstoppable(facts([], more), exposed)).toEqual([expected]);
  });

  test("and is, when everything is the runner's", () => {
    expect(unstoppable(facts(grantsOf(PEOPLE, "SELECT")), exposed)).toEqual([]);
  });
});

const column = (name: string, functionName?: string) => ({
  name,
  position: 0,
  typeText: "STRING",
  nullable: true,
  ...(functionName ? { mask: { functionName, usingColumns: ["k"] } } : {}),
});

const people: Table = {
  catalog: "prod",
  schema: "s",
  name: "people",
  tableType: "MANAGED",
  owner: "root",
  columns: [column("k"), column("email", "prod.s.hide")],
  properties: {},
  constraints: [],
  rowFilter: { functionName: "prod.s.few", inputColumns: ["k"] },
  tableId: "1",
  updatedAt: 0,
};
const { rowFilter: _, ...open } = people;
const bare: Table = { ...open, columns: [column("k"), column("email")] };

describe("pitfall 9: what covers a table", () => {
  const lifted = coversOf(people);
  const back = (now: Table) => lifted && planPutBack(lifted, now);

  test("is recorded whole, and is nothing where nothing covers", () => {
    expect(lifted && covered(bare, lifted)).toEqual(people);
    expect(coversOf(bare)).toBeUndefined();
  });

  test("goes back with its function and the columns it uses, and only where it is gone", () => {
    expect(back(bare)?.statements.map(({ text }) => text)).toEqual([
      "ALTER TABLE `prod`.`s`.`people` ALTER COLUMN `email` SET MASK `prod`.`s`.`hide` USING COLUMNS (`k`)",
      "ALTER TABLE `prod`.`s`.`people` SET ROW FILTER `prod`.`s`.`few` ON (`k`)",
    ]);
    expect(back(people)).toEqual({ statements: [], left: [], open: [] });
  });

  test("yields to what an administrator has put there, and to a column that was dropped", () => {
    const other = { ...people, columns: [column("k"), column("email", "prod.s.better")] };
    expect(back(other)).toMatchObject({
      statements: [],
      left: ["column email was masked by prod.s.better meanwhile"],
    });
    expect(back({ ...people, columns: [column("k")] })).toMatchObject({
      left: ["column email was dropped meanwhile"],
      open: [],
    });
  });

  test("is open when the column may have come back under another name without a mask", () => {
    expect(back({ ...people, columns: [column("k"), column("mail")] })?.open).toHaveLength(1);
    expect(back({ ...people, columns: [column("k"), column("mail", "prod.s.hide")] })?.open).toEqual([]);
  });
});
